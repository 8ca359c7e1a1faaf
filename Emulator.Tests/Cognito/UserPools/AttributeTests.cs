using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

[Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html")]
internal sealed class AttributeTests : CognitoFixture
{
    [Test]
    public async Task A_new_address_is_verified_by_the_code_sent_to_it()
    {
        var token = await AccessTokenAsync();
        var answer = await UpdateAsync(token, "email", "ann@example.org");
        Assert.That(answer.GetProperty("CodeDeliveryDetailsList")[0].Text("Destination"), Is.EqualTo("a***@e***"));
        Assert.That((await AttributesAsync("ann"))["email_verified"], Is.EqualTo("false"));
        var code = Aws.Inbox.CodeFor("ann@example.org");
        Assert.That(() => VerifyAsync(token, code == "000000" ? "1" : "000000"), Fails("CodeMismatchException", "Invalid verification code provided, please try again."));
        await VerifyAsync(token, code);
        Assert.That((await AttributesAsync("ann"))["email_verified"], Is.EqualTo("true"));
        Assert.That(() => VerifyAsync(token, code), Fails("ExpiredCodeException", "Invalid code provided, please request a code again."));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserAttributeUpdateSettingsType.html")]
    public async Task Where_the_pool_says_so_the_old_address_stays_until_the_new_one_is_verified()
    {
        var (poolId, clientId) = await CreatePoolAsync(new { AutoVerifiedAttributes = new[] { "email" }, UserAttributeUpdateSettings = new { AttributesRequireVerificationBeforeUpdate = new[] { "email" } } });
        await SignUpAsync("dora", "dora@example.com", clientId: clientId);
        await Idp.OpenAsync("ConfirmSignUp", new { ClientId = clientId, Username = "dora", ConfirmationCode = Aws.Inbox.CodeFor("dora@example.com") });
        var token = (await SignInAsync("dora", clientId: clientId)).Text("AccessToken");
        await UpdateAsync(token, "email", "dora@example.org");
        Assert.That((await AttributesAsync("dora", poolId))["email"], Is.EqualTo("dora@example.com"));
        await VerifyAsync(token, Aws.Inbox.CodeFor("dora@example.org"));
        var attributes = await AttributesAsync("dora", poolId);
        Assert.That((attributes["email"], attributes["email_verified"]), Is.EqualTo(("dora@example.org", "true")));
    }

    [Test]
    public async Task A_code_is_sent_again_on_demand()
    {
        var token = await AccessTokenAsync();
        var answer = await Idp.OpenAsync("GetUserAttributeVerificationCode", new { AccessToken = token, AttributeName = "email" });
        Assert.That(answer.GetProperty("CodeDeliveryDetails").Text("AttributeName"), Is.EqualTo("email"));
        await VerifyAsync(token, Aws.Inbox.CodeFor("ann@example.com"));
    }

    [Test]
    public async Task Custom_attributes_have_their_own_rules()
    {
        var (poolId, clientId) = await CreatePoolAsync(new
        {
            Schema = new object[]
            {
                new { Name = "tenant", AttributeDataType = "String", Mutable = false },
                new { Name = "age", AttributeDataType = "Number", NumberAttributeConstraints = new { MinValue = "0", MaxValue = "150" } },
            },
        });
        await Idp.OpenAsync("SignUp", new { ClientId = clientId, Username = "dora", Password, UserAttributes = new[] { new { Name = "custom:tenant", Value = "a" }, new { Name = "custom:age", Value = "30" } } });
        Assert.That(() => AdminUpdateAsync(poolId, "custom:tenant", "b"), Fails("InvalidParameterException", "user.custom:tenant: Attribute cannot be updated.\n"));
        Assert.That(() => AdminUpdateAsync(poolId, "custom:none", "b"), Fails("InvalidParameterException", "user.custom:none: Attribute does not exist in the schema.\n"));
        Assert.That(() => AdminUpdateAsync(poolId, "custom:age", "151"), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("InvalidParameterException"));
        Assert.That(() => AdminUpdateAsync(poolId, "custom:age", "old"), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("InvalidParameterException"));
        await AdminUpdateAsync(poolId, "custom:age", "31");
        Assert.That((await AttributesAsync("dora", poolId))["custom:age"], Is.EqualTo("31"));

        await Idp.SignedAsync("AddCustomAttributes", new { UserPoolId = poolId, CustomAttributes = new[] { new { Name = "team", AttributeDataType = "String" } } });
        await AdminUpdateAsync(poolId, "custom:team", "blue");
        await Idp.SignedAsync("AdminDeleteUserAttributes", new { UserPoolId = poolId, Username = "dora", UserAttributeNames = new[] { "custom:team" } });
        Assert.That(await AttributesAsync("dora", poolId), Does.Not.ContainKey("custom:team"));
    }

    [Test]
    public async Task An_address_by_which_another_user_signs_in_is_refused()
    {
        var poolId = Output("UserPool", "mail");
        await Idp.SignedAsync("AdminCreateUser", new { UserPoolId = poolId, Username = "dora@example.com" });
        Assert.That(() => Idp.SignedAsync("AdminUpdateUserAttributes", new { UserPoolId = poolId, Username = "dora@example.com", UserAttributes = new[] { new { Name = "email", Value = "carol@example.com" } } }),
            Fails("AliasExistsException", "An account with the email already exists."));
        await Idp.SignedAsync("AdminUpdateUserAttributes", new { UserPoolId = poolId, Username = "dora@example.com", UserAttributes = new[] { new { Name = "email", Value = "dorothea@example.com" } } });
        Assert.That(() => AttributesAsync("dora@example.com", poolId), Fails("UserNotFoundException", "User does not exist."));
        Assert.That((await AttributesAsync("dorothea@example.com", poolId))["email_verified"], Is.EqualTo("false"));
    }

    [Test]
    [Observed("amplify issues: the value of an attribute may not be null")]
    public async Task A_value_is_needed()
    {
        var token = await AccessTokenAsync();
        Assert.That(() => Idp.OpenAsync("UpdateUserAttributes", new { AccessToken = token, UserAttributes = new[] { new { Name = "name" } } }), Fails("InvalidParameterException", "Attribute value for name must not be null"));
    }

    private Task<JsonElement> UpdateAsync(string token, string name, string value) =>
        Idp.OpenAsync("UpdateUserAttributes", new { AccessToken = token, UserAttributes = new[] { new { Name = name, Value = value } } });

    private Task<JsonElement> AdminUpdateAsync(string poolId, string name, string value) =>
        Idp.SignedAsync("AdminUpdateUserAttributes", new { UserPoolId = poolId, Username = "dora", UserAttributes = new[] { new { Name = name, Value = value } } });

    private Task<JsonElement> VerifyAsync(string token, string code) => Idp.OpenAsync("VerifyUserAttribute", new { AccessToken = token, AttributeName = "email", Code = code });
}
