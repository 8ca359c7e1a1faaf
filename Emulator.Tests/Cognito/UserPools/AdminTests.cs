using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

internal sealed class AdminTests : CognitoFixture
{
    [Test]
    [Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html")]
    public async Task An_invited_user_sets_its_own_password_at_the_first_sign_in()
    {
        var created = (await CreateAsync("dora", new { UserAttributes = new[] { new { Name = "email", Value = "dora@example.com" }, new { Name = "email_verified", Value = "true" } } })).GetProperty("User");
        Assert.That((created.Text("Username"), created.Text("UserStatus"), created.GetProperty("Enabled").GetBoolean()), Is.EqualTo(("dora", "FORCE_CHANGE_PASSWORD", true)));
        var mail = Aws.Inbox.LatestTo("dora@example.com")!;
        Assert.That((mail.Subject, mail.Body), Is.EqualTo(("Your temporary password", $"Your username is dora and temporary password is {mail.Code}.")));

        var challenge = await ChallengeAsync("dora", mail.Code!);
        Assert.That(challenge.Text("ChallengeName"), Is.EqualTo("NEW_PASSWORD_REQUIRED"));
        var parameters = challenge.GetProperty("ChallengeParameters");
        Assert.That(parameters.Text("USER_ID_FOR_SRP"), Is.EqualTo("dora"));
        Assert.That(parameters.Text("requiredAttributes"), Is.EqualTo("[]"));
        Assert.That(parameters.Text("userAttributes"), Is.EqualTo("""{"email":"dora@example.com","email_verified":"true"}"""));

        Assert.That(() => RespondAsync(challenge, new() { ["USERNAME"] = "dora", ["NEW_PASSWORD"] = "weak" }), Fails("InvalidPasswordException", "Password does not conform to policy: Password not long enough"));
        Assert.That(() => RespondAsync(challenge, new() { ["USERNAME"] = "dora", ["NEW_PASSWORD"] = Password, ["userAttributes.email"] = "x@example.com" }), Fails("NotAuthorizedException", "Cannot modify an already provided email"));
        Assert.That(() => RespondAsync(challenge, new() { ["USERNAME"] = "ann", ["NEW_PASSWORD"] = Password }), Fails("NotAuthorizedException", "Invalid session for the user."));
        var result = await RespondAsync(challenge, new() { ["USERNAME"] = "dora", ["NEW_PASSWORD"] = Password, ["userAttributes.name"] = "Dora" });
        Assert.That(result.GetProperty("AuthenticationResult").Text("IdToken"), Is.Not.Empty);
        Assert.That((await AttributesAsync("dora"))["name"], Is.EqualTo("Dora"));
        Assert.That(() => RespondAsync(challenge, new() { ["USERNAME"] = "dora", ["NEW_PASSWORD"] = Password }), Fails("NotAuthorizedException", "Invalid session for the user."));
        await SignInAsync("dora");
    }

    [Test]
    public async Task What_the_pool_requires_is_asked_for_with_the_password()
    {
        var (poolId, clientId) = await CreatePoolAsync(new { Schema = new[] { new { Name = "name", Required = true } } });
        await Idp.SignedAsync("AdminCreateUser", new { UserPoolId = poolId, Username = "dora", TemporaryPassword = Password });
        var challenge = await ChallengeAsync("dora", Password, clientId);
        Assert.That(challenge.GetProperty("ChallengeParameters").Text("requiredAttributes"), Is.EqualTo("""["userAttributes.name"]"""));
        Assert.That(() => RespondAsync(challenge, new() { ["USERNAME"] = "dora", ["NEW_PASSWORD"] = Password }, clientId), Fails("InvalidParameterException", "Invalid attributes given, name is missing"));
    }

    [Test]
    public async Task The_challenge_holds_three_minutes_and_the_temporary_password_seven_days()
    {
        await CreateAsync("dora", new { TemporaryPassword = Password });
        var challenge = await ChallengeAsync("dora", Password);
        Aws.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.That(() => RespondAsync(challenge, new() { ["USERNAME"] = "dora", ["NEW_PASSWORD"] = Password }), Fails("NotAuthorizedException", "Invalid session for the user, session is expired."));
        Aws.Clock.Advance(TimeSpan.FromDays(7));
        Assert.That(() => ChallengeAsync("dora", Password), Fails("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator."));
        await CreateAsync("dora", new { TemporaryPassword = Password, MessageAction = "RESEND" });
        await ChallengeAsync("dora", Password);
        Assert.That(() => CreateAsync("ann", new { MessageAction = "RESEND" }), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("UnsupportedUserStateException"));
    }

    [Test]
    public async Task A_suppressed_invitation_is_not_sent_and_a_weak_password_is_refused_in_other_words()
    {
        await CreateAsync("dora", new { MessageAction = "SUPPRESS", UserAttributes = new[] { new { Name = "email", Value = "dora@example.com" } } });
        Assert.That(Aws.Inbox.Messages, Is.Empty);
        Assert.That(() => CreateAsync("emil", new { TemporaryPassword = "weak" }), Fails("InvalidPasswordException", "Password did not conform with password policy: Password not long enough"));
        Assert.That(() => CreateAsync("ann", new { }), Fails("UsernameExistsException", "User account already exists"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html")]
    public async Task A_password_is_set_for_good_or_for_once()
    {
        await CreateAsync("dora", new { });
        await Idp.SignedAsync("AdminSetUserPassword", new { UserPoolId = PoolId, Username = "dora", Password, Permanent = true });
        await SignInAsync("dora");
        await Idp.SignedAsync("AdminSetUserPassword", new { UserPoolId = PoolId, Username = "dora", Password });
        Assert.That((await ChallengeAsync("dora", Password)).Text("ChallengeName"), Is.EqualTo("NEW_PASSWORD_REQUIRED"));
        Assert.That((await Idp.SignedAsync("AdminGetUser", new { UserPoolId = PoolId, Username = "dora" })).Text("UserStatus"), Is.EqualTo("FORCE_CHANGE_PASSWORD"));
        Assert.That(() => Idp.OpenAsync("ForgotPassword", new { ClientId, Username = "dora" }), Fails("NotAuthorizedException", "User password cannot be reset in the current state."));
    }

    [Test]
    public async Task A_user_is_confirmed_without_a_code()
    {
        await SignUpAsync("dora", "dora@example.com");
        await Idp.SignedAsync("AdminConfirmSignUp", new { UserPoolId = PoolId, Username = "dora" });
        await SignInAsync("dora");
        Assert.That((await AttributesAsync("dora"))["email_verified"], Is.EqualTo("false"));
        Assert.That(() => Idp.SignedAsync("AdminConfirmSignUp", new { UserPoolId = PoolId, Username = "dora" }), Fails("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"));
    }

    [Test]
    public async Task A_deleted_user_is_gone()
    {
        await Idp.SignedAsync("AdminDeleteUser", new { UserPoolId = PoolId, Username = "ann" });
        Assert.That(() => AttributesAsync("ann"), Fails("UserNotFoundException", "User does not exist."));
        Assert.That(() => Idp.SignedAsync("AdminDeleteUser", new { UserPoolId = PoolId, Username = "ann" }), Fails("UserNotFoundException", "User does not exist."));
        var members = await Idp.SignedAsync("ListUsersInGroup", new { UserPoolId = PoolId, GroupName = "editors" });
        Assert.That(members.GetProperty("Users").GetArrayLength(), Is.Zero);
    }

    [Test]
    public void What_is_for_administrators_needs_a_signature() =>
        Assert.That(() => Idp.OpenAsync("AdminGetUser", new { UserPoolId = PoolId, Username = "ann" }), Throws.TypeOf<CognitoError>());

    [Test]
    public void Another_account_and_another_region_do_not_have_the_pool()
    {
        var body = JsonSerializer.Serialize(new { UserPoolId = PoolId, Username = "ann" });
        Assert.That(() => Idp.SendAsync("AdminGetUser", body, signed: true, account: "111111111111"), Fails("ResourceNotFoundException", $"User pool {PoolId} does not exist."));
        Assert.That(() => Idp.SendAsync("AdminGetUser", body, signed: true, region: "eu-west-1"), Fails("ResourceNotFoundException", $"User pool {PoolId} does not exist."));
    }

    [Test]
    public void What_is_not_built_is_refused_by_name() =>
        Assert.That(() => Idp.SignedAsync("CreateUserPoolDomain", new { }), Throws.TypeOf<CognitoError>().With.Property("StatusCode").EqualTo(501).And.Message.Contains("CreateUserPoolDomain"));

    private Task<JsonElement> CreateAsync(string username, object more) => Idp.SignedAsync("AdminCreateUser", Merge(new { UserPoolId = PoolId, Username = username }, more));

    private Task<JsonElement> ChallengeAsync(string username, string password, string? clientId = null) =>
        Idp.OpenAsync("InitiateAuth", new { AuthFlow = "USER_PASSWORD_AUTH", ClientId = clientId ?? ClientId, AuthParameters = new { USERNAME = username, PASSWORD = password } });

    private Task<JsonElement> RespondAsync(JsonElement challenge, Dictionary<string, string> responses, string? clientId = null) =>
        Idp.OpenAsync("RespondToAuthChallenge", new { ChallengeName = "NEW_PASSWORD_REQUIRED", ClientId = clientId ?? ClientId, Session = challenge.Text("Session"), ChallengeResponses = responses });
}
