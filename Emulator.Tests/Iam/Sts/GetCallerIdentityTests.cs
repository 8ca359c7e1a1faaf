using NUnit.Framework;

namespace Emulator.Tests.Iam.Sts;

[Source("https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html")]
internal sealed class GetCallerIdentityTests : StsFixture
{
    [Test]
    public async Task Root_is_its_account()
    {
        var me = await Root.GetCallerIdentityAsync(new());
        Assert.That((me.Account, me.Arn, me.UserId), Is.EqualTo(("111111111111", "arn:aws:iam::111111111111:root", "111111111111")));
        Assert.That((await OtherRoot.GetCallerIdentityAsync(new())).Account, Is.EqualTo("222222222222"));
    }

    [Test]
    public async Task A_user_needs_no_permission_to_learn_who_it_is()
    {
        var me = await Bob.GetCallerIdentityAsync(new());
        Assert.That((me.Account, me.Arn), Is.EqualTo(("111111111111", "arn:aws:iam::111111111111:user/bob")));
        Assert.That(me.UserId, Does.Match("^AIDA[A-Z2-7]{17}$"));
    }

    [Test]
    public async Task A_session_is_its_role_and_its_name()
    {
        var session = await Alice.AssumeRoleAsync(new() { RoleArn = Delegated, RoleSessionName = "night@shift" });
        using var sts = Sts(session.Credentials);
        var me = await sts.GetCallerIdentityAsync(new());
        Assert.That((me.Account, me.Arn, me.UserId), Is.EqualTo(("111111111111", "arn:aws:sts::111111111111:assumed-role/delegated/night@shift", session.AssumedRoleUser.AssumedRoleId)));
    }

    [Test]
    public async Task A_key_of_nobody_is_the_root_of_the_account_that_it_names()
    {
        using var sts = Sts("333333333333", "anything");
        Assert.That((await sts.GetCallerIdentityAsync(new())).Arn, Is.EqualTo("arn:aws:iam::333333333333:root"));
    }

    [Test]
    public void An_operation_that_is_not_built_is_refused_by_name() =>
        Assert.That(() => Root.GetFederationTokenAsync(new() { Name = "guest" }), ThrowsAnError("NotImplemented", "The emulator does not implement GetFederationToken.", 501));

    [Test]
    public async Task The_document_is_as_STS_writes_it()
    {
        using var http = Aws.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15");
        var now = Aws.Clock.GetUtcNow();
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=111111111111/{now:yyyyMMdd}/eu-west-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", $"{now:yyyyMMddTHHmmssZ}");
        using var response = await http.SendAsync(request);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/xml"));
        var id = response.Headers.GetValues("x-amzn-RequestId").Single();
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo($"""
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <GetCallerIdentityResult>
                <Arn>arn:aws:iam::111111111111:root</Arn>
                <UserId>111111111111</UserId>
                <Account>111111111111</Account>
              </GetCallerIdentityResult>
              <ResponseMetadata>
                <RequestId>{id}</RequestId>
              </ResponseMetadata>
            </GetCallerIdentityResponse>

            """));
    }
}
