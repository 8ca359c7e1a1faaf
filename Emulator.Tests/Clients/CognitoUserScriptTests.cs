using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>amazon-cognito-identity-js, which signs in by SRP: cognito-user.mjs.</summary>
[Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html")]
[Source("https://github.com/aws-amplify/amplify-js/tree/main/packages/amazon-cognito-identity-js#usage")]
internal sealed class CognitoUserScriptTests : JavaScriptFixture
{
    private const string Email = "ada@example.com";

    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("cognito-user.mjs", Administrator + """
        cognito:
          userPools:
            people:
              signInWith: email
              autoVerify: email
              passwordPolicy: { minimumLength: 8, requireSymbols: false }
              clients: { web: { flows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH], preventUserExistenceErrors: false } }
        """, aws => new { poolId = aws.Outputs.UserPoolId("people"), clientId = aws.Outputs.UserPoolClientId("people", "web"), email = Email, password = "Wonderland1", newPassword = "LookingGlass2" }));

    private static JsonNode Delivery => JsonNode.Parse("""{"AttributeName":"email","DeliveryMedium":"EMAIL","Destination":"a***@e***"}""")!;

    private JsonNode _seen = null!;

    [SetUp]
    public async Task Run() => _seen = await Script.Value;

    [Test]
    public void Sign_up_sends_a_code_to_the_address() => Assert.Multiple(() =>
    {
        Assert.That((bool)_seen["signedUp"]!["isConfirmed"]!, Is.False);
        Assert.That(_seen["signedUp"]!["delivery"], Is.EqualTo(Delivery).Using<JsonNode>(JsonNode.DeepEquals));
        Assert.That((string)_seen["confirmed"]!, Is.EqualTo("SUCCESS"));
    });

    [TestCase("weakPassword", "InvalidPasswordException", "Password did not conform with policy: Password not long enough")]
    [TestCase("unconfirmed", "UserNotConfirmedException", "User is not confirmed.")]
    [TestCase("wrongCode", "CodeMismatchException", "Invalid verification code provided, please try again.")]
    [TestCase("wrongPassword", "NotAuthorizedException", "Incorrect username or password.")]
    [TestCase("wrongOldPassword", "NotAuthorizedException", "Incorrect username or password.")]
    [TestCase("oldPassword", "NotAuthorizedException", "Incorrect username or password.")]
    [TestCase("afterSignOut", "NotAuthorizedException", "Access Token has been revoked")]
    [TestCase("refreshAfterSignOut", "NotAuthorizedException", "Refresh Token has been revoked")]
    [TestCase("unknownClient", "ResourceNotFoundException", "User pool client 0123456789abcdefghijklmnop does not exist.")]
    public void A_refusal_is_told_in_the_words_of_AWS(string call, string name, string message) =>
        Assert.That(Json(_seen[call]), Is.EqualTo(Json(new { name, message })));

    [Test]
    public void An_address_signs_up_once() => Assert.That((string)_seen["twice"]!["name"]!, Is.EqualTo("UsernameExistsException"));

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html")]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html")]
    public void SRP_gives_tokens_with_the_claims_of_AWS()
    {
        var (id, access) = (_seen["id"]!, _seen["access"]!);
        Assert.Multiple(() =>
        {
            Assert.That((bool)_seen["isValid"]!);
            Assert.That(((string)id["token_use"]!, (string)access["token_use"]!), Is.EqualTo(("id", "access")));
            Assert.That((string)id["sub"]!, Is.EqualTo((string)_seen["signedUp"]!["sub"]!).And.EqualTo((string)access["sub"]!));
            Assert.That((string)id["email"]!, Is.EqualTo(Email));
            Assert.That((bool)id["email_verified"]!);
            Assert.That((string)id["aud"]!, Is.EqualTo((string)access["client_id"]!));
            Assert.That((string)id["iss"]!, Does.Match("^https://cognito-idp\\.us-east-1\\.amazonaws\\.com/us-east-1_[0-9A-Za-z]{9}$").And.EqualTo((string)access["iss"]!));
            Assert.That((string)access["scope"]!, Is.EqualTo("aws.cognito.signin.user.admin"));
            Assert.That((long)access["exp"]! - (long)access["iat"]!, Is.EqualTo(3600));
        });
    }

    [Test]
    public void Attributes_are_those_of_sign_up() => Assert.Multiple(() =>
    {
        Assert.That((string)_seen["attributes"]!["email"]!, Is.EqualTo(Email));
        Assert.That((string)_seen["attributes"]!["email_verified"]!, Is.EqualTo("true"));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html")]
    public void A_refreshed_session_is_of_the_same_sign_in()
    {
        var (access, refreshed) = (_seen["access"]!, _seen["refreshed"]!);
        Assert.Multiple(() =>
        {
            Assert.That((long)refreshed["auth_time"]!, Is.EqualTo((long)access["auth_time"]!));
            Assert.That((string)refreshed["origin_jti"]!, Is.EqualTo((string)access["origin_jti"]!));
            Assert.That((string)refreshed["jti"]!, Is.Not.EqualTo((string)access["jti"]!));
        });
    }

    [Test]
    public void A_password_is_changed_reset_and_a_session_ended() => Assert.Multiple(() =>
    {
        Assert.That((string)_seen["changed"]!, Is.EqualTo("SUCCESS"));
        Assert.That(_seen["sent"], Is.EqualTo(Delivery).Using<JsonNode>(JsonNode.DeepEquals));
        Assert.That((string)_seen["reset"]!, Is.EqualTo("SUCCESS"));
        Assert.That((string)_seen["signedOut"]!, Is.EqualTo("SUCCESS"));
    });
}
