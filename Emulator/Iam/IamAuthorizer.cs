using Emulator.Configuration;
using Emulator.Iam.Policies;
using Emulator.Integration;

namespace Emulator.Iam;

/// <summary>Decides whether a caller may do what its request asks for.</summary>
/// <param name="resourcePolicies">Which slice knows the policies of the resources of which actions (<c>s3</c>, <c>lambda</c>).</param>
internal sealed class IamAuthorizer(IamDirectory directory, EmulatorConfig config, TimeProvider clock, IReadOnlyList<(string Service, IResourcePolicies Policies)> resourcePolicies)
{
    /// <summary>All permissions must be allowed. The first that is not decides; does not throw.</summary>
    public AccessDecision Authorize(Caller caller, IReadOnlyList<Permission> permissions, in RequestConditions conditions)
    {
        var decision = AccessDecision.Unasked;
        if (config.Iam is IamMode.Off) return decision;
        for (var i = 0; i < permissions.Count; i++)
        {
            decision = Authorize(caller, permissions[i], conditions);
            if (!decision.IsAllowed) return decision;
        }
        return decision;
    }

    private AccessDecision Authorize(Caller caller, Permission permission, in RequestConditions conditions)
    {
        var resource = FindResource(caller, permission);
        if (caller.Kind is CallerKind.Root && MayAsRoot(caller, permission, resource)) return AccessDecision.Unasked;

        var principal = directory.PrincipalOf(caller);
        var request = new AccessRequest
        {
            Caller = caller,
            Permission = permission,
            ResourceAccount = resource.Owner ?? caller.Account,
            Now = clock.GetUtcNow(),
            Conditions = conditions,
            PrincipalArn = IamDirectory.PrincipalArnOf(caller, principal),
            PrincipalTags = principal?.Tags ?? NoTags,
        };
        var policies = new PolicySet
        {
            Identity = principal?.IdentityPolicies ?? [],
            PermissionsBoundary = principal?.PermissionsBoundary,
            Session = caller.SessionPolicy is { } session ? new(PolicyType.Session, "", directory.Policies.Get(session)) : null,
            Resource = resource.Policy is { } document ? new(resource.IsTrust ? PolicyType.Trust : PolicyType.Resource, permission.Resource, document) : null,
            IsTrust = resource.IsTrust,
        };
        var evaluation = IamErrors.IsRootAssumingRole(caller, permission)
            ? new(AccessOutcome.ImplicitDeny, null, [PolicyType.Trust])
            : PolicyEvaluator.Evaluate(request, policies);
        return AccessDecision.Of(request, policies, evaluation, config.Iam is IamMode.Enforce);
    }

    /// <summary>An account's root may do everything in its own account but what a resource policy denies; this answers without an evaluation, and without allocating, where nothing can deny.</summary>
    private static bool MayAsRoot(Caller caller, Permission permission, in Target resource)
    {
        if (resource.IsTrust || (resource.Owner is { } owner && owner != caller.Account)) return false;
        return resource.Policy is not { HasDeny: true } || OwnersLastResort.Contains(permission.Action);
    }

    /// <summary>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html: the owner's root can perform these even if the bucket policy denies it, so that nobody locks himself out.</summary>
    private static readonly string[] OwnersLastResort = ["s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:DeleteBucketPolicy"];

    /// <param name="Owner">null: that of the caller.</param>
    private readonly record struct Target(string? Owner, PolicyDocument? Policy, bool IsTrust = false);

    private Target FindResource(Caller caller, Permission permission)
    {
        if (permission.IsCreation) return new(null, null);
        var service = permission.Action.AsSpan(0, Math.Max(permission.Action.IndexOf(':'), 0));
        if (service is "sts" && permission.Resource.Contains(":role/", StringComparison.Ordinal))
        {
            var trust = directory.FindRole(permission.Resource)?.TrustPolicy;
            return new(OwnerOf(caller, permission.Resource), trust is null ? null : directory.Policies.Get(trust), IsTrust: true);
        }
        for (var i = 0; i < resourcePolicies.Count; i++)
        {
            if (!service.SequenceEqual(resourcePolicies[i].Service) || resourcePolicies[i].Policies.Find(permission.Resource, permission.Action) is not { } found) continue;
            var document = found.Document is null ? null : directory.Policies.Get(found.Document);
            var owner = permission.Owner ?? found.OwnerAccount;
            var mayOnlyDeny = owner != found.OwnerAccount || (caller.Account != owner && found.AllowsOwnAccountOnly is { Value: true });
            return new(owner, mayOnlyDeny ? document?.DenyingPart : document);
        }
        return new(OwnerOf(caller, permission.Resource), null);
    }

    private static string? OwnerOf(Caller caller, string resource)
    {
        var account = Arn.AccountOf(resource);
        return account.IsEmpty || account is "*" || account.SequenceEqual(caller.Account) ? null : account.ToString();
    }

    private static readonly Dictionary<string, string> NoTags = [];
}
