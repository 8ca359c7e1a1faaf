using System.Text.Json;
using NUnit.Framework;
using NUnit.Framework.Constraints;

namespace Emulator.Tests.Cognito;

/// <summary>A private fork, for each test, of a world with one pool that has its keys already.</summary>
internal abstract class CognitoFixture
{
    protected const string Password = "Passw0rd!";

    private const string World = """
        cognito:
          userPools:
            main:
              autoVerify: email
              clients:
                web: { flows: [ALLOW_USER_SRP_AUTH, ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH, ALLOW_ADMIN_USER_PASSWORD_AUTH], preventUserExistenceErrors: false }
                discreet: { preventUserExistenceErrors: true }
                secretive: { secret: true, preventUserExistenceErrors: false }
              groups: { readers: { precedence: 5 }, editors: { precedence: 1, role: "arn:aws:iam::000000000000:role/editor" } }
              users:
                ann: { password: "Passw0rd!", attributes: { email: ann@example.com, name: Ann, "custom:team": blue }, groups: [editors, readers] }
                bob: { password: "Passw0rd!", attributes: { email: bob@example.com } }
            mail:
              signInWith: [email]
              autoVerify: email
              fixedCode: "123456"
              clients: { web: { preventUserExistenceErrors: false } }
              users: { carol@example.com: { password: "Passw0rd!" } }
          identityPools:
            main: { allowUnauthenticated: true, clients: [main/web], authenticatedRole: user, unauthenticatedRole: guest }
            closed: { clients: [main/web] }
        roles: { user: , guest: }
        """;

    private static readonly Lazy<Task<AwsEmulator>> Seeded = new(SeedAsync);

    protected AwsEmulator Aws { get; private set; } = null!;

    /// <summary>User pools.</summary>
    protected CognitoClient Idp { get; private set; } = null!;

    /// <summary>Identity pools.</summary>
    protected CognitoClient Identity { get; private set; } = null!;

    protected string PoolId => Output("UserPool", "main");

    protected string ClientId => Output("UserPoolClient", "main/web");

    [SetUp]
    public async Task Fork()
    {
        Aws = (await Seeded.Value).Fork();
        Idp = CognitoClient.UserPools(Aws);
        Identity = CognitoClient.IdentityPools(Aws);
    }

    [TearDown]
    public async Task Dispose() => await Aws.DisposeAsync();

    protected string Output(string kind, string name) => Aws.Host.Slices.SelectMany(slice => slice.Resources()).Single(resource => resource.Kind == kind && resource.Name == name).Id;

    /// <summary>The authentication result of a sign-in with a password.</summary>
    protected async Task<JsonElement> SignInAsync(string username = "ann", string password = Password, string? clientId = null) =>
        (await Idp.OpenAsync("InitiateAuth", new { AuthFlow = "USER_PASSWORD_AUTH", ClientId = clientId ?? ClientId, AuthParameters = new { USERNAME = username, PASSWORD = password } })).GetProperty("AuthenticationResult");

    protected async Task<string> AccessTokenAsync(string username = "ann", string password = Password) => (await SignInAsync(username, password)).Text("AccessToken");

    protected Task<JsonElement> SignUpAsync(string username, string email, string password = Password, string? clientId = null) =>
        Idp.OpenAsync("SignUp", new { ClientId = clientId ?? ClientId, Username = username, Password = password, UserAttributes = new[] { new { Name = "email", Value = email } } });

    /// <summary>A pool of its own, for what the shared one cannot show.</summary>
    protected async Task<(string PoolId, string ClientId)> CreatePoolAsync(object settings, object? clientSettings = null)
    {
        var pool = (await Idp.SignedAsync("CreateUserPool", Merge(new { PoolName = "own" }, settings))).GetProperty("UserPool").Text("Id");
        var client = await Idp.SignedAsync("CreateUserPoolClient", Merge(new { UserPoolId = pool, ClientName = "own", ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" } }, clientSettings ?? new { }));
        return (pool, client.GetProperty("UserPoolClient").Text("ClientId"));
    }

    protected async Task<Dictionary<string, string>> AttributesAsync(string username, string? poolId = null) =>
        (await Idp.SignedAsync("AdminGetUser", new { UserPoolId = poolId ?? PoolId, Username = username })).GetProperty("UserAttributes").EnumerateArray()
            .ToDictionary(attribute => attribute.Text("Name"), attribute => attribute.Text("Value"));

    protected static IResolveConstraint Fails(string code, string message) =>
        Throws.TypeOf<CognitoError>().With.Property(nameof(CognitoError.Code)).EqualTo(code).And.Message.EqualTo(message);

    protected static JsonElement Merge(object first, object second)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var part in new[] { first, second })
        {
            foreach (var member in JsonSerializer.SerializeToElement(part).EnumerateObject()) members[member.Name] = member.Value;
        }
        return JsonSerializer.SerializeToElement(members);
    }

    private static async Task<AwsEmulator> SeedAsync()
    {
        var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = World });
        foreach (var pool in aws.Host.Slices.SelectMany(slice => slice.Resources()).Where(resource => resource.Kind == "UserPool").ToList())
        {
            // The keys of a pool are made when one is first asked for; here once for all forks.
            await aws.CreateHttpClient().GetStringAsync($"/{pool.Id}/.well-known/jwks.json");
        }
        return aws;
    }
}

internal static class JsonElementExtensions
{
    public static string Text(this JsonElement json, string member) => json.GetProperty(member).GetString()!;
}
