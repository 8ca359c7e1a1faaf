using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

[Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html")]
internal sealed class UserPoolTests : CognitoFixture
{
    [Test]
    [Observed("2023-03-05, describe-user-pool of a new pool, in a public repository (kengraf/nadialin)")]
    public async Task A_new_pool_is_described_with_AWS_defaults()
    {
        var created = (await Idp.SignedAsync("CreateUserPool", new { PoolName = "plain" })).GetProperty("UserPool");
        var pool = (await Idp.SignedAsync("DescribeUserPool", new { UserPoolId = created.Text("Id") })).GetProperty("UserPool");
        Assert.That(pool.Text("Id"), Does.Match("^us-east-1_[A-Za-z0-9]{9}$"));
        Assert.That(pool.Text("Arn"), Is.EqualTo($"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{pool.Text("Id")}"));
        Assert.That(pool.GetProperty("Policies").GetProperty("PasswordPolicy").GetRawText(),
            Is.EqualTo("""{"MinimumLength":8,"RequireUppercase":true,"RequireLowercase":true,"RequireNumbers":true,"RequireSymbols":true,"TemporaryPasswordValidityDays":7}"""));
        Assert.That(pool.GetProperty("LambdaConfig").GetRawText(), Is.EqualTo("{}"));
        Assert.That(pool.GetProperty("UserPoolTags").GetRawText(), Is.EqualTo("{}"));
        Assert.That(pool.GetProperty("VerificationMessageTemplate").GetRawText(), Is.EqualTo("""{"DefaultEmailOption":"CONFIRM_WITH_CODE"}"""));
        Assert.That(pool.GetProperty("EmailConfiguration").GetRawText(), Is.EqualTo("""{"EmailSendingAccount":"COGNITO_DEFAULT"}"""));
        Assert.That(pool.GetProperty("AdminCreateUserConfig").GetRawText(), Is.EqualTo("""{"AllowAdminCreateUserOnly":false,"UnusedAccountValidityDays":7}"""));
        Assert.That((pool.Text("MfaConfiguration"), pool.GetProperty("EstimatedNumberOfUsers").GetInt32()), Is.EqualTo(("OFF", 0)));
        Assert.That(pool.GetProperty("SchemaAttributes").EnumerateArray().Select(attribute => attribute.Text("Name")), Is.EqualTo(new[]
        {
            "sub", "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website", "email", "email_verified",
            "gender", "birthdate", "zoneinfo", "locale", "phone_number", "phone_number_verified", "address", "updated_at",
        }));
        Assert.That(pool.GetProperty("SchemaAttributes")[0].GetRawText(),
            Is.EqualTo("""{"Name":"sub","AttributeDataType":"String","DeveloperOnlyAttribute":false,"Mutable":false,"Required":true,"StringAttributeConstraints":{"MinLength":"1","MaxLength":"2048"}}"""));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html")]
    public async Task An_update_sets_back_to_default_what_it_does_not_name()
    {
        var (poolId, _) = await CreatePoolAsync(new { AutoVerifiedAttributes = new[] { "email" }, Policies = new { PasswordPolicy = new { MinimumLength = 12 } }, UsernameConfiguration = new { CaseSensitive = false } });
        await Idp.SignedAsync("UpdateUserPool", new { UserPoolId = poolId, DeletionProtection = "ACTIVE" });
        var pool = (await Idp.SignedAsync("DescribeUserPool", new { UserPoolId = poolId })).GetProperty("UserPool");
        Assert.That(pool.TryGetProperty("AutoVerifiedAttributes", out _), Is.False);
        Assert.That(pool.GetProperty("UsernameConfiguration").GetProperty("CaseSensitive").GetBoolean(), Is.False);
        Assert.That(() => Idp.SignedAsync("DeleteUserPool", new { UserPoolId = poolId }),
            Fails("InvalidParameterException", "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first."));
        await Idp.SignedAsync("UpdateUserPool", new { UserPoolId = poolId, DeletionProtection = "INACTIVE" });
        await Idp.SignedAsync("DeleteUserPool", new { UserPoolId = poolId });
        Assert.That(() => Idp.SignedAsync("DescribeUserPool", new { UserPoolId = poolId }), Fails("ResourceNotFoundException", $"User pool {poolId} does not exist."));
    }

    [Test]
    public async Task With_a_pool_goes_all_that_is_in_it()
    {
        var token = await AccessTokenAsync();
        await Idp.SignedAsync("DeleteUserPool", new { UserPoolId = PoolId });
        Assert.That(() => Idp.OpenAsync("GetUser", new { AccessToken = token }), Fails("NotAuthorizedException", "Invalid Access Token"));
        using var snapshot = Aws.Host.Store.Snapshot();
        foreach (var space in new[] { "users", "aliases", "memberships", "signIns", "refreshTokens", "groups", "clients", "clientIndex", "pools", "poolIndex", "keys" })
        {
            // The pool with the sign-in by mail stays, with its one client and its one user (found by sub and address).
            var expected = space switch { "memberships" or "signIns" or "refreshTokens" or "groups" => 0, "aliases" => 2, _ => 1 };
            Assert.That(snapshot.Range(new Emulator.Storage.Space("cognito." + space), Emulator.Storage.KeyRange.All).Count(), Is.EqualTo(expected), space);
        }
    }

    [Test]
    public async Task Pools_and_clients_are_listed_page_by_page()
    {
        for (var i = 0; i < 3; i++) await CreatePoolAsync(new { PoolName = $"p{i}" });
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await Idp.SignedAsync("ListUserPools", new { MaxResults = 2, NextToken = token });
            names.AddRange(page.GetProperty("UserPools").EnumerateArray().Select(pool => pool.Text("Name")));
            token = page.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);
        Assert.That(names, Is.EquivalentTo(new[] { "main", "mail", "p0", "p1", "p2" }));
        var clients = await Idp.SignedAsync("ListUserPoolClients", new { UserPoolId = PoolId, MaxResults = 60 });
        Assert.That(clients.GetProperty("UserPoolClients").EnumerateArray().Select(client => client.Text("ClientName")), Is.EquivalentTo(new[] { "web", "discreet", "secretive" }));
        Assert.That(() => Idp.SignedAsync("ListUserPools", new { MaxResults = 61 }), Fails("InvalidParameterException", "1 validation error detected: Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html")]
    public async Task A_client_has_AWS_defaults()
    {
        var client = (await Idp.SignedAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "plain", GenerateSecret = true })).GetProperty("UserPoolClient");
        Assert.That(client.Text("ClientId"), Does.Match("^[a-z0-9]{26}$"));
        Assert.That(client.Text("ClientSecret"), Does.Match("^[a-z0-9]{52}$"));
        Assert.That((client.GetProperty("RefreshTokenValidity").GetInt32(), client.GetProperty("EnableTokenRevocation").GetBoolean(), client.GetProperty("AllowedOAuthFlowsUserPoolClient").GetBoolean(), client.GetProperty("AuthSessionValidity").GetInt32()),
            Is.EqualTo((30, true, false, 3)));
        Assert.That(() => Idp.SignedAsync("CreateUserPoolClient", new { UserPoolId = PoolId, ClientName = "bad", AccessTokenValidity = 2, TokenValidityUnits = new { AccessToken = "minutes" } }),
            Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("InvalidParameterException"));
        var updated = (await Idp.SignedAsync("UpdateUserPoolClient", new { UserPoolId = PoolId, ClientId = client.Text("ClientId"), ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" } })).GetProperty("UserPoolClient");
        Assert.That((updated.Text("ClientName"), updated.Text("ClientSecret")), Is.EqualTo(("plain", client.Text("ClientSecret"))));
        await Idp.SignedAsync("DeleteUserPoolClient", new { UserPoolId = PoolId, ClientId = client.Text("ClientId") });
        Assert.That(() => Idp.SignedAsync("DescribeUserPoolClient", new { UserPoolId = PoolId, ClientId = client.Text("ClientId") }), Fails("ResourceNotFoundException", $"User pool client {client.Text("ClientId")} does not exist."));
    }

    [TestCase("""{"LambdaConfig":{"PreSignUp":"arn:aws:lambda:us-east-1:000000000000:function:f"}}""", "LambdaConfig.PreSignUp")]
    [TestCase("""{"MfaConfiguration":"ON"}""", "MfaConfiguration")]
    [TestCase("""{"DeviceConfiguration":{"ChallengeRequiredOnNewDevice":true}}""", "DeviceConfiguration")]
    [TestCase("""{"UserPoolAddOns":{"AdvancedSecurityMode":"ENFORCED"}}""", "UserPoolAddOns.AdvancedSecurityMode")]
    [TestCase("""{"VerificationMessageTemplate":{"DefaultEmailOption":"CONFIRM_WITH_LINK"}}""", "VerificationMessageTemplate.DefaultEmailOption")]
    public void A_setting_that_is_not_honoured_is_refused_by_name(string settings, string name) =>
        Assert.That(() => CreatePoolAsync(JsonSerializer.Deserialize<JsonElement>(settings)), Throws.TypeOf<CognitoError>().With.Property("StatusCode").EqualTo(501).And.Message.Contains(name));

    [Test]
    public void A_pools_id_has_a_form()
    {
        Assert.That(() => Idp.SignedAsync("DescribeUserPool", new { UserPoolId = "string" }),
            Fails("InvalidParameterException", @"1 validation error detected: Value 'string' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+"));
        Assert.That(() => Idp.SignedAsync("DescribeUserPool", new { }), Fails("InvalidParameterException", "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"));
    }

    [Test]
    public async Task Tags_are_kept()
    {
        var arn = $"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{PoolId}";
        await Idp.SignedAsync("TagResource", new { ResourceArn = arn, Tags = new { team = "blue", stage = "dev" } });
        await Idp.SignedAsync("UntagResource", new { ResourceArn = arn, TagKeys = new[] { "stage" } });
        Assert.That((await Idp.SignedAsync("ListTagsForResource", new { ResourceArn = arn })).GetProperty("Tags").GetRawText(), Is.EqualTo("""{"team":"blue"}"""));
        Assert.That((await Idp.SignedAsync("GetUserPoolMfaConfig", new { UserPoolId = PoolId })).Text("MfaConfiguration"), Is.EqualTo("OFF"));
    }
}
