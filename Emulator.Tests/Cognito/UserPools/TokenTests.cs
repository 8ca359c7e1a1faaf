using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

[Source("https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html")]
internal sealed class TokenTests : CognitoFixture
{
    [Test]
    public async Task Tokens_verify_with_the_published_keys()
    {
        var signIn = await SignInAsync();
        var keys = new JsonWebKeySet(await Aws.CreateHttpClient().GetStringAsync($"/{PoolId}/.well-known/jwks.json"));
        foreach (var name in new[] { "IdToken", "AccessToken" })
        {
            var parameters = new TokenValidationParameters
            {
                ValidIssuer = $"https://cognito-idp.us-east-1.amazonaws.com/{PoolId}",
                ValidateAudience = false,
                IssuerSigningKeys = keys.GetSigningKeys(),
                ValidAlgorithms = ["RS256"],
            };
            new JwtSecurityTokenHandler().ValidateToken(signIn.Text(name), parameters, out var token);
            Assert.That(keys.Keys.Select(key => key.Kid), Does.Contain(((JwtSecurityToken)token).Header.Kid));
        }
        Assert.That(keys.Keys, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_access_token_has_the_claims_of_AWS()
    {
        Aws.Clock.Freeze();
        var claims = Claims((await SignInAsync()).Text("AccessToken"));
        Assert.That(claims.EnumerateObject().Select(claim => claim.Name), Is.EquivalentTo(new[]
        {
            "sub", "cognito:groups", "iss", "client_id", "origin_jti", "event_id", "token_use", "scope", "auth_time", "exp", "iat", "jti", "username",
        }));
        var now = Aws.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.That((claims.Text("token_use"), claims.Text("client_id"), claims.Text("username"), claims.Text("scope")), Is.EqualTo(("access", ClientId, "ann", "aws.cognito.signin.user.admin")));
        Assert.That((claims.GetProperty("auth_time").GetInt64(), claims.GetProperty("iat").GetInt64(), claims.GetProperty("exp").GetInt64()), Is.EqualTo((now, now, now + 3600)));
    }

    [Test]
    public async Task The_id_token_has_the_claims_of_AWS_and_the_users_attributes()
    {
        var claims = Claims((await SignInAsync()).Text("IdToken"));
        Assert.That(claims.EnumerateObject().Select(claim => claim.Name), Is.EquivalentTo(new[]
        {
            "sub", "cognito:groups", "cognito:preferred_role", "iss", "cognito:username", "origin_jti", "cognito:roles", "aud", "event_id", "token_use", "auth_time", "exp", "iat", "jti",
            "email", "email_verified", "name", "custom:team",
        }));
        Assert.That(claims.GetProperty("email_verified").ValueKind, Is.EqualTo(JsonValueKind.True));
        Assert.That(claims.GetProperty("cognito:groups").EnumerateArray().Select(group => group.GetString()), Is.EqualTo(new[] { "editors", "readers" }));
        Assert.That(claims.GetProperty("cognito:roles").EnumerateArray().Select(role => role.GetString()), Is.EqualTo(new[] { "arn:aws:iam::000000000000:role/editor" }));
        Assert.That((claims.Text("cognito:preferred_role"), claims.Text("aud"), claims.Text("token_use"), claims.Text("cognito:username")), Is.EqualTo(("arn:aws:iam::000000000000:role/editor", ClientId, "id", "ann")));
    }

    [Test]
    public async Task A_client_that_may_not_read_an_attribute_does_not_get_it()
    {
        var client = (await Idp.SignedAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "shy", ReadAttributes = new[] { "email" }, WriteAttributes = new[] { "email" }, ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" } }))
            .GetProperty("UserPoolClient").Text("ClientId");
        var signIn = await SignInAsync(clientId: client);
        Assert.That(Claims(signIn.Text("IdToken")).TryGetProperty("name", out _), Is.False);
        var user = await Idp.OpenAsync("GetUser", new { AccessToken = signIn.Text("AccessToken") });
        Assert.That(user.GetProperty("UserAttributes").EnumerateArray().Select(attribute => attribute.Text("Name")), Is.EquivalentTo(new[] { "sub", "email" }));
        Assert.That(() => Idp.OpenAsync("UpdateUserAttributes", new { AccessToken = signIn.Text("AccessToken"), UserAttributes = new[] { new { Name = "name", Value = "x" } } }),
            Fails("NotAuthorizedException", "A client attempted to write unauthorized attribute"));
    }

    [Test]
    public async Task Refreshed_tokens_keep_their_origin()
    {
        Aws.Clock.Freeze();
        var first = await SignInAsync();
        Aws.Clock.Advance(TimeSpan.FromMinutes(10));
        var second = (await Idp.OpenAsync("InitiateAuth", new { AuthFlow = "REFRESH_TOKEN_AUTH", ClientId, AuthParameters = new { REFRESH_TOKEN = first.Text("RefreshToken") } })).GetProperty("AuthenticationResult");
        var (before, after) = (Claims(first.Text("AccessToken")), Claims(second.Text("AccessToken")));
        foreach (var claim in new[] { "sub", "origin_jti" }) Assert.That(after.Text(claim), Is.EqualTo(before.Text(claim)));
        Assert.That(after.GetProperty("auth_time").GetInt64(), Is.EqualTo(before.GetProperty("auth_time").GetInt64()));
        Assert.That(after.Text("jti"), Is.Not.EqualTo(before.Text("jti")));
        Assert.That(after.GetProperty("exp").GetInt64(), Is.EqualTo(before.GetProperty("exp").GetInt64() + 600));
    }

    [Test]
    public async Task Tokens_live_as_long_as_the_client_says()
    {
        var client = (await Idp.SignedAsync("CreateUserPoolClient", new
        {
            UserPoolId = PoolId,
            ClientName = "brief",
            ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" },
            AccessTokenValidity = 5,
            IdTokenValidity = 1,
            RefreshTokenValidity = 2,
            TokenValidityUnits = new { AccessToken = "minutes", IdToken = "days", RefreshToken = "days" },
        })).GetProperty("UserPoolClient").Text("ClientId");
        var signIn = await SignInAsync(clientId: client);
        Assert.That(signIn.GetProperty("ExpiresIn").GetInt32(), Is.EqualTo(300));
        Assert.That(Lifetime(signIn.Text("AccessToken")), Is.EqualTo(300));
        Assert.That(Lifetime(signIn.Text("IdToken")), Is.EqualTo(86_400));

        static long Lifetime(string token) => Claims(token).GetProperty("exp").GetInt64() - Claims(token).GetProperty("iat").GetInt64();
    }

    [Test]
    public async Task The_configuration_document_names_the_issuer_and_the_keys()
    {
        var document = JsonDocument.Parse(await Aws.CreateHttpClient().GetStringAsync($"/{PoolId}/.well-known/openid-configuration")).RootElement;
        Assert.That(document.Text("issuer"), Is.EqualTo($"https://cognito-idp.us-east-1.amazonaws.com/{PoolId}"));
        Assert.That(await Aws.CreateHttpClient().GetStringAsync(document.Text("jwks_uri")), Does.Contain("\"kty\":\"RSA\""));
        using var absent = await Aws.CreateHttpClient().GetAsync(new Uri("/us-east-1_absent000/.well-known/jwks.json", UriKind.Relative));
        Assert.That((int)absent.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task The_verifier_takes_either_form_of_the_issuer_and_nothing_else()
    {
        var tokens = Aws.Host.Slices.OfType<Integration.ITokenVerifier>().Single();
        var token = (await SignInAsync()).Text("IdToken");
        var issuer = $"https://cognito-idp.us-east-1.amazonaws.com/{PoolId}";
        Assert.That(tokens.Verify(token, issuer).Claims!.Value.Text("cognito:username"), Is.EqualTo("ann"));
        Assert.That(tokens.Verify(token, $"http://localhost:4566/{PoolId}").Problem, Is.Null);
        Assert.That(tokens.Verify(token, $"https://cognito-idp.eu-west-1.amazonaws.com/{PoolId}").Claims, Is.Null);
        Assert.That(tokens.Verify(token, $"https://cognito-idp.us-east-1.amazonaws.com/{Output("UserPool", "mail")}").Claims, Is.Null);
        Assert.That(tokens.Verify(token[..^4] + "AAAA", issuer).Claims, Is.Null);
        Assert.That(tokens.Verify("x" + token, issuer).Claims, Is.Null);
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(tokens.Verify(token, issuer).Problem, Is.EqualTo("the token has expired"));
    }

    [Test]
    public async Task A_token_that_only_claims_to_be_signed_is_none()
    {
        var tokens = Aws.Host.Slices.OfType<Integration.ITokenVerifier>().Single();
        var parts = (await SignInAsync()).Text("AccessToken").Split('.');
        var header = Base64UrlEncoder.Encode("""{"alg":"none"}""");
        foreach (var forged in new[] { $"{header}.{parts[1]}.", $"{header}.{parts[1]}.{parts[2]}", $"{parts[0]}.{Base64UrlEncoder.Encode("{}")}.{parts[2]}", "a.b.c", "..", "" })
        {
            Assert.That(tokens.Verify(forged, $"https://cognito-idp.us-east-1.amazonaws.com/{PoolId}").Claims, Is.Null, forged);
            Assert.That(() => Idp.OpenAsync("GetUser", new { AccessToken = forged }), Throws.TypeOf<CognitoError>(), forged);
        }
        Assert.That(() => Idp.OpenAsync("GetUser", new { AccessToken = $"{header}.{parts[1]}." }), Fails("NotAuthorizedException", "Invalid Access Token"));
    }

    [Test]
    public void An_id_token_is_no_access_token() =>
        Assert.That(async () => await Idp.OpenAsync("GetUser", new { AccessToken = (await SignInAsync()).Text("IdToken") }), Fails("NotAuthorizedException", "Invalid Access Token"));

    private static JsonElement Claims(string token) => JsonDocument.Parse(Base64UrlEncoder.Decode(token.Split('.')[1])).RootElement;
}
