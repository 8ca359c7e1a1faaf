using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.Iam.Sts.Operations;

/// <summary>Gives a user temporary credentials of its own.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html</remarks>
internal static class GetSessionToken
{
    public static GetSessionTokenInput Bind(RestRequest request)
    {
        var form = AwsQuery.Form(request);
        if (form.ContainsKey("SerialNumber")) throw Errors.NotImplemented("GetSessionToken", "SerialNumber");
        if (form.ContainsKey("TokenCode")) throw Errors.NotImplemented("GetSessionToken", "TokenCode");
        var duration = StsForm.Seconds(form);
        new StsConstraints().Range("durationSeconds", duration, StsLimits.DurationMinimumSeconds, StsLimits.GetSessionTokenMaximumSeconds).ThrowIfViolated();
        return new(duration);
    }

    public static async ValueTask<SessionCredentials> ExecuteAsync(StsService service, Call call, GetSessionTokenInput input)
    {
        var caller = call.Caller;
        if (StsForm.IsSession(caller)) throw StsErrors.SessionTokenWithSession();
        var seconds = input.DurationSeconds ?? StsLimits.GetSessionTokenDefaultSeconds;
        if (caller.Kind is CallerKind.Root) seconds = Math.Min(seconds, StsLimits.GetSessionTokenRootMaximumSeconds);
        return await service.Directory.IssueAsync(caller, TimeSpan.FromSeconds(seconds));
    }

    public static Reply Write(SessionCredentials output, Call call) =>
        AwsQuery.Reply("GetSessionToken", StsXml.Namespace, xml => StsXml.WriteCredentials(xml, output), call);
}

internal sealed record GetSessionTokenInput(int? DurationSeconds);
