using System.Text;
using System.Text.Json;
using Emulator.Iam.Policies;
using Emulator.Protocols;

namespace Emulator.Iam;

/// <summary>Why a request is not allowed, for people, and what would allow it.</summary>
internal sealed record AccessExplanation(string Text, IReadOnlyList<SuggestedStatement> Suggestions)
{
    public static AccessExplanation None { get; } = new("", []);

    public static AccessExplanation Of(AccessRequest request, PolicySet policies, Evaluation evaluation)
    {
        var what = $"{Name(request)} may not {request.Permission.Action} on {request.Permission.Resource}: ";
        if (evaluation.Deciding is { } denying) return new(what + $"{denying.Statement} of {Describe(denying.Policy)} denies it.", []);
        if (IamErrors.IsRootAssumingRole(request.Caller, request.Permission)) return new(what + "AWS does not let an account's root assume roles; use an access key of a user or a role.", []);
        var reasons = evaluation.Missing.Select(type => Reason(request, policies, type));
        return new(what + string.Join("; and ", reasons) + ".", [.. evaluation.Missing.Select(type => Suggestion(request, type))]);
    }

    private static string Reason(AccessRequest request, PolicySet policies, PolicyType type)
    {
        if (PolicyEvaluator.NearMiss(request, policies, type) is var (near, unmet))
            return $"{near.Statement} of {Describe(near.Policy)} would allow it, but its condition {unmet.Operator} {unmet.Key} = {string.Join(" or ", unmet.Expected)} does not hold ({Actual(request, unmet)})";
        return type switch
        {
            PolicyType.Identity when policies.Identity.Count == 0 => $"{Where(request, type)} allow nothing: there are none",
            PolicyType.Identity => $"no statement of {Where(request, type)} allows it",
            PolicyType.PermissionsBoundary or PolicyType.Session => $"no statement of {Where(request, type)} allows it, so that it takes the permission away",
            _ when policies.Resource is null => $"{request.Permission.Resource} has no policy that allows it",
            _ => $"no statement of {Describe(policies.Resource)} allows it",
        };
    }

    private static string Actual(AccessRequest request, Condition condition)
    {
        var values = request.Values(condition.Key.ToLowerInvariant());
        return values.Count == 0 ? "the request does not have that key" : "the request has " + string.Join(", ", Enumerable.Range(0, values.Count).Select(i => values[i]));
    }

    private static SuggestedStatement Suggestion(AccessRequest request, PolicyType type) => new(Where(request, type), Statement(request, type));

    private static string Where(AccessRequest request, PolicyType type) => type switch
    {
        PolicyType.Identity => $"the identity policies of {Owner(request)}",
        PolicyType.PermissionsBoundary => $"the permissions boundary of {Owner(request)}",
        PolicyType.Session => "the session policy",
        PolicyType.Trust => $"the trust policy of {request.Permission.Resource}",
        _ => $"the policy of {request.Permission.Resource}",
    };

    private static string Owner(AccessRequest request) => request.Caller.Kind switch
    {
        CallerKind.User => $"user {request.Caller.PrincipalName}",
        CallerKind.AssumedRole => $"role {request.Caller.PrincipalName}",
        _ => Name(request),
    };

    private static string Name(AccessRequest request) => request.Caller.Kind is CallerKind.Anonymous ? "An anonymous caller" : request.Caller.Arn;

    private static string Describe(AttachedPolicy policy) => policy.Type switch
    {
        PolicyType.Identity => $"the identity policy {policy.Name}",
        PolicyType.PermissionsBoundary => $"the permissions boundary of {policy.Name}",
        PolicyType.Session => "the session policy",
        PolicyType.Trust => $"the trust policy of {policy.Name}",
        _ => $"the policy of {policy.Name}",
    };

    private static string Statement(AccessRequest request, PolicyType type)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer, AwsJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("Effect", "Allow");
            if (type is PolicyType.Resource or PolicyType.Trust) WritePrincipal(json, request);
            json.WriteString("Action", request.Permission.Action);
            if (type is not PolicyType.Trust) json.WriteString("Resource", request.Permission.Resource);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WritePrincipal(Utf8JsonWriter json, AccessRequest request)
    {
        if (request.Caller.Kind is CallerKind.Anonymous)
        {
            json.WriteString("Principal", "*");
            return;
        }
        json.WriteStartObject("Principal");
        json.WriteString(request.Caller.Kind is CallerKind.Service ? "Service" : "AWS", request.PrincipalArn);
        json.WriteEndObject();
    }
}
