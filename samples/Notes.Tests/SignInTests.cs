using System.Net;
using NUnit.Framework;

namespace Notes.Tests;

public sealed class SignInTests : NotesFixture
{
    [Test]
    public async Task A_user_confirms_with_the_code_from_his_mail()
    {
        var users = new UserPool(Aws);
        await users.SignUpAsync("carol@example.com", SeededWorld.Password);
        AssertRefused(() => users.SignInAsync("carol@example.com", SeededWorld.Password), "UserNotConfirmedException", "User is not confirmed.");
        await users.ConfirmAsync("carol@example.com", Aws.Inbox.CodeFor("carol@example.com"));
        using var carol = ApiAs(await users.SignInAsync("carol@example.com", SeededWorld.Password));
        Assert.That(await ListAsync(carol), Is.Empty);
    }

    [Test]
    public void A_wrong_password_is_refused() =>
        AssertRefused(() => new UserPool(Aws).SignInAsync("alice@example.com", "Wonderland2"), "NotAuthorizedException", "Incorrect username or password.");

    [Test]
    public void A_weak_password_is_refused() =>
        AssertRefused(() => new UserPool(Aws).SignUpAsync("dave@example.com", "weak"), "InvalidPasswordException", "Password did not conform with policy: Password not long enough");

    [Test]
    public async Task Without_a_token_nobody_gets_to_the_function()
    {
        using var nobody = ApiAs(null);
        using var response = await nobody.GetAsync("/notes");
        Assert.That((response.StatusCode, await MessageAsync(response)), Is.EqualTo((HttpStatusCode.Unauthorized, "Unauthorized")));
    }

    [Test]
    public async Task An_expired_token_is_renewed_by_the_refresh_token()
    {
        Aws.Clock.Advance(TimeSpan.FromMinutes(61));
        using var expired = await Alice.GetAsync("/notes");
        Assert.That(expired.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));

        using var alice = ApiAs(await new UserPool(Aws).RefreshAsync(SeededWorld.Alice));
        Assert.That(await ListAsync(alice), Is.Empty);
    }

    [Test]
    public void After_thirty_days_a_user_has_to_sign_in_again()
    {
        Aws.Clock.Advance(TimeSpan.FromDays(31));
        AssertRefused(() => new UserPool(Aws).RefreshAsync(SeededWorld.Alice), "NotAuthorizedException", "Refresh Token has expired");
    }

    private static void AssertRefused(Func<Task> call, string code, string message)
    {
        var error = Assert.ThrowsAsync<UserPoolException>(() => call())!;
        Assert.That((error.Code, error.Message), Is.EqualTo((code, message)));
    }
}
