using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

/// <summary>Pools in a folder: what was there before the end is there after the next start.</summary>
internal sealed class StoredPoolTests
{
    private const string Configuration = """
        cognito: { userPools: { main: { autoVerify: email, clients: { web: } } } }
        """;

    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("emulator-cognito").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Users_keys_codes_and_sign_ins_outlive_the_process()
    {
        JsonElement signIn;
        string client, pool, keys, code;
        await using (var aws = await StartAsync())
        {
            var idp = CognitoClient.UserPools(aws);
            (pool, client) = (Id(aws, "UserPool"), Id(aws, "UserPoolClient"));
            await SignUpAsync(idp, client, "ann");
            await idp.OpenAsync("ConfirmSignUp", new { ClientId = client, Username = "ann", ConfirmationCode = aws.Inbox.CodeFor("ann@example.com") });
            signIn = await SignInAsync(idp, client, "ann");
            await idp.OpenAsync("UpdateUserAttributes", new { AccessToken = signIn.Text("AccessToken"), UserAttributes = new[] { new { Name = "name", Value = "Ann" } } });
            await SignUpAsync(idp, client, "bob");
            code = aws.Inbox.CodeFor("bob@example.com");
            keys = await aws.CreateHttpClient().GetStringAsync($"/{pool}/.well-known/jwks.json");
        }
        await using (var aws = await StartAsync())
        {
            var idp = CognitoClient.UserPools(aws);
            Assert.That(await aws.CreateHttpClient().GetStringAsync($"/{pool}/.well-known/jwks.json"), Is.EqualTo(keys));
            var user = await idp.OpenAsync("GetUser", new { AccessToken = signIn.Text("AccessToken") });
            Assert.That(user.GetProperty("UserAttributes").EnumerateArray().Single(attribute => attribute.Text("Name") == "name").Text("Value"), Is.EqualTo("Ann"));
            await idp.OpenAsync("InitiateAuth", new { AuthFlow = "REFRESH_TOKEN_AUTH", ClientId = client, AuthParameters = new { REFRESH_TOKEN = signIn.Text("RefreshToken") } });
            await idp.OpenAsync("ConfirmSignUp", new { ClientId = client, Username = "bob", ConfirmationCode = code });
            await SignInAsync(idp, client, "bob");
        }
    }

    [Test]
    public async Task Sign_ins_at_the_same_time_find_the_same_keys()
    {
        await using var aws = await StartAsync();
        var (idp, client) = (CognitoClient.UserPools(aws), Id(aws, "UserPoolClient"));
        await SignUpAsync(idp, client, "ann");
        await idp.SignedAsync("AdminConfirmSignUp", new { UserPoolId = Id(aws, "UserPool"), Username = "ann" });
        var signIns = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignInAsync(idp, client, "ann")));
        foreach (var signIn in signIns) await idp.OpenAsync("GetUser", new { AccessToken = signIn.Text("AccessToken") });
        Assert.That(signIns.Select(signIn => signIn.Text("AccessToken").Split('.')[0]).Distinct().Count(), Is.EqualTo(1), "one key");
    }

    private Task<AwsEmulator> StartAsync() => AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Configuration, DataFolder = _folder });

    private static string Id(AwsEmulator aws, string kind) => aws.Host.Slices.SelectMany(slice => slice.Resources()).Single(resource => resource.Kind == kind).Id;

    private static Task<JsonElement> SignUpAsync(CognitoClient idp, string client, string username) =>
        idp.OpenAsync("SignUp", new { ClientId = client, Username = username, Password = "Passw0rd!", UserAttributes = new[] { new { Name = "email", Value = $"{username}@example.com" } } });

    private static async Task<JsonElement> SignInAsync(CognitoClient idp, string client, string username) =>
        (await idp.OpenAsync("InitiateAuth", new { AuthFlow = "USER_PASSWORD_AUTH", ClientId = client, AuthParameters = new { USERNAME = username, PASSWORD = "Passw0rd!" } })).GetProperty("AuthenticationResult");
}
