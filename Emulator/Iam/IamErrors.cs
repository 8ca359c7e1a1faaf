using Emulator.Iam.Policies;
using Emulator.Protocols;

namespace Emulator.Iam;

/// <summary>The errors of IAM's own API, and its refusals as each service words them.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html</remarks>
internal static class IamErrors
{
    /// <summary>The error of a decision that is not an allow.</summary>
    public static AwsException AccessDenied(AccessDecision decision)
    {
        var caller = decision.Caller ?? Caller.Anonymous;
        var permission = decision.Permission;
        var service = permission.Action.AsSpan(0, Math.Max(permission.Action.IndexOf(':'), 0));
        return service switch
        {
            "s3" => new("AccessDenied", S3Text(caller, decision), 403),
            "sts" => new("AccessDenied", StsText(caller, permission), 403),
            "iam" => new("AccessDenied", Text(caller, decision), 403),
            // REST services answer 403, JSON-RPC services 400.
            "lambda" or "apigateway" or "execute-api" => new("AccessDeniedException", Text(caller, decision), 403),
            _ => new("AccessDeniedException", Text(caller, decision)),
        };
    }

    public static AwsException RoleNotFound(string name) => new("NoSuchEntity", $"The role with name {name} cannot be found.", 404);

    // Observed: IAM, 2025-03-06.
    public static AwsException UserNotFound(string name) => new("NoSuchEntity", $"The user with name {name} cannot be found.", 404);

    public static AwsException UserNameNeeded() => new("ValidationError", "Must specify userName when calling with non-User credentials");

    public static AwsException Missing(string member) =>
        new("ValidationError", $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");

    public static AwsException InvalidMaxItems(string value, bool tooSmall, int largest) =>
        new("ValidationError", $"1 validation error detected: Value '{value}' at 'maxItems' failed to satisfy constraint: Member must have value {(tooSmall ? "greater than or equal to 1" : $"less than or equal to {largest}")}");

    // Observed: STS, AssumeRole with the keys of an account's root, 2018 to 2025.
    public static bool IsRootAssumingRole(Caller caller, Permission permission) =>
        caller.Kind is CallerKind.Root && permission.Action == "sts:AssumeRole";

    private static string Text(Caller caller, AccessDecision decision) =>
        $"User: {Name(caller)} is not authorized to perform: {decision.Permission.Action} on resource: {decision.Permission.Resource} {Context(decision)}";

    /// <summary>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html: who asks from another account, or from none, is told nothing.</summary>
    private static string S3Text(Caller caller, AccessDecision decision)
    {
        if (caller.Kind is CallerKind.Anonymous or CallerKind.Service || caller.Account != decision.ResourceAccount) return "Access Denied";
        var resource = decision.Permission.Resource is "*" ? "" : $" on resource: \"{decision.Permission.Resource}\"";
        return $"User: {Name(caller)} is not authorized to perform: {decision.Permission.Action}{resource} {Context(decision)}";
    }

    // Observed: STS names no policy, 2020 to 2025.
    private static string StsText(Caller caller, Permission permission) => IsRootAssumingRole(caller, permission)
        ? "Roles may not be assumed by root accounts."
        : $"User: {Name(caller)} is not authorized to perform: {permission.Action} on resource: {permission.Resource}";

    private static string Context(AccessDecision decision) => decision.Deciding is { } deny
        ? $"with an explicit deny in {(deny.Policy.Type is PolicyType.Identity ? "an" : "a")} {Word(deny.Policy.Type)}"
        : $"because no {Word(decision.Missing[0])} allows the {decision.Permission.Action} action";

    private static string Word(PolicyType type) => type switch
    {
        PolicyType.Identity => "identity-based policy",
        PolicyType.PermissionsBoundary => "permissions boundary",
        PolicyType.Session => "session policy",
        PolicyType.Trust => "role trust policy",
        _ => "resource-based policy",
    };

    private static string Name(Caller caller) => caller.Kind is CallerKind.Anonymous ? "anonymous" : caller.Arn;
}
