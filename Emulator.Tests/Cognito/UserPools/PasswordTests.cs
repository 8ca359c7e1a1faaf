using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

internal sealed class PasswordTests : CognitoFixture
{
    [Test]
    [Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html")]
    public async Task A_forgotten_password_is_replaced_with_the_code_of_the_mail()
    {
        var answer = await ForgotAsync("ann");
        Assert.That(answer.GetProperty("CodeDeliveryDetails").Text("Destination"), Is.EqualTo("a***@e***"));
        var mail = Aws.Inbox.LatestTo("ann@example.com")!;
        Assert.That((mail.Subject, mail.Body, mail.Kind), Is.EqualTo(("Your verification code", $"Your password reset code is {mail.Code}", "ForgotPassword")));

        Assert.That(() => ConfirmAsync("ann", mail.Code!, "short"), Fails("InvalidPasswordException", "Password does not conform to policy: Password not long enough"));
        Assert.That(() => ConfirmAsync("ann", mail.Code == "000000" ? "1" : "000000"), Fails("CodeMismatchException", "Invalid verification code provided, please try again."));
        await ConfirmAsync("ann", mail.Code!);
        await SignInAsync("ann", "N3w-Password");
        Assert.That(() => SignInAsync(), Fails("NotAuthorizedException", "Incorrect username or password."));
        Assert.That(() => ConfirmAsync("ann", mail.Code!), Fails("ExpiredCodeException", "Invalid code provided, please request a code again."));
    }

    [Test]
    public async Task The_code_holds_an_hour()
    {
        await ForgotAsync("ann");
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(() => ConfirmAsync("ann", Aws.Inbox.CodeFor("ann@example.com")), Fails("ExpiredCodeException", "Invalid code provided, please request a code again."));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html")]
    public async Task Codes_are_sent_five_times_an_hour()
    {
        for (var i = 0; i < 5; i++) await ForgotAsync("ann");
        Assert.That(() => ForgotAsync("ann"), Fails("LimitExceededException", "Attempt limit exceeded, please try after some time."));
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        await ForgotAsync("ann");
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html")]
    public async Task Who_is_absent_or_has_no_verified_address_gets_no_code()
    {
        await Idp.SignedAsync("AdminUpdateUserAttributes", new { UserPoolId = PoolId, Username = "bob", UserAttributes = new[] { new { Name = "email_verified", Value = "false" } } });
        Assert.That(() => ForgotAsync("nobody"), Fails("UserNotFoundException", "Username/client id combination not found."));
        Assert.That(() => ForgotAsync("bob"), Fails("InvalidParameterException", "Cannot reset password for the user as there is no registered/verified email or phone_number"));
        foreach (var name in new[] { "nobody", "bob" })
        {
            var answer = await Idp.OpenAsync("ForgotPassword", new { ClientId = Output("UserPoolClient", "main/discreet"), Username = name });
            Assert.That(answer.GetProperty("CodeDeliveryDetails").Text("DeliveryMedium"), Is.EqualTo("EMAIL"));
        }
        Assert.That(Aws.Inbox.Messages, Is.Empty);
    }

    [Test]
    public async Task Who_is_signed_in_changes_the_password_with_the_old_one()
    {
        var token = await AccessTokenAsync();
        Assert.That(() => ChangeAsync(token, "wrong", "N3w-Password"), Fails("NotAuthorizedException", "Incorrect username or password."));
        Assert.That(() => ChangeAsync(token, Password, "weak-password"), Fails("InvalidPasswordException", "Password does not conform to policy: Password must have uppercase characters"));
        await ChangeAsync(token, Password, "N3w-Password");
        await SignInAsync("ann", "N3w-Password");
        Assert.That(() => SignInAsync(), Fails("NotAuthorizedException", "Incorrect username or password."));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html")]
    public async Task A_password_is_changed_five_times_an_hour()
    {
        var token = await AccessTokenAsync();
        for (var i = 0; i < 5; i++) Assert.That(() => ChangeAsync(token, "wrong", "N3w-Password"), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("NotAuthorizedException"));
        Assert.That(() => ChangeAsync(token, Password, "N3w-Password"), Fails("LimitExceededException", "Attempt limit exceeded, please try after some time."));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html")]
    public async Task An_administrator_makes_a_user_set_a_new_password()
    {
        await Idp.SignedAsync("AdminResetUserPassword", new { UserPoolId = PoolId, Username = "ann" });
        Assert.That(() => SignInAsync(), Fails("PasswordResetRequiredException", "Password reset required for the user"));
        await ConfirmAsync("ann", Aws.Inbox.CodeFor("ann@example.com"));
        await SignInAsync("ann", "N3w-Password");
    }

    [Test]
    public async Task No_password_is_in_the_store()
    {
        await SignUpAsync("dora", "dora@example.com", "Un1que-Secret!");
        await SignInAsync();
        using var snapshot = Aws.Host.Store.Snapshot();
        foreach (var space in new[] { "cognito.users", "cognito.pools", "cognito.signIns" })
        {
            foreach (var entry in snapshot.Range(new Emulator.Storage.Space(space), Emulator.Storage.KeyRange.All))
            {
                var text = System.Text.Encoding.UTF8.GetString(entry.Value.Span);
                Assert.That(text, Does.Not.Contain("Un1que-Secret!").And.Not.Contain(Password));
            }
        }
    }

    private Task<System.Text.Json.JsonElement> ForgotAsync(string username) => Idp.OpenAsync("ForgotPassword", new { ClientId, Username = username });

    private Task<System.Text.Json.JsonElement> ConfirmAsync(string username, string code, string password = "N3w-Password") =>
        Idp.OpenAsync("ConfirmForgotPassword", new { ClientId, Username = username, ConfirmationCode = code, Password = password });

    private Task<System.Text.Json.JsonElement> ChangeAsync(string accessToken, string previous, string proposed) =>
        Idp.OpenAsync("ChangePassword", new { AccessToken = accessToken, PreviousPassword = previous, ProposedPassword = proposed });
}
