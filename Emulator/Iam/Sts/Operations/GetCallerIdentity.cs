using Emulator.Protocols;

namespace Emulator.Iam.Sts.Operations;

/// <summary>Tells who signed the request.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html</remarks>
internal static class GetCallerIdentity
{
    public static GetCallerIdentityInput Bind(RestRequest request) => new();

    public static ValueTask<GetCallerIdentityOutput> ExecuteAsync(StsService service, Call call, GetCallerIdentityInput input) =>
        new(new GetCallerIdentityOutput(call.Caller.Arn, call.Caller.UserId, call.Caller.Account));

    public static Reply Write(GetCallerIdentityOutput output, Call call) => AwsQuery.Reply("GetCallerIdentity", StsXml.Namespace, xml =>
    {
        xml.WriteElementString("Arn", output.Arn);
        xml.WriteElementString("UserId", output.UserId);
        xml.WriteElementString("Account", output.Account);
    }, call);
}

internal sealed record GetCallerIdentityInput;

internal sealed record GetCallerIdentityOutput(string Arn, string UserId, string Account);
