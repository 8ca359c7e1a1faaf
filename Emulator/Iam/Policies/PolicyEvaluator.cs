namespace Emulator.Iam.Policies;

/// <summary>The kinds of policy that take part in a decision.</summary>
internal enum PolicyType { Identity, Resource, PermissionsBoundary, Session, Trust }

/// <summary>A policy where it hangs.</summary>
/// <param name="Name">For people: its name, or whose it is.</param>
internal sealed record AttachedPolicy(PolicyType Type, string Name, PolicyDocument Document);

/// <summary>All policies that have a say about one request.</summary>
internal sealed class PolicySet
{
    /// <summary>Of the user with its groups, or of the role.</summary>
    public IReadOnlyList<AttachedPolicy> Identity { get; init; } = [];

    public AttachedPolicy? PermissionsBoundary { get; init; }

    public AttachedPolicy? Session { get; init; }

    /// <summary>The resource's own policy.</summary>
    public AttachedPolicy? Resource { get; init; }

    /// <summary>Whether the resource is a role that is to be assumed: its trust policy must allow, whatever identity policies say.</summary>
    public bool IsTrust { get; init; }
}

internal enum AccessOutcome { Allowed, ExplicitDeny, ImplicitDeny }

/// <summary>A statement and the policy it stands in.</summary>
internal sealed record StatementReference(AttachedPolicy Policy, PolicyStatement Statement);

/// <summary>A decision.</summary>
/// <param name="Deciding">The statement that allows or denies; null for an implicit deny, and where no statement is needed (root).</param>
/// <param name="Missing">The kinds of policy of which one had to allow and none did, in the order in which AWS looks.</param>
internal readonly record struct Evaluation(AccessOutcome Outcome, StatementReference? Deciding, IReadOnlyList<PolicyType> Missing);

/// <summary>AWS's policy evaluation logic: one request, all policies, one decision. Pure.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html and
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
/// </remarks>
internal static class PolicyEvaluator
{
    public static Evaluation Evaluate(AccessRequest request, PolicySet policies)
    {
        var resource = Ask(policies.Resource, request);
        var identity = AskAll(policies.Identity, request);
        var boundary = Ask(policies.PermissionsBoundary, request);
        var session = Ask(policies.Session, request);
        if ((resource.Deny ?? identity.Deny ?? boundary.Deny ?? session.Deny) is { } deny) return new(AccessOutcome.ExplicitDeny, deny, []);

        var resourceType = policies.IsTrust ? PolicyType.Trust : PolicyType.Resource;
        if (request.Caller.Kind is CallerKind.Anonymous or CallerKind.Service)
            return resource.Allow is null ? Implicit(resourceType) : Allowed(resource.Allow);

        // Source: a resource policy of the same account that names the user or the session itself (or everybody) needs nothing beside it.
        var sameAccount = request.Caller.Account == request.ResourceAccount;
        if (sameAccount && resource.Principal == PrincipalMatch.Direct) return Allowed(resource.Allow);

        var missing = new List<PolicyType>();
        var resourceGrants = sameAccount && resource.Principal == PrincipalMatch.Role;
        if (!resourceGrants && identity.Allow is null && request.Caller.Kind is not CallerKind.Root
            && !(sameAccount && policies.IsTrust && resource.Allow is null)) missing.Add(PolicyType.Identity);
        if (policies.PermissionsBoundary is not null && boundary.Allow is null) missing.Add(PolicyType.PermissionsBoundary);
        if (policies.Session is not null && session.Allow is null) missing.Add(PolicyType.Session);
        if ((policies.IsTrust || !sameAccount) && resource.Allow is null) missing.Add(resourceType);
        return missing.Count > 0 ? new(AccessOutcome.ImplicitDeny, null, missing) : Allowed(identity.Allow ?? resource.Allow);
    }

    /// <summary>The first statement that would allow or deny the request but for a condition; to explain an implicit deny.</summary>
    public static (StatementReference Statement, Condition Unmet)? NearMiss(AccessRequest request, PolicySet policies, PolicyType missing)
    {
        var candidates = missing switch
        {
            PolicyType.Identity => policies.Identity,
            PolicyType.PermissionsBoundary => [policies.PermissionsBoundary!],
            PolicyType.Session => [policies.Session!],
            _ => policies.Resource is { } resource ? [resource] : [],
        };
        foreach (var policy in candidates)
        {
            foreach (var statement in policy.Document.Statements)
            {
                if (statement.Allows && statement.Concerns(request, out _) && statement.Unmet(request) is { } unmet) return (new(policy, statement), unmet);
            }
        }
        return null;
    }

    private static Evaluation Allowed(StatementReference? by) => new(AccessOutcome.Allowed, by, []);

    private static Evaluation Implicit(PolicyType missing) => new(AccessOutcome.ImplicitDeny, null, [missing]);

    /// <summary>What one kind of policy says.</summary>
    /// <param name="Principal">How directly the allowing statement names the caller.</param>
    private readonly record struct Answer(StatementReference? Allow, StatementReference? Deny, PrincipalMatch Principal);

    private static Answer AskAll(IReadOnlyList<AttachedPolicy> policies, AccessRequest request)
    {
        Answer all = default;
        foreach (var policy in policies)
        {
            var answer = Ask(policy, request);
            if (answer.Deny is not null) return answer;
            if (all.Allow is null) all = answer;
        }
        return all;
    }

    private static Answer Ask(AttachedPolicy? policy, AccessRequest request)
    {
        if (policy is null) return default;
        PolicyStatement? allow = null;
        var best = PrincipalMatch.None;
        foreach (var statement in policy.Document.Statements)
        {
            // An allow that names the caller no more directly than one before it changes nothing.
            if (statement.Allows && best == PrincipalMatch.Direct) continue;
            if (!statement.Concerns(request, out var principal) || (statement.Allows && principal <= best) || statement.Unmet(request) is not null) continue;
            if (!statement.Allows) return new(null, new(policy, statement), principal);
            (allow, best) = (statement, principal);
        }
        return allow is null ? default : new(new(policy, allow), null, best);
    }
}
