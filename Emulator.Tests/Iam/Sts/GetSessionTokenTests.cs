using NUnit.Framework;

namespace Emulator.Tests.Iam.Sts;

[Source("https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html")]
internal sealed class GetSessionTokenTests : StsFixture
{
    [Test]
    public async Task A_user_stays_who_it_is()
    {
        Aws.Clock.Freeze();
        var answer = await Bob.GetSessionTokenAsync(new Amazon.SecurityToken.Model.GetSessionTokenRequest());
        Assert.That(answer.Credentials.Expiration!.Value.ToUniversalTime(), Is.EqualTo(Aws.Clock.GetUtcNow().UtcDateTime.AddHours(12)).Within(TimeSpan.FromSeconds(1)));
        using var sts = Sts(answer.Credentials);
        Assert.That((await sts.GetCallerIdentityAsync(new())).Arn, Is.EqualTo("arn:aws:iam::111111111111:user/bob"));
    }

    [Test]
    public async Task Root_gets_an_hour()
    {
        Aws.Clock.Freeze();
        var answer = await Root.GetSessionTokenAsync(new Amazon.SecurityToken.Model.GetSessionTokenRequest { DurationSeconds = 43_200 });
        Assert.That(answer.Credentials.Expiration!.Value.ToUniversalTime(), Is.EqualTo(Aws.Clock.GetUtcNow().UtcDateTime.AddHours(1)).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Sessions_make_no_sessions()
    {
        var answer = await Bob.GetSessionTokenAsync(new Amazon.SecurityToken.Model.GetSessionTokenRequest());
        using var sts = Sts(answer.Credentials);
        Assert.That(() => sts.GetSessionTokenAsync(new Amazon.SecurityToken.Model.GetSessionTokenRequest()), ThrowsAnError("AccessDenied", "Cannot call GetSessionToken with session credentials", 403));
    }

    [Test]
    public void MFA_is_refused_by_name() =>
        Assert.That(() => Bob.GetSessionTokenAsync(new Amazon.SecurityToken.Model.GetSessionTokenRequest { SerialNumber = "arn:aws:iam::111111111111:mfa/bob", TokenCode = "123456" }),
            ThrowsAnError("NotImplemented", "The emulator does not implement the parameter SerialNumber of GetSessionToken.", 501));
}
