using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>@aws-sdk/client-cognito-identity-provider: cognito-admin.mjs.</summary>
[Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html")]
internal sealed class CognitoAdminScriptTests : JavaScriptFixture
{
    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("cognito-admin.mjs", Administrator));

    private JsonNode _seen = null!;

    [SetUp]
    public async Task Run() => _seen = await Script.Value;

    [Test]
    public void A_new_pool_has_the_defaults_of_AWS() => Assert.Multiple(() =>
    {
        Assert.That((string)_seen["poolId"]!, Does.Match("^us-east-1_[0-9A-Za-z]{9}$"));
        Assert.That((bool)_seen["created"]!);
        Assert.That(_seen["policy"], Is.EqualTo(JsonNode.Parse("""
            {"MinimumLength":8,"RequireUppercase":true,"RequireLowercase":true,"RequireNumbers":true,"RequireSymbols":true,"TemporaryPasswordValidityDays":7}
            """)).Using<JsonNode>(JsonNode.DeepEquals));
        Assert.That(_seen["flows"]!.AsArray().Select(flow => (string)flow!), Is.EquivalentTo(new[] { "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" }));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html")]
    public void A_user_of_an_administrator_chooses_a_password_at_first_sign_in() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["user"]), Is.EqualTo("""{"status":"FORCE_CHANGE_PASSWORD","isEnabled":true,"created":true}"""));
        Assert.That((string)_seen["challenge"]!, Is.EqualTo("NEW_PASSWORD_REQUIRED"));
        Assert.That((string)_seen["first"]!["type"]!, Is.EqualTo("Bearer"));
        Assert.That((int)_seen["first"]!["seconds"]!, Is.EqualTo(3600));
        Assert.That((string)_seen["first"]!["access"]!["username"]!, Is.EqualTo("ada"));
        Assert.That((string)_seen["known"]!, Is.EqualTo("CONFIRMED"));
    });

    [Test]
    public void Groups_are_in_the_tokens() => Assert.Multiple(() =>
    {
        Assert.That(_seen["first"]!["access"]!["cognito:groups"], Is.Null);
        foreach (var tokens in new[] { _seen["access"], _seen["refreshed"]!["access"], _seen["asAdmin"] }) Assert.That(Json(tokens!["cognito:groups"]), Is.EqualTo("""["engineers"]"""));
        Assert.That((bool)_seen["refreshed"]!["hasRefreshToken"]!, Is.False);
    });

    [Test]
    public void Users_are_found_by_their_attributes() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["found"]), Is.EqualTo("""["ada"]"""));
        Assert.That((int)_seen["foundNone"]!, Is.Zero);
    });

    [TestCase("twice", "UsernameExistsException", "User account already exists")]
    [TestCase("disabled", "NotAuthorizedException", "User is disabled.")]
    [TestCase("absentUser", "UserNotFoundException", "User does not exist.")]
    [TestCase("absentPool", "ResourceNotFoundException", "User pool us-east-1_Absent000 does not exist.")]
    public void A_refusal_is_told_in_the_words_of_AWS(string call, string name, string message) => Assert.That(Json(_seen[call]), Is.EqualTo(Refusal(name, message)));

    [Test]
    public void What_is_not_built_is_refused_by_name() =>
        Assert.That(Json(_seen["notBuilt"]), Is.EqualTo(Refusal("NotImplemented", "The emulator does not implement CreateUserPoolDomain.", 501)));
}
