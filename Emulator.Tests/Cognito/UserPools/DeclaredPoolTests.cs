using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

internal sealed class DeclaredPoolTests
{
    private const string Pool = """
        cognito:
          userPools:
            main: { clients: { web: { } }, groups: { g: }, users: { ann: { password: "Passw0rd!", groups: g } } }
        """;

    [Test]
    public async Task Ids_follow_from_names()
    {
        await using var first = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Pool });
        await using var second = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Pool });
        Assert.That(Ids(first), Is.EqualTo(Ids(second)));
    }

    [Test]
    public async Task What_is_declared_is_made_once()
    {
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Pool });
        var pools = aws.Host.Slices.Single(slice => slice is Integration.ITokenVerifier);
        var before = aws.Host.Store.Version(new Emulator.Storage.Space("cognito.users"));
        Assert.That(await pools.ApplyAsync(default), Is.Empty);
        Assert.That(aws.Host.Store.Version(new Emulator.Storage.Space("cognito.users")), Is.EqualTo(before));
    }

    [Test]
    public async Task What_was_changed_since_is_told_and_left()
    {
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Pool });
        var idp = CognitoClient.UserPools(aws);
        var pools = aws.Host.Slices.Single(slice => slice is Integration.ITokenVerifier);
        var id = pools.Resources().Single(resource => resource.Kind == "UserPool").Id;
        await idp.SignedAsync("UpdateUserPool", new { UserPoolId = id, AutoVerifiedAttributes = new[] { "email" } });
        Assert.That(await pools.ApplyAsync(default), Is.EqualTo(new[] { "User pool 'main': autoVerify is another one in the stored state than in emulator.yaml; the stored one stays." }));
    }

    [Test]
    public async Task A_password_that_was_changed_is_not_the_declared_one_any_more()
    {
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Pool });
        var idp = CognitoClient.UserPools(aws);
        var pools = aws.Host.Slices.Single(slice => slice is Integration.ITokenVerifier);
        var (pool, client) = (pools.Resources().Single(resource => resource.Kind == "UserPool").Id, pools.Resources().Single(resource => resource.Kind == "UserPoolClient").Id);
        await idp.SignedAsync("AdminSetUserPassword", new { UserPoolId = pool, Username = "ann", Password = "0ther-Password", Permanent = true });
        await SignInAsync("0ther-Password");
        await pools.ApplyAsync(default);
        Assert.That(() => SignInAsync("Passw0rd!"), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("NotAuthorizedException"));

        Task<System.Text.Json.JsonElement> SignInAsync(string password) =>
            idp.OpenAsync("InitiateAuth", new { AuthFlow = "USER_PASSWORD_AUTH", ClientId = client, AuthParameters = new { USERNAME = "ann", PASSWORD = password } });
    }

    private static IEnumerable<string> Ids(AwsEmulator aws) => aws.Host.Slices.SelectMany(slice => slice.Resources()).Select(resource => resource.Id);
}
