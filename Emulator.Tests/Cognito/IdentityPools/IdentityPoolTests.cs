using System.Text.Json;
using Emulator.Cognito.IdentityPools;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.IdentityPools;

[Source("https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html")]
internal sealed class IdentityPoolTests : CognitoFixture
{
    private string IdentityPoolId => Output("IdentityPool", "main");

    private string Provider => $"cognito-idp.us-east-1.amazonaws.com/{PoolId}";

    [Test]
    public async Task A_user_gets_one_identity_and_the_credentials_of_the_authenticated_role()
    {
        var logins = Logins((await SignInAsync()).Text("IdToken"));
        var identity = await GetIdAsync(logins);
        Assert.That(identity, Does.Match("^us-east-1:[0-9a-f-]{36}$"));
        Assert.That(await GetIdAsync(Logins((await SignInAsync()).Text("IdToken"))), Is.EqualTo(identity));
        Assert.That(await GetIdAsync(Logins((await SignInAsync("bob")).Text("IdToken"))), Is.Not.EqualTo(identity));

        var answer = await CredentialsAsync(identity, logins);
        var credentials = answer.GetProperty("Credentials");
        Assert.That(answer.Text("IdentityId"), Is.EqualTo(identity));
        Assert.That(credentials.Text("AccessKeyId"), Does.StartWith("ASIA"));
        Assert.That(credentials.GetProperty("Expiration").GetDouble(), Is.EqualTo(Aws.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()).Within(60));
        Assert.That(await CallerAsync(credentials), Is.EqualTo("arn:aws:sts::000000000000:assumed-role/user/CognitoIdentityCredentials"));
    }

    [Test]
    public async Task Somebody_unknown_gets_a_new_identity_and_the_other_role()
    {
        var (first, second) = (await GetIdAsync(null), await GetIdAsync(null));
        Assert.That(first, Is.Not.EqualTo(second));
        Assert.That(await CallerAsync((await CredentialsAsync(first, null)).GetProperty("Credentials")), Is.EqualTo("arn:aws:sts::000000000000:assumed-role/guest/CognitoIdentityCredentials"));
    }

    [Test]
    public async Task An_unknown_identity_becomes_the_users_at_its_sign_in()
    {
        var identity = await GetIdAsync(null);
        var logins = Logins((await SignInAsync()).Text("IdToken"));
        await CredentialsAsync(identity, logins);
        Assert.That(await GetIdAsync(logins), Is.EqualTo(identity));
        Assert.That(() => CredentialsAsync(identity, null), Fails("NotAuthorizedException", $"Access to Identity '{identity}' is forbidden."));
    }

    [Test]
    [Observed("issues of aws-sdk-js, amazon-cognito-identity-js and aws-sdk-ios")]
    public async Task Logins_that_do_not_hold_are_refused_in_AWS_words()
    {
        var signIn = await SignInAsync();
        var identity = await GetIdAsync(Logins(signIn.Text("IdToken")));
        Assert.That(() => GetIdAsync(new() { ["accounts.google.com"] = "x" }), Fails("NotAuthorizedException", "Token is not from a supported provider of this identity pool."));
        Assert.That(async () => await GetIdAsync(Logins((await SignInAsync(clientId: Output("UserPoolClient", "main/discreet"))).Text("IdToken"))), Fails("NotAuthorizedException", "Token is not from a supported provider of this identity pool."));
        Assert.That(() => GetIdAsync(Logins("nonsense")), Fails("NotAuthorizedException", "Invalid login token. Not a valid OpenId Connect identity token."));
        Assert.That(() => GetIdAsync(Logins(signIn.Text("AccessToken"))), Fails("NotAuthorizedException", "Invalid login token. Missing a required claim: aud"));
        var token = signIn.Text("IdToken");
        Assert.That(() => GetIdAsync(Logins(token[..^8] + "AAAAAAAA")), Fails("NotAuthorizedException", "Invalid login token. Couldn't verify signed token."));
        Assert.That(async () => await CredentialsAsync(identity, Logins((await SignInAsync("bob")).Text("IdToken"))), Fails("NotAuthorizedException", "Logins don't match. Please include at least one valid login for this identity or identity pool."));

        Aws.Clock.Freeze();
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        var now = Aws.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.That(() => GetIdAsync(Logins(token)), Throws.TypeOf<CognitoError>().With.Message.StartsWith($"Invalid login token. Token expired: {now} >= "));
    }

    [Test]
    public async Task A_closed_pool_serves_only_users_and_one_without_roles_says_so()
    {
        var closed = Output("IdentityPool", "closed");
        Assert.That(() => Identity.OpenAsync("GetId", new { IdentityPoolId = closed }), Fails("NotAuthorizedException", "Unauthenticated access is not supported for this identity pool."));
        var logins = Logins((await SignInAsync()).Text("IdToken"));
        var identity = (await Identity.OpenAsync("GetId", new { IdentityPoolId = closed, Logins = logins })).Text("IdentityId");
        Assert.That(() => CredentialsAsync(identity, logins), Fails("InvalidIdentityPoolConfigurationException", "Invalid identity pool configuration. Check assigned IAM roles for this pool."));
    }

    [Test]
    public void What_is_absent_is_named()
    {
        Assert.That(() => Identity.OpenAsync("GetId", new { IdentityPoolId = "us-east-1:00000000-0000-0000-0000-000000000000" }), Fails("ResourceNotFoundException", "IdentityPool 'us-east-1:00000000-0000-0000-0000-000000000000' not found."));
        Assert.That(() => CredentialsAsync("us-east-1:00000000-0000-0000-0000-000000000000", null), Fails("ResourceNotFoundException", "Identity 'us-east-1:00000000-0000-0000-0000-000000000000' not found."));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html")]
    public async Task The_role_follows_from_the_token_or_from_rules()
    {
        await MapAsync(new { Type = "Token", AmbiguousRoleResolution = "Deny" });
        var ann = Logins((await SignInAsync()).Text("IdToken"));
        var identity = await GetIdAsync(ann);
        Assert.That(await CallerAsync((await CredentialsAsync(identity, ann)).GetProperty("Credentials")), Does.Contain("assumed-role/editor/"));
        var bob = Logins((await SignInAsync("bob")).Text("IdToken"));
        var other = await GetIdAsync(bob);
        Assert.That(() => CredentialsAsync(other, bob), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("NotAuthorizedException"));

        await MapAsync(new
        {
            Type = "Rules",
            AmbiguousRoleResolution = "AuthenticatedRole",
            RulesConfiguration = new { Rules = new[] { new { Claim = "custom:team", MatchType = "Equals", Value = "blue", RoleARN = "arn:aws:iam::000000000000:role/blue" } } },
        });
        Assert.That(await CallerAsync((await CredentialsAsync(identity, ann)).GetProperty("Credentials")), Does.Contain("assumed-role/blue/"));
        Assert.That(await CallerAsync((await CredentialsAsync(other, bob)).GetProperty("Credentials")), Does.Contain("assumed-role/user/"));
        var roles = await Identity.SignedAsync("GetIdentityPoolRoles", new { IdentityPoolId });
        Assert.That(roles.GetProperty("RoleMappings").GetProperty($"{Provider}:{ClientId}").Text("Type"), Is.EqualTo("Rules"));

        Task MapAsync(object mapping) => Identity.SignedAsync("SetIdentityPoolRoles", new
        {
            IdentityPoolId,
            Roles = new { authenticated = "arn:aws:iam::000000000000:role/user" },
            RoleMappings = new Dictionary<string, object> { [$"{Provider}:{ClientId}"] = mapping },
        });
    }

    [Test]
    public async Task A_pool_is_created_described_changed_listed_and_deleted()
    {
        var pool = await Identity.SignedAsync("CreateIdentityPool", new { IdentityPoolName = "own", AllowUnauthenticatedIdentities = true, CognitoIdentityProviders = new[] { new { ProviderName = Provider, ClientId, ServerSideTokenCheck = false } } });
        var id = pool.Text("IdentityPoolId");
        Assert.That(id, Does.Match("^us-east-1:[0-9a-f-]{36}$"));
        await Identity.SignedAsync("UpdateIdentityPool", new { IdentityPoolId = id, IdentityPoolName = "renamed", AllowUnauthenticatedIdentities = false });
        var described = await Identity.SignedAsync("DescribeIdentityPool", new { IdentityPoolId = id });
        Assert.That((described.Text("IdentityPoolName"), described.TryGetProperty("CognitoIdentityProviders", out _)), Is.EqualTo(("renamed", false)));
        var list = await Identity.SignedAsync("ListIdentityPools", new { MaxResults = 60 });
        Assert.That(list.GetProperty("IdentityPools").EnumerateArray().Select(each => each.Text("IdentityPoolName")), Is.EquivalentTo(new[] { "main", "closed", "renamed" }));
        await Identity.SignedAsync("DeleteIdentityPool", new { IdentityPoolId = id });
        Assert.That(() => Identity.SignedAsync("DescribeIdentityPool", new { IdentityPoolId = id }), Fails("ResourceNotFoundException", $"IdentityPool '{id}' not found."));
    }

    [Test]
    public async Task Identities_are_listed_and_deleted()
    {
        var identity = await GetIdAsync(Logins((await SignInAsync()).Text("IdToken")));
        var list = await Identity.SignedAsync("ListIdentities", new { IdentityPoolId, MaxResults = 60 });
        Assert.That(list.GetProperty("Identities")[0].GetProperty("Logins")[0].GetString(), Is.EqualTo(Provider));
        Assert.That((await Identity.SignedAsync("DescribeIdentity", new { IdentityId = identity })).Text("IdentityId"), Is.EqualTo(identity));
        await Identity.SignedAsync("DeleteIdentities", new { IdentityIdsToDelete = new[] { identity } });
        Assert.That(() => Identity.SignedAsync("DescribeIdentity", new { IdentityId = identity }), Fails("ResourceNotFoundException", $"Identity '{identity}' not found."));
        Assert.That(await GetIdAsync(Logins((await SignInAsync()).Text("IdToken"))), Is.Not.EqualTo(identity));
    }

    [TestCase("""{"SupportedLoginProviders":{"graph.facebook.com":"1"}}""", "SupportedLoginProviders")]
    [TestCase("""{"DeveloperProviderName":"me"}""", "DeveloperProviderName")]
    public void A_provider_that_is_not_built_is_refused_by_name(string settings, string name) =>
        Assert.That(() => Identity.SignedAsync("CreateIdentityPool", Merge(new { IdentityPoolName = "own", AllowUnauthenticatedIdentities = true }, JsonSerializer.Deserialize<JsonElement>(settings))),
            Throws.TypeOf<CognitoError>().With.Property("StatusCode").EqualTo(501).And.Message.Contains(name));

    [Test]
    public async Task Odd_documents_are_answered()
    {
        var random = TestContext.CurrentContext.Random;
        string[] values = ["null", "7", "\"x\"", "{}", "[]", "{\"a\":null}", "[null]", "{\"a\":[null]}", "\"us-east-1:\"", "[{\"ProviderName\":1}]", "{\"x\":{\"Type\":null}}"];
        foreach (var operation in CognitoIdentityOperations.Table.Names)
        {
            for (var i = 0; i < 40; i++)
            {
                var members = new[] { "IdentityPoolId", "IdentityId", "Logins", "MaxResults", "Roles", "RoleMappings", "IdentityPoolName", "CognitoIdentityProviders", "IdentityIdsToDelete" }.Select(member => $"\"{member}\":{values[random.Next(values.Length)]}");
                try
                {
                    await Identity.SendAsync(operation, $"{{{string.Join(',', members)}}}", signed: true);
                }
                catch (CognitoError error)
                {
                    Assert.That(error.StatusCode, Is.EqualTo(400).Or.EqualTo(501), $"{operation}: {error.Code} {error.Message}");
                }
            }
        }
    }

    private Dictionary<string, string> Logins(string token) => new() { [Provider] = token };

    private async Task<string> GetIdAsync(Dictionary<string, string>? logins) => (await Identity.OpenAsync("GetId", new { IdentityPoolId, Logins = logins })).Text("IdentityId");

    private Task<JsonElement> CredentialsAsync(string identityId, Dictionary<string, string>? logins) => Identity.OpenAsync("GetCredentialsForIdentity", new { IdentityId = identityId, Logins = logins });

    /// <summary>Who the credentials are, by STS.</summary>
    private async Task<string> CallerAsync(JsonElement credentials)
    {
        var session = new Amazon.Runtime.SessionAWSCredentials(credentials.Text("AccessKeyId"), credentials.Text("SecretKey"), credentials.Text("SessionToken"));
        using var sts = Aws.CreateClient<Amazon.SecurityToken.AmazonSecurityTokenServiceClient>(session);
        return (await sts.GetCallerIdentityAsync(new())).Arn;
    }
}
