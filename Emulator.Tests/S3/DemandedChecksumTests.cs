using System.Net;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Documents that must come with a checksum, and checksums of documents.</summary>
[Observed("2025, https://github.com/versity/versitygw/issues/1301; 2013, https://github.com/aws/aws-cli/issues/229; 2014, https://github.com/aws-amplify/aws-sdk-ios/issues/109")]
internal sealed class DemandedChecksumTests : S3Fixture
{
    [TestCase("POST", "?delete", "<Delete><Object><Key>a</Key></Object></Delete>", 200)]
    [TestCase("PUT", "?cors", "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>", 200)]
    [TestCase("PUT", "?tagging", "<Tagging><TagSet/></Tagging>", 204)]
    [TestCase("PUT", "?lifecycle", "<LifecycleConfiguration><Rule><ID>a</ID><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>", 200)]
    public async Task Some_documents_must_come_with_a_checksum(string method, string query, string document, int status)
    {
        var target = $"/{TheBucket}{query}";
        var (refused, body) = await SendAsync(new(method), target, document);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body, Does.Contain("<Code>InvalidRequest</Code><Message>Missing required header for this request: Content-MD5 OR x-amz-checksum-*</Message>"));
        Assert.That((int)(await SendDocumentAsync(new(method), target, document)).Response.StatusCode, Is.EqualTo(status));
        var sha1 = Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(document)));
        Assert.That((int)(await SendAsync(new(method), target, document, ("x-amz-checksum-sha1", sha1))).Response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==", "BadDigest")]
    [TestCase("x-amz-checksum-crc32", "AAAAAA==", "BadDigest")]
    [TestCase("Content-MD5", "x", "InvalidDigest")]
    [TestCase("x-amz-checksum-crc32", "x", "InvalidRequest")]
    public async Task A_checksum_that_comes_must_be_that_of_the_document(string header, string value, string code)
    {
        foreach (var target in (string[])["?versioning", "?tagging"])
        {
            var (response, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}{target}", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", (header, value));
            Assert.That((response.StatusCode, body.Contains($"<Code>{code}</Code>", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.BadRequest, true)), body);
        }
    }
}
