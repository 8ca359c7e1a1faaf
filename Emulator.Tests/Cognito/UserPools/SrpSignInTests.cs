using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

[Source("https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html")]
internal sealed class SrpSignInTests : CognitoFixture
{
    [Test]
    public async Task The_right_password_is_proved_without_being_sent()
    {
        var result = await SignInWithSrpAsync("ann", Password);
        Assert.That(result.GetProperty("AuthenticationResult").Text("TokenType"), Is.EqualTo("Bearer"));
        var user = await Idp.OpenAsync("GetUser", new { AccessToken = result.GetProperty("AuthenticationResult").Text("AccessToken") });
        Assert.That(user.Text("Username"), Is.EqualTo("ann"));
    }

    [Test]
    public async Task A_user_who_signs_in_by_mail_proves_the_password_of_its_sub()
    {
        var clientId = Output("UserPoolClient", "mail/web");
        var challenge = await ChallengeAsync(new SrpClient(), "carol@example.com", clientId);
        Assert.That(Guid.TryParse(challenge.Text("USER_ID_FOR_SRP"), out _), Is.True);
        var result = await SignInWithSrpAsync("carol@example.com", Password, clientId, Output("UserPool", "mail"));
        Assert.That(result.GetProperty("AuthenticationResult").Text("AccessToken"), Is.Not.Empty);
    }

    [Test]
    public void A_wrong_password_is_told_as_ever() =>
        Assert.That(() => SignInWithSrpAsync("ann", "Passw0rd?"), Fails("NotAuthorizedException", "Incorrect username or password."));

    [Test]
    public async Task The_challenge_has_the_members_that_clients_read()
    {
        var answer = await Idp.OpenAsync("InitiateAuth", new { AuthFlow = "USER_SRP_AUTH", ClientId, AuthParameters = new { USERNAME = "ann", SRP_A = new SrpClient().A } });
        Assert.That(answer.Text("ChallengeName"), Is.EqualTo("PASSWORD_VERIFIER"));
        Assert.That(answer.GetProperty("ChallengeParameters").EnumerateObject().Select(member => member.Name), Is.EquivalentTo(new[] { "SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP" }));
    }

    [Test]
    public async Task The_proof_does_not_hold_for_another_timestamp()
    {
        var client = new SrpClient();
        var responses = client.Respond(PoolId, Password, await ChallengeAsync(client, "ann"));
        responses["TIMESTAMP"] = "Tue Jun 9 03:04:06 UTC 2026";
        Assert.That(() => RespondAsync(responses), Fails("NotAuthorizedException", "Incorrect username or password."));
    }

    [Test]
    public async Task The_proof_does_not_hold_for_another_user()
    {
        var client = new SrpClient();
        var responses = client.Respond(PoolId, Password, await ChallengeAsync(client, "ann"));
        responses["USERNAME"] = "bob";
        Assert.That(() => RespondAsync(responses), Fails("NotAuthorizedException", "Incorrect username or password."));
    }

    [Test]
    public async Task A_secret_block_that_was_changed_proves_nothing()
    {
        var client = new SrpClient();
        var responses = client.Respond(PoolId, Password, await ChallengeAsync(client, "ann"));
        var block = Convert.FromBase64String(responses["PASSWORD_CLAIM_SECRET_BLOCK"]);
        block[^1] ^= 1;
        responses["PASSWORD_CLAIM_SECRET_BLOCK"] = Convert.ToBase64String(block);
        Assert.That(() => RespondAsync(responses), Fails("NotAuthorizedException", "Incorrect username or password."));
    }

    [Test]
    [Observed("2016, amazon-cognito-identity-js: the text of the refusal names the format")]
    public async Task A_timestamp_in_another_form_is_refused()
    {
        var client = new SrpClient();
        var responses = client.Respond(PoolId, Password, await ChallengeAsync(client, "ann"), "2026-06-09T03:04:05Z");
        Assert.That(() => RespondAsync(responses), Fails("InvalidParameterException", "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english."));
    }

    [Test]
    public async Task The_challenge_holds_three_minutes()
    {
        var client = new SrpClient();
        var responses = client.Respond(PoolId, Password, await ChallengeAsync(client, "ann"));
        Aws.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.That(() => RespondAsync(responses), Fails("NotAuthorizedException", "Invalid session for the user, session is expired."));
    }

    [Test]
    public void A_public_key_of_zero_is_refused() =>
        Assert.That(() => Idp.OpenAsync("InitiateAuth", new { AuthFlow = "USER_SRP_AUTH", ClientId, AuthParameters = new { USERNAME = "ann", SRP_A = SrpClient.N.ToString("x") } }), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("InvalidParameterException"));

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html")]
    public async Task A_discreet_client_challenges_an_absent_user_always_with_the_same_salt()
    {
        var clientId = Output("UserPoolClient", "main/discreet");
        var (first, second) = (await ChallengeAsync(new SrpClient(), "nobody", clientId), await ChallengeAsync(new SrpClient(), "nobody", clientId));
        Assert.That(first.Text("SALT"), Is.EqualTo(second.Text("SALT")));
        Assert.That(first.Text("USER_ID_FOR_SRP"), Is.EqualTo(second.Text("USER_ID_FOR_SRP")));
        Assert.That(first.Text("SRP_B"), Is.Not.EqualTo(second.Text("SRP_B")));
        Assert.That(() => SignInWithSrpAsync("nobody", Password, clientId), Fails("NotAuthorizedException", "Incorrect username or password."));
    }

    [Test]
    public void Another_client_says_that_the_user_is_absent() =>
        Assert.That(() => ChallengeAsync(new SrpClient(), "nobody"), Fails("UserNotFoundException", "User does not exist."));

    private async Task<JsonElement> ChallengeAsync(SrpClient client, string username, string? clientId = null) =>
        (await Idp.OpenAsync("InitiateAuth", new { AuthFlow = "USER_SRP_AUTH", ClientId = clientId ?? ClientId, AuthParameters = new { USERNAME = username, SRP_A = client.A } })).GetProperty("ChallengeParameters");

    private Task<JsonElement> RespondAsync(Dictionary<string, string> responses, string? clientId = null) =>
        Idp.OpenAsync("RespondToAuthChallenge", new { ChallengeName = "PASSWORD_VERIFIER", ClientId = clientId ?? ClientId, ChallengeResponses = responses });

    private async Task<JsonElement> SignInWithSrpAsync(string username, string password, string? clientId = null, string? poolId = null)
    {
        var client = new SrpClient();
        return await RespondAsync(client.Respond(poolId ?? PoolId, password, await ChallengeAsync(client, username, clientId)), clientId);
    }
}
