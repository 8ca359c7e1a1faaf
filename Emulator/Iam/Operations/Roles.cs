using Emulator.Protocols;

namespace Emulator.Iam.Operations;

/// <summary>Shows one role.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html</remarks>
internal static class GetRole
{
    public static GetRoleInput Bind(RestRequest request) => new(AwsQuery.Form(request).GetValueOrDefault("RoleName") ?? throw IamErrors.Missing("roleName"));

    public static string Resource(Call call, GetRoleInput input) => $"arn:aws:iam::{call.Account}:role/{input.RoleName}";

    public static ValueTask<IamPrincipal> ExecuteAsync(IamService service, Call call, GetRoleInput input) =>
        new(service.Declared.Role(call.Account, input.RoleName) ?? throw IamErrors.RoleNotFound(input.RoleName));

    public static Reply Write(IamPrincipal role, Call call) => AwsQuery.Reply("GetRole", IamXml.Namespace, xml =>
    {
        xml.WriteStartElement("Role");
        IamXml.WriteRole(xml, role);
        IamXml.WriteTags(xml, role.Tags);
        xml.WriteStartElement("RoleLastUsed");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }, call);
}

internal sealed record GetRoleInput(string RoleName);

/// <summary>Lists the account's roles.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html</remarks>
internal static class ListRoles
{
    public static string Resource(Call call, ListInput input) => $"arn:aws:iam::{call.Account}:role{input.PathPrefix}";

    public static ValueTask<PrincipalPage> ExecuteAsync(IamService service, Call call, ListInput input) =>
        new(PrincipalPage.Of(service.Declared.Roles, call.Account, input));

    public static Reply Write(PrincipalPage page, Call call) =>
        AwsQuery.Reply("ListRoles", IamXml.Namespace, xml => page.Write(xml, "Roles", IamXml.WriteRole), call);
}
