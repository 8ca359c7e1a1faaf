using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

[Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html")]
internal sealed class SignInTests : CognitoFixture
{
    [Test]
    public void A_wrong_password_and_an_absent_user_are_told_apart_unless_the_client_is_discreet()
    {
        Assert.That(() => SignInAsync("ann", "Passw0rd?"), Fails("NotAuthorizedException", "Incorrect username or password."));
        Assert.That(() => SignInAsync("nobody"), Fails("UserNotFoundException", "User does not exist."));
        Assert.That(() => SignInAsync("nobody", clientId: Output("UserPoolClient", "main/discreet")), Fails("NotAuthorizedException", "Incorrect username or password."));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#authentication-flow-lockout-behavior")]
    public async Task Five_failures_lock_the_user_for_a_second_and_each_further_one_for_twice_as_long()
    {
        Aws.Clock.Freeze();
        for (var i = 0; i < 5; i++) Assert.That(() => SignInAsync("ann", "Passw0rd?"), Fails("NotAuthorizedException", "Incorrect username or password."));
        Assert.That(() => SignInAsync("ann"), Fails("NotAuthorizedException", "Password attempts exceeded"));
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(() => SignInAsync("ann", "Passw0rd?"), Fails("NotAuthorizedException", "Incorrect username or password."));
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(() => SignInAsync("ann"), Fails("NotAuthorizedException", "Password attempts exceeded"));
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await SignInAsync("ann");
        Assert.That(() => SignInAsync("ann", "Passw0rd?"), Fails("NotAuthorizedException", "Incorrect username or password."));
        await SignInAsync("ann");
    }

    [Test]
    public async Task A_user_signs_in_with_its_sub_and_in_a_pool_without_case_with_any_case()
    {
        await SignInAsync((await AttributesAsync("ann"))["sub"]);
        Assert.That((await Idp.OpenAsync("GetUser", new { AccessToken = await AccessTokenAsync("ANN") })).Text("Username"), Is.EqualTo("ann"));
    }

    [Test]
    public async Task A_disabled_user_stays_outside_and_its_tokens_end()
    {
        var token = await AccessTokenAsync();
        await Idp.SignedAsync("AdminDisableUser", new { UserPoolId = PoolId, Username = "ann" });
        Assert.That(() => SignInAsync(), Fails("NotAuthorizedException", "User is disabled."));
        Assert.That(() => Idp.OpenAsync("GetUser", new { AccessToken = token }), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("NotAuthorizedException"));
        await Idp.SignedAsync("AdminEnableUser", new { UserPoolId = PoolId, Username = "ann" });
        await SignInAsync();
    }

    [TestCase("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client")]
    [TestCase("USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client.")]
    [TestCase("ADMIN_USER_PASSWORD_AUTH", "Initiate Auth method not supported.")]
    [Observed("issues of amplify-js and amazon-cognito-identity-js")]
    public async Task A_flow_that_the_client_does_not_have_is_refused(string flow, string message)
    {
        var client = (await Idp.SignedAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "refresh", ExplicitAuthFlows = new[] { "ALLOW_REFRESH_TOKEN_AUTH" } })).GetProperty("UserPoolClient").Text("ClientId");
        Assert.That(() => Idp.OpenAsync("InitiateAuth", new { AuthFlow = flow, ClientId = client, AuthParameters = new { USERNAME = "ann", PASSWORD = Password, SRP_A = "1" } }), Fails("InvalidParameterException", message));
    }

    [TestCase("CUSTOM_AUTH")]
    [TestCase("USER_AUTH")]
    public void A_flow_that_is_not_built_is_refused_by_name(string flow) =>
        Assert.That(() => Idp.OpenAsync("InitiateAuth", new { AuthFlow = flow, ClientId, AuthParameters = new { USERNAME = "ann" } }),
            Throws.TypeOf<CognitoError>().With.Property("StatusCode").EqualTo(501).And.Message.Contains(flow));

    [Test]
    public void Parameters_that_are_missing_are_named()
    {
        Assert.That(() => Idp.OpenAsync("InitiateAuth", new { AuthFlow = "USER_PASSWORD_AUTH", ClientId }), Fails("InvalidParameterException", "Missing required parameter USERNAME"));
        Assert.That(() => Idp.OpenAsync("InitiateAuth", new { AuthFlow = "USER_PASSWORD_AUTH", ClientId, AuthParameters = new { USERNAME = "ann" } }), Fails("InvalidParameterException", "Missing required parameter PASSWORD"));
        Assert.That(() => Idp.OpenAsync("InitiateAuth", new { AuthFlow = "REFRESH_TOKEN_AUTH", ClientId }), Fails("InvalidParameterException", "Missing required parameter REFRESH_TOKEN"));
        Assert.That(() => Idp.OpenAsync("InitiateAuth", new { AuthFlow = "MAGIC", ClientId }), Fails("InvalidParameterException",
            "1 validation error detected: Value 'MAGIC' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN, CUSTOM_AUTH, ADMIN_NO_SRP_AUTH, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH, USER_AUTH]"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash")]
    public async Task A_client_with_a_secret_proves_it()
    {
        var clientId = Output("UserPoolClient", "main/secretive");
        var secret = (await Idp.SignedAsync("DescribeUserPoolClient", new { UserPoolId = PoolId, ClientId = clientId })).GetProperty("UserPoolClient").Text("ClientSecret");
        var hash = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("ann" + clientId)));

        Assert.That(() => SignInAsync(clientId: clientId), Fails("NotAuthorizedException", $"Client {clientId} is configured with secret but SECRET_HASH was not received"));
        Assert.That(() => Send("USER_PASSWORD_AUTH", new { USERNAME = "ann", PASSWORD = Password, SECRET_HASH = "AAAA" }), Fails("NotAuthorizedException", $"Unable to verify secret hash for client {clientId}"));
        var result = await Send("USER_PASSWORD_AUTH", new { USERNAME = "ann", PASSWORD = Password, SECRET_HASH = hash });
        var refreshToken = result.GetProperty("AuthenticationResult").Text("RefreshToken");
        Assert.That(() => Send("REFRESH_TOKEN_AUTH", new { REFRESH_TOKEN = refreshToken }), Fails("NotAuthorizedException", $"Client {clientId} is configured with secret but SECRET_HASH was not received"));
        await Send("REFRESH_TOKEN_AUTH", new { REFRESH_TOKEN = refreshToken, SECRET_HASH = hash });

        Task<JsonElement> Send(string flow, object parameters) => Idp.OpenAsync("InitiateAuth", new { AuthFlow = flow, ClientId = clientId, AuthParameters = parameters });
    }

    [Test]
    public async Task An_administrator_signs_a_user_in()
    {
        var result = await Idp.SignedAsync("AdminInitiateAuth", new { UserPoolId = PoolId, ClientId, AuthFlow = "ADMIN_USER_PASSWORD_AUTH", AuthParameters = new { USERNAME = "ann", PASSWORD = Password } });
        Assert.That(result.GetProperty("AuthenticationResult").Text("IdToken"), Is.Not.Empty);
        Assert.That(() => Idp.SignedAsync("AdminInitiateAuth", new { UserPoolId = PoolId, ClientId = Output("UserPoolClient", "main/discreet"), AuthFlow = "ADMIN_USER_PASSWORD_AUTH", AuthParameters = new { USERNAME = "ann", PASSWORD = Password } }),
            Fails("InvalidParameterException", "Auth flow not enabled for this client"));
    }

    [Test]
    public async Task A_refresh_token_gives_new_tokens_until_it_expires()
    {
        var first = await SignInAsync();
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(() => Idp.OpenAsync("GetUser", new { AccessToken = first.Text("AccessToken") }), Fails("NotAuthorizedException", "Access Token has expired"));
        var second = await RefreshAsync(first.Text("RefreshToken"));
        Assert.That(second.TryGetProperty("RefreshToken", out _), Is.False);
        await Idp.OpenAsync("GetUser", new { AccessToken = second.Text("AccessToken") });
        var again = await Idp.OpenAsync("GetTokensFromRefreshToken", new { RefreshToken = first.Text("RefreshToken"), ClientId });
        Assert.That(again.GetProperty("AuthenticationResult").Text("IdToken"), Is.Not.Empty);

        Assert.That(() => RefreshAsync("abc"), Fails("NotAuthorizedException", "Invalid Refresh Token"));
        Assert.That(() => RefreshAsync(first.Text("RefreshToken"), Output("UserPoolClient", "main/discreet")), Fails("NotAuthorizedException", "Invalid Refresh Token"));
        Aws.Clock.Advance(TimeSpan.FromDays(30));
        Assert.That(() => RefreshAsync(first.Text("RefreshToken")), Fails("NotAuthorizedException", "Refresh Token has expired"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html")]
    public async Task A_revoked_refresh_token_takes_its_access_tokens_with_it_and_no_others()
    {
        var (first, second) = (await SignInAsync(), await SignInAsync());
        await Idp.OpenAsync("RevokeToken", new { Token = first.Text("RefreshToken"), ClientId });
        Assert.That(() => RefreshAsync(first.Text("RefreshToken")), Fails("NotAuthorizedException", "Refresh Token has been revoked"));
        Assert.That(() => Idp.OpenAsync("GetUser", new { AccessToken = first.Text("AccessToken") }), Fails("NotAuthorizedException", "Access Token has been revoked"));
        await Idp.OpenAsync("GetUser", new { AccessToken = second.Text("AccessToken") });
        Assert.That(() => Idp.OpenAsync("RevokeToken", new { Token = second.Text("AccessToken"), ClientId }), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("UnsupportedTokenTypeException"));
    }

    [Test]
    public async Task Global_sign_out_ends_every_token_of_the_user()
    {
        var (first, second) = (await SignInAsync(), await SignInAsync());
        await Idp.OpenAsync("GlobalSignOut", new { AccessToken = first.Text("AccessToken") });
        foreach (var signIn in new[] { first, second })
        {
            Assert.That(() => Idp.OpenAsync("GetUser", new { AccessToken = signIn.Text("AccessToken") }), Fails("NotAuthorizedException", "Access Token has been revoked"));
            Assert.That(() => RefreshAsync(signIn.Text("RefreshToken")), Fails("NotAuthorizedException", "Refresh Token has been revoked"));
        }
        await SignInAsync();
    }

    [Test]
    public async Task A_deleted_user_is_gone_with_its_tokens_and_a_namesake_is_another()
    {
        var signIn = await SignInAsync();
        await Idp.OpenAsync("DeleteUser", new { AccessToken = signIn.Text("AccessToken") });
        Assert.That(() => SignInAsync(), Fails("UserNotFoundException", "User does not exist."));
        Assert.That(() => RefreshAsync(signIn.Text("RefreshToken")), Fails("NotAuthorizedException", "Invalid Refresh Token"));
        await SignUpAsync("ann", "ann@example.com");
        Assert.That(() => Idp.OpenAsync("GetUser", new { AccessToken = signIn.Text("AccessToken") }), Throws.TypeOf<CognitoError>());
    }

    private async Task<JsonElement> RefreshAsync(string refreshToken, string? clientId = null) =>
        (await Idp.OpenAsync("InitiateAuth", new { AuthFlow = "REFRESH_TOKEN_AUTH", ClientId = clientId ?? ClientId, AuthParameters = new { REFRESH_TOKEN = refreshToken } })).GetProperty("AuthenticationResult");
}
