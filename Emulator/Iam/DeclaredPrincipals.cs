using Emulator.Configuration;
using Emulator.Iam.Policies;
using Emulator.Identifiers;
using Emulator.SigV4;

namespace Emulator.Iam;

/// <summary>The users, roles and access keys of emulator.yaml, by the names under which requests speak of them.</summary>
internal sealed class DeclaredPrincipals
{
    private readonly Dictionary<(string Account, string Name), IamPrincipal> _users = [];
    private readonly Dictionary<(string Account, string Name), IamPrincipal> _roles = [];
    private readonly Dictionary<string, KnownKey> _keys = new(StringComparer.Ordinal);

    public DeclaredPrincipals(EmulatorConfig config, PolicyCache policies)
    {
        foreach (var (account, declared) in config.Accounts)
        {
            foreach (var (name, user) in declared.Users) _users[(account, name)] = User(account, name, user, declared, policies);
            foreach (var key in declared.Keys) _keys[key.Id] = Key(account, key);
        }
        foreach (var (nameOrArn, role) in config.Roles)
        {
            var principal = Role(DeclaredIds.RoleArn(config, nameOrArn), role, policies);
            _roles[(principal.Account, principal.Name)] = principal;
        }
    }

    public IEnumerable<IamPrincipal> Users => _users.Values;

    public IEnumerable<IamPrincipal> Roles => _roles.Values;

    public KnownKey? Key(string accessKeyId) => _keys.GetValueOrDefault(accessKeyId);

    public IamPrincipal? User(string account, string name) => _users.GetValueOrDefault((account, name));

    public IamPrincipal? Role(string account, string name) => _roles.GetValueOrDefault((account, name));

    /// <summary><c>AROA...</c> or <c>AIDA...</c>, always the same for the same principal, declared or not.</summary>
    public static string IdOf(CallerKind kind, string account, string name) =>
        (kind is CallerKind.User ? "AIDA" : "AROA") + StableId.Of(kind is CallerKind.User ? "iam-user" : "iam-role", account, "", name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 17);

    /// <summary>Account, path and name of a role's ARN, <c>arn:aws:iam::111111111111:role/division/name</c>; null where it is not one.</summary>
    public static (string Account, string Path, string Name)? ReadRoleArn(string arn)
    {
        var resource = Arn.ResourceOf(arn);
        if (!arn.StartsWith("arn:aws:iam::", StringComparison.Ordinal) || !resource.StartsWith("role/")) return null;
        var slash = resource.LastIndexOf('/');
        return slash == resource.Length - 1 ? null : (Arn.AccountOf(arn).ToString(), resource["role".Length..(slash + 1)].ToString(), resource[(slash + 1)..].ToString());
    }

    private static IamPrincipal User(string account, string name, UserConfig user, AccountConfig declared, PolicyCache policies)
    {
        var groups = user.Groups.Where(declared.Groups.ContainsKey)
            .SelectMany(group => declared.Groups[group].Select(policy => ($"{policy.Key} of group {group}", policy.Value)));
        return new(CallerKind.User, account, "/", name, IdOf(CallerKind.User, account, name), [.. Named(user.Policies, $"user {name}"), .. groups], user.PermissionsBoundary, policies) { Tags = user.Tags };
    }

    private static IamPrincipal Role(string arn, RoleConfig role, PolicyCache policies)
    {
        var (account, path, name) = ReadRoleArn(arn) ?? (Arn.AccountOf(arn).ToString(), "/", arn);
        return new(CallerKind.AssumedRole, account, path, name, IdOf(CallerKind.AssumedRole, account, name), [.. Named(role.Policies, $"role {name}")], role.PermissionsBoundary, policies)
        {
            Tags = role.Tags,
            TrustPolicy = role.TrustPolicy,
            MaxSessionDuration = role.MaxSessionDuration,
        };
    }

    private static IEnumerable<(string, string)> Named(IReadOnlyDictionary<string, string> policies, string owner) =>
        policies.Select(policy => ($"{policy.Key} of {owner}", policy.Value));

    private static KnownKey Key(string account, AccessKeyConfig key)
    {
        var caller = key.User is null
            ? Caller.RootOf(account)
            : new Caller(CallerKind.User, account, $"arn:aws:iam::{account}:user/{key.User}", IdOf(CallerKind.User, account, key.User)) { PrincipalName = key.User };
        return new(key.Secret, null, null, caller with { AccessKeyId = key.Id });
    }
}
