namespace Emulator.Configuration.Sections;

/// <summary><c>cognito: { userPools: { notes: { signInWith: email } }, identityPools: { notes: { clients: notes/web } } }</c></summary>
internal static class CognitoSections
{
    private static readonly string[] Flows =
        ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_USER_AUTH"];

    private static readonly UserPoolClientConfig DefaultClient = new();
    private static readonly PasswordPolicyConfig DefaultPolicy = new();

    public static EmulatorConfig WithCognito(this EmulatorConfig config, ConfigValue? cognito) => cognito is null ? config : cognito.Section(section => config with
    {
        UserPools = section["userPools"]?.Map(AwsNames.Pool, static value => value.Section(UserPool)) ?? config.UserPools,
        IdentityPools = section["identityPools"]?.Map(AwsNames.Pool, static value => value.Section(IdentityPool)) ?? config.IdentityPools,
    });

    private static UserPoolConfig UserPool(ConfigSection pool)
    {
        var groups = pool["groups"]?.Map(AwsNames.PoolMember, static value => value.Section(Group)) ?? new Dictionary<string, GroupConfig>();
        return new()
        {
            SignInWith = pool["signInWith"]?.Words("email", "phone_number") ?? [],
            AutoVerify = pool["autoVerify"]?.Words("email", "phone_number") ?? [],
            PasswordPolicy = pool["passwordPolicy"]?.Section(PasswordPolicy) ?? DefaultPolicy,
            FixedCode = pool["fixedCode"]?.Text(SixDigits),
            Clients = pool["clients"]?.Map(AwsNames.Pool, static value => value.Section(Client)) ?? new Dictionary<string, UserPoolClientConfig>(),
            Groups = groups,
            Users = pool["users"]?.Map(AwsNames.PoolMember, value => value.Section(user => User(user, groups))) ?? new Dictionary<string, PoolUserConfig>(),
        };
    }

    private static PasswordPolicyConfig PasswordPolicy(ConfigSection policy) => new()
    {
        MinimumLength = policy["minimumLength"]?.Number(6, 99) ?? DefaultPolicy.MinimumLength,
        RequireUppercase = policy["requireUppercase"]?.Flag() ?? DefaultPolicy.RequireUppercase,
        RequireLowercase = policy["requireLowercase"]?.Flag() ?? DefaultPolicy.RequireLowercase,
        RequireNumbers = policy["requireNumbers"]?.Flag() ?? DefaultPolicy.RequireNumbers,
        RequireSymbols = policy["requireSymbols"]?.Flag() ?? DefaultPolicy.RequireSymbols,
    };

    /// <summary>The bounds of the validities: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html</summary>
    private static UserPoolClientConfig Client(ConfigSection client) => new()
    {
        AuthFlows = client["flows"]?.Words(Flows) ?? DefaultClient.AuthFlows,
        GenerateSecret = client["secret"]?.Flag() ?? DefaultClient.GenerateSecret,
        AccessTokenValidity = client["accessToken"]?.Duration(TimeSpan.FromMinutes(5), TimeSpan.FromDays(1)) ?? DefaultClient.AccessTokenValidity,
        IdTokenValidity = client["idToken"]?.Duration(TimeSpan.FromMinutes(5), TimeSpan.FromDays(1)) ?? DefaultClient.IdTokenValidity,
        RefreshTokenValidity = client["refreshToken"]?.Duration(TimeSpan.FromHours(1), TimeSpan.FromDays(3650)) ?? DefaultClient.RefreshTokenValidity,
        PreventUserExistenceErrors = client["preventUserExistenceErrors"]?.Flag() ?? DefaultClient.PreventUserExistenceErrors,
    };

    private static GroupConfig Group(ConfigSection group) => new()
    {
        Description = group["description"]?.Text(),
        Precedence = group["precedence"]?.Number(0, int.MaxValue),
        Role = group["role"]?.RoleName(),
    };

    private static PoolUserConfig User(ConfigSection user, IReadOnlyDictionary<string, GroupConfig> groups) => new(user.Required("password")?.Text() ?? "")
    {
        Attributes = user["attributes"]?.TextMap() ?? new Dictionary<string, string>(),
        Groups = user["groups"]?.List(value => GroupName(value, groups)) ?? [],
    };

    private static string? GroupName(ConfigValue value, IReadOnlyDictionary<string, GroupConfig> groups)
    {
        var name = value.Text();
        if (name is not null) value.Refers("group of this pool", name, _ => groups.Keys);
        return name;
    }

    private static IdentityPoolConfig IdentityPool(ConfigSection pool) => new()
    {
        AllowUnauthenticated = pool["allowUnauthenticated"]?.Flag() ?? false,
        Clients = pool["clients"]?.List(ClientOfPool) ?? [],
        AuthenticatedRole = pool["authenticatedRole"]?.RoleName(),
        UnauthenticatedRole = pool["unauthenticatedRole"]?.RoleName(),
    };

    /// <summary><c>pool/client</c>.</summary>
    private static string? ClientOfPool(ConfigValue value)
    {
        if (value.Text() is not { } text) return null;
        var names = text.Split('/');
        if (names.Length == 2) value.RefersToClient(names[0], names[1]);
        else value.Problem("a client is named as 'user pool/client'");
        return text;
    }

    /// <summary>Notes, once all is read, that the user pool or its client is not declared.</summary>
    public static void RefersToClient(this ConfigValue value, string pool, string client)
    {
        value.Refers("user pool", pool, config => config.UserPools.Keys);
        value.Refers($"client of the user pool '{pool}'", client, config => config.UserPools.TryGetValue(pool, out var found) ? found.Clients.Keys : [client]);
    }

    private static string? SixDigits(string text) =>
        text.Length == 6 && !text.AsSpan().ContainsAnyExceptInRange('0', '9') ? null : "a code has six digits";
}
