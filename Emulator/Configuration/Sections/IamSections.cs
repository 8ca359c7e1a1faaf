namespace Emulator.Configuration.Sections;

/// <summary><c>accounts</c> and <c>roles</c>.</summary>
internal static class IamSections
{
    private static readonly AccountConfig NoAccount = new();

    public static AccountConfig Account(ConfigValue value) => value.Section(account =>
    {
        var users = account["users"]?.Map(AwsNames.IamUser, User) ?? NoAccount.Users;
        return new AccountConfig { Users = users, Keys = account["keys"]?.List(key => key.Section(section => AccessKey(section, users))) ?? NoAccount.Keys };
    });

    public static RoleConfig Role(ConfigValue value) => value.Section(static role => new RoleConfig
    {
        TrustPolicy = role["trust"]?.Policy(PolicyKind.Trust),
        Policies = role["policies"]?.Policies() ?? new Dictionary<string, string>(),
        PermissionsBoundary = role["boundary"]?.Policy(PolicyKind.Identity),
    });

    private static UserConfig User(ConfigValue value) => value.Section(static user => new UserConfig
    {
        Policies = user["policies"]?.Policies() ?? new Dictionary<string, string>(),
    });

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
