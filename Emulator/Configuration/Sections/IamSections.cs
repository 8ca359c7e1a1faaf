using Emulator.Iam.Policies;

namespace Emulator.Configuration.Sections;

/// <summary><c>accounts</c> and <c>roles</c>.</summary>
internal static class IamSections
{
    private static readonly AccountConfig NoAccount = new();
    private static readonly RoleConfig NoRole = new();
    private static readonly Dictionary<string, string> NoNames = [];

    public static AccountConfig Account(ConfigValue value) => value.Section(account =>
    {
        var groups = account["groups"]?.Map(AwsNames.IamGroup, Group) ?? NoAccount.Groups;
        var users = account["users"]?.Map(AwsNames.IamUser, user => User(user, groups)) ?? NoAccount.Users;
        return new AccountConfig
        {
            DisplayName = account["displayName"]?.Text(),
            Email = account["email"]?.Text(),
            Groups = groups,
            Users = users,
            Keys = account["keys"]?.List(key => key.Section(section => AccessKey(section, users))) ?? NoAccount.Keys,
        };
    });

    public static RoleConfig Role(ConfigValue value) => value.Section(static role => new RoleConfig
    {
        TrustPolicy = role["trust"]?.Policy(PolicyKind.Trust),
        Policies = role["policies"]?.Policies() ?? NoNames,
        PermissionsBoundary = role["boundary"]?.Policy(PolicyKind.Identity),
        Tags = role["tags"]?.TextMap() ?? NoNames,
        MaxSessionDuration = role["maxSession"]?.Duration(TimeSpan.FromHours(1), TimeSpan.FromHours(12)) ?? NoRole.MaxSessionDuration,
    });

    private static IReadOnlyDictionary<string, string> Group(ConfigValue value) => value.Section(static group => group["policies"]?.Policies() ?? NoNames);

    private static UserConfig User(ConfigValue value, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> groups) => value.Section(user => new UserConfig
    {
        Policies = user["policies"]?.Policies() ?? NoNames,
        Groups = user["groups"]?.List(group => GroupName(group, groups.Keys)) ?? [],
        PermissionsBoundary = user["boundary"]?.Policy(PolicyKind.Identity),
        Tags = user["tags"]?.TextMap() ?? NoNames,
    });

    private static string? GroupName(ConfigValue value, IEnumerable<string> groups)
    {
        var name = value.Text();
        if (name is not null) value.Refers("group of this account", name, _ => groups);
        return name;
    }

    private static AccessKeyConfig AccessKey(ConfigSection key, IReadOnlyDictionary<string, UserConfig> users)
    {
        var (id, secret, user) = (key.Required("id"), key.Required("secret"), key["user"]);
        var name = user?.Text();
        if (name is not null) user!.Refers("user of this account", name, _ => users.Keys);
        return new(id?.Text(AwsNames.AccessKeyId) ?? "", secret?.Text() ?? "", name);
    }

    /// <summary>The role that a value names, by its name here or by an ARN.</summary>
    public static string? RoleName(this ConfigValue value)
    {
        var name = value.Text();
        if (name is not null && !name.StartsWith("arn:", StringComparison.Ordinal)) value.Refers("role", name, config => config.Roles.Keys);
        return name;
    }

    private static IReadOnlyDictionary<string, string> Policies(this ConfigValue value) => value.Map(AwsNames.Policy, static policy => policy.Policy(PolicyKind.Identity));
}
