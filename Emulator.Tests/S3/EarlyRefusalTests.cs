using System.Text;
using Emulator.Tests.S3.Fuzzing;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>What the headers show to be wrong is refused before the body is sent, to a client that waits for a go-ahead.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTRedirect.html#RESTRedirectExample")]
internal sealed class EarlyRefusalTests : S3Fixture
{
    protected override void Configure(AwsEmulatorOptions options) => options.Configuration = "iam: enforce";

    [TestCase("PUT /no-such-bucket/key", "", 404, "NoSuchBucket")]
    [TestCase("PUT /no-such-bucket?versioning", "", 404, "NoSuchBucket")]
    [TestCase("POST /no-such-bucket?delete", "", 404, "NoSuchBucket")]
    [TestCase("PUT /the-bucket/key", "Content-Length: 5368709121", 400, "EntityTooLarge")]
    [TestCase("PUT /the-bucket/there", "If-None-Match: *", 412, "PreconditionFailed")]
    [TestCase("PUT /the-bucket/there", "If-Match: \"x\"", 412, "PreconditionFailed")]
    [TestCase("PUT /the-bucket/key", "x-amz-storage-class: COLD", 400, "InvalidStorageClass")]
    [TestCase("PUT /the-bucket/key", "x-amz-server-side-encryption: AES192", 400, "InvalidArgument")]
    [TestCase("PUT /the-bucket/key", "x-amz-checksum-sha256: bad", 400, "InvalidRequest")]
    [TestCase("PUT /the-bucket/key", "x-amz-expected-bucket-owner: 999999999999", 403, "AccessDenied")]
    [TestCase("PUT /the-bucket/key?partNumber=1&uploadId=none", "", 404, "NoSuchUpload")]
    [TestCase("POST /the-bucket/key?uploadId=none", "", 404, "NoSuchUpload")]
    [TestCase("PUT /the-bucket?tagging", "", 400, "InvalidRequest")]
    public async Task Before_its_body_is_sent(string line, string header, int status, string code)
    {
        await PutAsync("there", "x");
        var answer = await AskAsync(line, [S3Signing.RootKey, "x-amz-content-sha256: UNSIGNED-PAYLOAD"], header);
        Assert.That((answer.Status, answer.Text.Contains($"<Code>{code}", StringComparison.Ordinal)), Is.EqualTo((status, true)), answer.ToString());
        Assert.That(answer.Head, Does.Contain("Connection: close"), "the body that was announced never comes");
    }

    [Test]
    public async Task Nobody_sends_a_body_that_may_not()
    {
        var answer = await AskAsync("PUT /the-bucket/key", [], "");
        Assert.That(answer.Status, Is.EqualTo(403));
        Assert.That(answer.Text, Does.Contain("<Code>AccessDenied</Code>"));
    }

    [TestCase("GET /no-such-bucket/key")]
    [TestCase("DELETE /no-such-bucket/key")]
    [TestCase("GET /no-such-bucket?list-type=2")]
    [Observed("2026-11, ceph/s3-tests: test_object_delete_key_bucket_gone; every browser that asks for a bucket that is not there")]
    public async Task That_a_bucket_is_not_there_everyone_is_told(string line)
    {
        var (response, body) = await SendAsync(new(line.Split(' ')[0]), line.Split(' ')[1]);
        Assert.That((int)response.StatusCode, Is.EqualTo(404));
        Assert.That(body, Does.Contain("<Code>NoSuchBucket</Code>"));
    }

    [TestCase("x-amz-server-side-encryption", "AES192")]
    [TestCase("x-amz-server-side-encryption-customer-algorithm", "AES192")]
    [Observed("2026-11, ceph/s3-tests: test_bucket_policy_put_obj_s3_incorrect_algo_sse_s3, test_encryption_sse_c_deny_algo_with_bucket_policy")]
    public async Task A_policy_denies_a_method_of_encryption_before_it_is_found_unknown(string header, string value)
    {
        var policy = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::the-bucket/*","Condition":{"StringNotEquals":{"s3:HEADER":"AES256"}}}}""";
        await S3.PutBucketPolicyAsync(TheBucket, policy.Replace("HEADER", header, StringComparison.Ordinal));
        var answer = await AskAsync("PUT /the-bucket/key", [S3Signing.RootKey, "x-amz-content-sha256: UNSIGNED-PAYLOAD"], $"{header}: {value}");
        Assert.That(answer.Status, Is.EqualTo(403), answer.ToString());
    }

    /// <summary>Sends a head that announces ten bytes, and waits for an answer without sending one of them.</summary>
    private async Task<RawAnswer> AskAsync(string line, string[] signature, string header)
    {
        var head = new StringBuilder($"{line} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n");
        if (!header.StartsWith("Content-Length", StringComparison.Ordinal)) head.Append("Content-Length: 10\r\n");
        if (signature.Length > 0) head.Append($"x-amz-date: {S3Signing.Date}\r\n");
        foreach (var one in signature) head.Append(one.StartsWith("AWS4", StringComparison.Ordinal) ? $"Authorization: {one}\r\n" : $"{one}\r\n");
        if (header.Length > 0) head.Append($"{header}\r\n");
        return await RawHttp.SendAsync(await Aws.ListenAsync(), Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), closes: false).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
