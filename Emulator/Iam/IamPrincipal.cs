using Emulator.Iam.Policies;

namespace Emulator.Iam;

/// <summary>A user or a role that emulator.yaml declares.</summary>
internal sealed class IamPrincipal
{
    private readonly PolicyCache _policies;
    private readonly IReadOnlyList<(string Name, string Json)> _identity;
    private readonly string? _boundary;
    private IReadOnlyList<AttachedPolicy>? _identityPolicies;
    private AttachedPolicy? _permissionsBoundary;

    /// <param name="identity">Its own policies and those of its groups.</param>
    public IamPrincipal(CallerKind kind, string account, string path, string name, string id, IReadOnlyList<(string Name, string Json)> identity, string? boundary, PolicyCache policies)
    {
        (Kind, Account, Path, Name, Id) = (kind, account, path, name, id);
        Arn = $"arn:aws:iam::{account}:{(kind is CallerKind.User ? "user" : "role")}{path}{name}";
        (_identity, _boundary, _policies) = (identity, boundary, policies);
    }

    /// <summary><see cref="CallerKind.User"/>, or <see cref="CallerKind.AssumedRole"/> for a role.</summary>
    public CallerKind Kind { get; }

    public string Account { get; }

    /// <summary><c>/</c> or <c>/division/</c>.</summary>
    public string Path { get; }

    public string Name { get; }

    public string Arn { get; }

    /// <summary><c>AIDA...</c> or <c>AROA...</c>.</summary>
    public string Id { get; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Who may assume the role, as JSON.</summary>
    public string? TrustPolicy { get; init; }

    public TimeSpan MaxSessionDuration { get; init; }

    public IReadOnlyList<AttachedPolicy> IdentityPolicies =>
        _identityPolicies ??= [.. _identity.Select(policy => new AttachedPolicy(PolicyType.Identity, policy.Name, _policies.Get(policy.Json)))];

    public AttachedPolicy? PermissionsBoundary =>
        _boundary is null ? null : _permissionsBoundary ??= new(PolicyType.PermissionsBoundary, Name, _policies.Get(_boundary));
}
