using Emulator.Protocols;

namespace Emulator.Iam.Operations;

/// <summary>Shows one user: the named one, else the caller.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html</remarks>
internal static class GetUser
{
    public static GetUserInput Bind(RestRequest request) => new(AwsQuery.Form(request).GetValueOrDefault("UserName"));

    public static string Resource(Call call, GetUserInput input) =>
        input.UserName is null ? call.Caller.Arn : $"arn:aws:iam::{call.Account}:user/{input.UserName}";

    public static ValueTask<GetUserOutput> ExecuteAsync(IamService service, Call call, GetUserInput input)
    {
        if (input.UserName is null && call.Caller.Kind is CallerKind.Root) return new(new GetUserOutput(null, call.Caller));
        var name = input.UserName ?? (call.Caller.Kind is CallerKind.User ? call.Caller.PrincipalName : null) ?? throw IamErrors.UserNameNeeded();
        return new(new GetUserOutput(service.Declared.User(call.Account, name) ?? throw IamErrors.UserNotFound(name), call.Caller));
    }

    public static Reply Write(GetUserOutput output, Call call) => AwsQuery.Reply("GetUser", IamXml.Namespace, xml =>
    {
        xml.WriteStartElement("User");
        if (output.User is { } user)
        {
            IamXml.WriteUser(xml, user);
            IamXml.WriteTags(xml, user.Tags);
        }
        else
        {
            // An account's root has neither name nor path.
            xml.WriteElementString("UserId", output.Caller.UserId);
            xml.WriteElementString("Arn", output.Caller.Arn);
            IamXml.WriteCreateDate(xml);
        }
        xml.WriteEndElement();
    }, call);
}

internal sealed record GetUserInput(string? UserName);

/// <param name="User">null: the root of the caller's account.</param>
internal sealed record GetUserOutput(IamPrincipal? User, Caller Caller);

/// <summary>Lists the account's users.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html</remarks>
internal static class ListUsers
{
    public static string Resource(Call call, ListInput input) => $"arn:aws:iam::{call.Account}:user{input.PathPrefix}";

    public static ValueTask<PrincipalPage> ExecuteAsync(IamService service, Call call, ListInput input) =>
        new(PrincipalPage.Of(service.Declared.Users, call.Account, input));

    public static Reply Write(PrincipalPage page, Call call) =>
        AwsQuery.Reply("ListUsers", IamXml.Namespace, xml => page.Write(xml, "Users", IamXml.WriteUser), call);
}
