using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

[Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html")]
internal sealed class ListUsersTests : CognitoFixture
{
    [TestCase("""email = "ann@example.com" """, "ann")]
    [TestCase("""email ^= "ANN" """, "ann")]
    [TestCase("""username = "bob" """, "bob")]
    [TestCase("""name = "Ann" """, "ann")]
    [TestCase("""cognito:user_status = "CONFIRMED" """, "ann,bob")]
    [TestCase("""status = "Enabled" """, "ann,bob")]
    [TestCase("""status = "Disabled" """, "")]
    [TestCase("""email = "none\"such" """, "")]
    [TestCase("", "ann,bob")]
    public async Task A_filter_selects(string filter, string users) =>
        Assert.That(string.Join(',', (await ListAsync(new { UserPoolId = PoolId, Filter = filter })).Select(user => user.Text("Username"))), Is.EqualTo(users));

    [TestCase("email", "Error while parsing filter.")]
    [TestCase("email = ann", "Error while parsing filter.")]
    [TestCase("""email = "a"b" """, "Error while parsing filter.")]
    [TestCase("""custom:team = "blue" """, "Invalid search attribute: custom:team")]
    public void A_filter_that_is_none_is_refused(string filter, string message) =>
        Assert.That(() => ListAsync(new { UserPoolId = PoolId, Filter = filter }), Fails("InvalidParameterException", message));

    [Test]
    public async Task Pages_follow_one_another_and_a_forged_token_does_not()
    {
        var first = await Idp.SignedAsync("ListUsers", new { UserPoolId = PoolId, Limit = 1 });
        var second = await Idp.SignedAsync("ListUsers", new { UserPoolId = PoolId, Limit = 1, PaginationToken = first.Text("PaginationToken") });
        Assert.That((first.GetProperty("Users")[0].Text("Username"), second.GetProperty("Users")[0].Text("Username")), Is.EqualTo(("ann", "bob")));
        Assert.That(second.TryGetProperty("PaginationToken", out _), Is.False);
        Assert.That(() => Idp.SignedAsync("ListUsers", new { UserPoolId = PoolId, PaginationToken = "???" }), Throws.TypeOf<CognitoError>().With.Property("Code").EqualTo("InvalidParameterException"));
    }

    [Test]
    public async Task Only_the_attributes_asked_for_are_told()
    {
        var users = await ListAsync(new { UserPoolId = PoolId, AttributesToGet = new[] { "email" } });
        Assert.That(users[0].GetProperty("Attributes").EnumerateArray().Select(attribute => attribute.Text("Name")), Is.EqualTo(new[] { "email" }));
        Assert.That(() => ListAsync(new { UserPoolId = PoolId, AttributesToGet = new[] { "none" } }), Fails("InvalidParameterException", "One or more requested attributes do not exist."));
    }

    private async Task<List<System.Text.Json.JsonElement>> ListAsync(object input) => [.. (await Idp.SignedAsync("ListUsers", input)).GetProperty("Users").EnumerateArray()];
}
