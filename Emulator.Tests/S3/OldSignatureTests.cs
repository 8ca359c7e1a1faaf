using System.Net;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Clients that still sign as before Version 4.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html")]
internal sealed class OldSignatureTests : S3Fixture
{
    protected override void Configure(AwsEmulatorOptions options) => options.Configuration = """
        account: "111111111111"
        iam: enforce
        accounts: { "111111111111": { keys: { id: AKIAOLDOLDOLDOLDOLD1, secret: old-secret } } }
        """;

    [TestCase("http://localhost:4566/the-bucket/key")]
    [TestCase("http://the-bucket.localhost:4566/key")]
    [TestCase("http://the-bucket.s3.amazonaws.com/key")]
    public async Task A_request_signed_in_the_header_is_let_in(string uri)
    {
        Assert.That((await SignedAsync(HttpMethod.Put, uri, "/the-bucket/key", "content")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await (await SignedAsync(HttpMethod.Get, uri, "/the-bucket/key")).Content.ReadAsStringAsync(), Is.EqualTo("content"));
    }

    [Test]
    public async Task Another_signature_is_told_what_should_have_been_signed()
    {
        var answer = await SignedAsync(HttpMethod.Get, "http://localhost:4566/the-bucket/key", "/the-bucket/other");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.That(body, Does.Match("<Code>SignatureDoesNotMatch</Code><Message>.*</Message><AWSAccessKeyId>AKIAOLDOLDOLDOLDOLD1</AWSAccessKeyId><StringToSign>GET\n\n\n.*\n/the-bucket/key</StringToSign><SignatureProvided>.*</SignatureProvided><StringToSignBytes>47 45 54 0a"));
        Assert.That(body, Does.Not.Contain("CanonicalRequest"));
    }

    private async Task<HttpResponseMessage> SignedAsync(HttpMethod method, string uri, string resource, string? body = null)
    {
        var date = Aws.Clock.GetUtcNow().ToString("R");
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes("old-secret"), Encoding.UTF8.GetBytes($"{method}\n\n\n{date}\n{resource}")));
        return (await SendAsync(method, uri, body, ("Date", date), ("Authorization", $"AWS AKIAOLDOLDOLDOLDOLD1:{signature}"))).Response;
    }
}
