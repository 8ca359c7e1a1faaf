using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

[Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html")]
internal sealed class SignUpTests : CognitoFixture
{
    [Test]
    public async Task A_user_signs_up_confirms_and_signs_in()
    {
        var answer = await SignUpAsync("dora", "dora@example.com");
        Assert.That(answer.GetProperty("UserConfirmed").GetBoolean(), Is.False);
        Assert.That(Guid.TryParse(answer.Text("UserSub"), out _), Is.True);
        var delivery = answer.GetProperty("CodeDeliveryDetails");
        Assert.That((delivery.Text("AttributeName"), delivery.Text("DeliveryMedium"), delivery.Text("Destination")), Is.EqualTo(("email", "EMAIL", "d***@e***")));

        var mail = Aws.Inbox.LatestTo("dora@example.com")!;
        Assert.That((mail.Medium, mail.Subject, mail.Body, mail.Kind, mail.Source), Is.EqualTo(("email", "Your verification code", $"Your confirmation code is {mail.Code}", "SignUp", PoolId)));
        Assert.That(mail.Code, Does.Match("^[0-9]{6}$"));

        Assert.That(() => SignInAsync("dora"), Fails("UserNotConfirmedException", "User is not confirmed."));
        await ConfirmAsync("dora", mail.Code!);
        Assert.That((await SignInAsync("dora")).Text("AccessToken"), Is.Not.Empty);
        Assert.That((await AttributesAsync("dora"))["email_verified"], Is.EqualTo("true"));
    }

    [Test]
    public async Task In_a_pool_that_signs_in_by_mail_the_user_name_is_the_sub()
    {
        var clientId = Output("UserPoolClient", "mail/web");
        var answer = await Idp.OpenAsync("SignUp", new { ClientId = clientId, Username = "Dora@example.com", Password });
        var user = await Idp.SignedAsync("AdminGetUser", new { UserPoolId = Output("UserPool", "mail"), Username = "dora@EXAMPLE.com" });
        Assert.That(user.Text("Username"), Is.EqualTo(answer.Text("UserSub")));
        Assert.That((await AttributesAsync("dora@example.com", Output("UserPool", "mail")))["email"], Is.EqualTo("Dora@example.com"));
        Assert.That(Aws.Inbox.CodeFor("dora@example.com"), Is.EqualTo("123456"), "the pool's fixed code");
        Assert.That(() => Idp.OpenAsync("SignUp", new { ClientId = clientId, Username = "dora@example.com", Password }),
            Fails("UsernameExistsException", "An account with the given email already exists."));
        Assert.That(() => Idp.OpenAsync("SignUp", new { ClientId = clientId, Username = "dora", Password }), Fails("InvalidParameterException", "Username should be an email."));
    }

    [Test]
    public void A_name_that_is_taken_is_refused() =>
        Assert.That(() => SignUpAsync("ANN", "other@example.com"), Fails("UsernameExistsException", "User already exists"));

    [TestCase("Pw0!", "Password did not conform with policy: Password not long enough")]
    [TestCase("passw0rd!", "Password did not conform with policy: Password must have uppercase characters")]
    [TestCase("PASSW0RD!", "Password did not conform with policy: Password must have lowercase characters")]
    [TestCase("Password!", "Password did not conform with policy: Password must have numeric characters")]
    [TestCase("Passw0rd1", "Password did not conform with policy: Password must have symbol characters")]
    [Observed("many reports in issues of amplify-js and amazon-cognito-identity-js, 2016 to 2025")]
    public void A_weak_password_is_refused(string password, string message) =>
        Assert.That(() => SignUpAsync("dora", "dora@example.com", password), Fails("InvalidPasswordException", message));

    [Test]
    [Observed("qiita.com/Khmer495/items/15d36754072096e4ba96 and amplify issues")]
    public void Addresses_have_a_format()
    {
        Assert.That(() => SignUpAsync("dora", "dora"), Fails("InvalidParameterException", "Invalid email address format."));
        Assert.That(() => Idp.OpenAsync("SignUp", new { ClientId, Username = "dora", Password, UserAttributes = new[] { new { Name = "phone_number", Value = "0171" } } }), Fails("InvalidParameterException", "Invalid phone number format."));
    }

    [Test]
    [Observed("amplify issues, 2020 to 2025")]
    public void An_attribute_that_the_pool_does_not_have_is_refused() =>
        Assert.That(() => Idp.OpenAsync("SignUp", new { ClientId, Username = "dora", Password, UserAttributes = new[] { new { Name = "custom:role", Value = "x" } } }),
            Fails("InvalidParameterException", "Attributes did not conform to the schema: Type for attribute {custom:role} could not be determined"));

    [Test]
    [Observed("public Amplify apps, 2024 and 2025: attributes are named as in SCIM and separated by commas")]
    public async Task A_required_attribute_that_is_missing_is_named()
    {
        var (_, clientId) = await CreatePoolAsync(new { Schema = new[] { new { Name = "name", Required = true }, new { Name = "email", Required = true } } });
        Assert.That(() => Idp.OpenAsync("SignUp", new { ClientId = clientId, Username = "dora", Password }),
            Fails("InvalidParameterException", "Attributes did not conform to the schema: name.formatted: The attribute name.formatted is required, emails: The attribute emails is required"));
    }

    [Test]
    public void Nobody_verifies_its_own_address() =>
        Assert.That(() => Idp.OpenAsync("SignUp", new { ClientId, Username = "dora", Password, UserAttributes = new[] { new { Name = "email_verified", Value = "true" } } }),
            Fails("NotAuthorizedException", "A client attempted to write unauthorized attribute"));

    [Test]
    public async Task A_pool_may_leave_sign_up_to_its_administrator()
    {
        var (_, clientId) = await CreatePoolAsync(new { AdminCreateUserConfig = new { AllowAdminCreateUserOnly = true } });
        Assert.That(() => SignUpAsync("dora", "dora@example.com", clientId: clientId), Fails("NotAuthorizedException", "SignUp is not permitted for this user pool"));
    }

    [Test]
    [Observed("many reports: the username of a pool with e-mail aliases")]
    public async Task An_alias_is_no_user_name()
    {
        var (_, clientId) = await CreatePoolAsync(new { AliasAttributes = new[] { "email" } });
        Assert.That(() => SignUpAsync("dora@example.com", "dora@example.com", clientId: clientId),
            Fails("InvalidParameterException", "Username cannot be of email format, since user pool is configured for email alias."));
    }

    [Test]
    public async Task An_alias_belongs_to_whom_it_was_verified_for_first()
    {
        var (poolId, clientId) = await CreatePoolAsync(new { AliasAttributes = new[] { "email" }, AutoVerifiedAttributes = new[] { "email" } });
        foreach (var name in new[] { "first", "second" }) await SignUpAsync(name, "dora@example.com", clientId: clientId);
        var codes = Aws.Inbox.Messages.Where(message => message.To == "dora@example.com").Select(message => message.Code!).ToList();
        await ConfirmAsync("first", codes[0], clientId);
        Assert.That(() => ConfirmAsync("second", codes[1], clientId), Fails("AliasExistsException", "An account with the email already exists."));
        Assert.That((await Idp.SignedAsync("AdminGetUser", new { UserPoolId = poolId, Username = "dora@example.com" })).Text("Username"), Is.EqualTo("first"));

        await Idp.OpenAsync("ConfirmSignUp", new { ClientId = clientId, Username = "second", ConfirmationCode = codes[1], ForceAliasCreation = true });
        Assert.That((await Idp.SignedAsync("AdminGetUser", new { UserPoolId = poolId, Username = "dora@example.com" })).Text("Username"), Is.EqualTo("second"));
        Assert.That((await AttributesAsync("first", poolId))["email_verified"], Is.EqualTo("false"));
    }

    [Test]
    public async Task The_pools_own_texts_are_sent()
    {
        var (_, clientId) = await CreatePoolAsync(new
        {
            AutoVerifiedAttributes = new[] { "email" },
            VerificationMessageTemplate = new { EmailSubject = "Welcome", EmailMessage = "Take {####}, friend" },
        });
        await SignUpAsync("dora", "dora@example.com", clientId: clientId);
        var mail = Aws.Inbox.LatestTo("dora@example.com")!;
        Assert.That((mail.Subject, mail.Body), Is.EqualTo(("Welcome", $"Take {mail.Code}, friend")));
    }

    [Test]
    public async Task A_wrong_code_an_old_code_and_a_second_confirmation_are_refused()
    {
        await SignUpAsync("dora", "dora@example.com");
        var code = Aws.Inbox.CodeFor("dora@example.com");
        Assert.That(() => ConfirmAsync("dora", code == "000000" ? "000001" : "000000"), Fails("CodeMismatchException", "Invalid verification code provided, please try again."));
        Aws.Clock.Advance(TimeSpan.FromHours(24));
        Assert.That(() => ConfirmAsync("dora", code), Fails("ExpiredCodeException", "Invalid code provided, please request a code again."));
        await Idp.OpenAsync("ResendConfirmationCode", new { ClientId, Username = "dora" });
        await ConfirmAsync("dora", Aws.Inbox.CodeFor("dora@example.com"));
        Assert.That(() => ConfirmAsync("dora", code), Fails("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"));
        Assert.That(() => Idp.OpenAsync("ResendConfirmationCode", new { ClientId, Username = "dora" }), Fails("InvalidParameterException", "User is already confirmed."));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html")]
    public async Task Codes_can_be_guessed_fifteen_times_an_hour()
    {
        await SignUpAsync("dora", "dora@example.com");
        var code = Aws.Inbox.CodeFor("dora@example.com");
        var wrong = code == "000000" ? "000001" : "000000";
        for (var i = 0; i < 15; i++) Assert.That(() => ConfirmAsync("dora", wrong), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("CodeMismatchException"));
        Assert.That(() => ConfirmAsync("dora", code), Fails("LimitExceededException", "Attempt limit exceeded, please try after some time."));
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        await ConfirmAsync("dora", code);
    }

    [Test]
    public async Task A_discreet_client_does_not_tell_who_is_absent()
    {
        var clientId = Output("UserPoolClient", "main/discreet");
        var answer = await Idp.OpenAsync("ResendConfirmationCode", new { ClientId = clientId, Username = "nobody" });
        Assert.That(answer.GetProperty("CodeDeliveryDetails").Text("Destination"), Does.Match(@"^[a-z]\*\*\*@[a-z]\*\*\*$"));
        Assert.That(Aws.Inbox.Messages, Is.Empty);
        Assert.That(() => ConfirmAsync("nobody", "123456", clientId), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("ExpiredCodeException"));
        Assert.That(() => ConfirmAsync("nobody", "123456"), Fails("UserNotFoundException", "Username/client id combination not found."));
    }

    [Test]
    [Observed("many reports: all violated constraints are in one message, values of secrets are left out")]
    public void The_shape_of_the_input_is_checked_first()
    {
        Assert.That(() => Idp.OpenAsync("SignUp", new { ClientId, Username = "", Password = "a b" }), Fails("InvalidParameterException",
            @"3 validation errors detected: Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+; Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+"));
        Assert.That(() => Idp.OpenAsync("SignUp", new { ClientId = "absent", Username = "dora", Password }), Fails("ResourceNotFoundException", "User pool client absent does not exist."));
    }

    private Task<System.Text.Json.JsonElement> ConfirmAsync(string username, string code, string? clientId = null) =>
        Idp.OpenAsync("ConfirmSignUp", new { ClientId = clientId ?? ClientId, Username = username, ConfirmationCode = code });
}
