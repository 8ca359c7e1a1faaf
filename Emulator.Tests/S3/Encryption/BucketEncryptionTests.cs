using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Encryption;

internal sealed class BucketEncryptionTests : S3Fixture
{
    private const string Key = "134f2428-cec1-4b25-a1ae-9048164dba47";

    [Test]
    [Observed("2026-02, recorded: test_s3_default_bucket_encryption")]
    public async Task Every_bucket_encrypts_with_the_keys_of_S3_and_returns_to_them()
    {
        await IsDefaultAsync();
        await PutEncryptionAsync(new() { ServerSideEncryptionAlgorithm = "aws:kms", ServerSideEncryptionKeyManagementServiceKeyId = Key }, true);
        var rule = await RuleAsync();
        Assert.That((rule.ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm.Value, rule.ServerSideEncryptionByDefault.ServerSideEncryptionKeyManagementServiceKeyId, rule.BucketKeyEnabled), Is.EqualTo(("aws:kms", Key, true)));
        for (var i = 0; i < 2; i++) Assert.That((await S3.DeleteBucketEncryptionAsync(new DeleteBucketEncryptionRequest { BucketName = TheBucket })).HttpStatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await IsDefaultAsync();
    }

    [Test]
    [Observed("2026-02, recorded: test_s3_default_bucket_encryption_exc")]
    public async Task Exactly_one_rule_is_taken_and_a_key_only_with_KMS()
    {
        const string Malformed = "The XML you provided was not well-formed or did not validate against our published schema";
        foreach (var rules in new[] { "", "<Rule/><Rule/>", "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>ROT13</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>" })
        {
            var (response, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}?encryption", $"<ServerSideEncryptionConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{rules}</ServerSideEncryptionConfiguration>");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(body, Does.Contain($"<Code>MalformedXML</Code><Message>{Malformed}</Message>"));
        }
        await FailsAsync(() => PutEncryptionAsync(new() { ServerSideEncryptionAlgorithm = "AES256", ServerSideEncryptionKeyManagementServiceKeyId = Key }, false),
            "InvalidArgument", "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse", HttpStatusCode.BadRequest);
        var (_, absent) = await SendAsync(HttpMethod.Get, "/absent-bucket?encryption"); // the SDK makes no error of it
        Assert.That(absent, Does.Contain("<Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message>"));
    }

    [Test]
    [Observed("2026-02, recorded: test_s3_bucket_encryption_sse_kms")]
    public async Task Objects_are_encrypted_by_the_default_of_their_bucket()
    {
        await PutEncryptionAsync(new() { ServerSideEncryptionAlgorithm = "aws:kms", ServerSideEncryptionKeyManagementServiceKeyId = Key }, true);
        var put = await PutAsync("one", "test-encrypted");
        var arn = put.ServerSideEncryptionKeyManagementServiceKeyId;
        var head = await S3.GetObjectMetadataAsync(TheBucket, "one");
        Assert.Multiple(() =>
        {
            Assert.That(arn, Does.StartWith("arn:aws:kms:us-east-1:").And.EndsWith(":key/" + Key));
            Assert.That((put.ServerSideEncryptionMethod.Value, put.BucketKeyEnabled), Is.EqualTo(("aws:kms", (bool?)true)));
            Assert.That((head.ServerSideEncryptionMethod.Value, head.BucketKeyEnabled, head.ServerSideEncryptionKeyManagementServiceKeyId, head.ETag), Is.EqualTo(("aws:kms", (bool?)true, arn, put.ETag)));
            Assert.That(put.ETag, Does.Match("^\"[0-9a-f]{32}\"$").And.Not.EqualTo("\"16b66fb6b9c0e864b0291fa0dbb5a946\"")); // which is the MD5
        });
        Assert.That(await GetTextAsync("one"), Is.EqualTo("test-encrypted"));

        await PutEncryptionAsync(new() { ServerSideEncryptionAlgorithm = "aws:kms", ServerSideEncryptionKeyManagementServiceKeyId = Key }, false);
        Assert.That((await PutAsync("two", "test-encrypted")).BucketKeyEnabled, Is.Not.True);
        var plain = await PutAsync("three", "test-encrypted", put => put.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256);
        Assert.That((plain.ServerSideEncryptionMethod.Value, plain.ETag), Is.EqualTo(("AES256", "\"16b66fb6b9c0e864b0291fa0dbb5a946\"")));
    }

    private async Task IsDefaultAsync()
    {
        var rule = await RuleAsync();
        Assert.That((rule.ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm.Value, rule.ServerSideEncryptionByDefault.ServerSideEncryptionKeyManagementServiceKeyId, rule.BucketKeyEnabled), Is.EqualTo(("AES256", (string?)null, false)));
    }

    private async Task<ServerSideEncryptionRule> RuleAsync() =>
        (await S3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = TheBucket })).ServerSideEncryptionConfiguration.ServerSideEncryptionRules.Single();

    private Task PutEncryptionAsync(ServerSideEncryptionByDefault byDefault, bool bucketKey) => S3.PutBucketEncryptionAsync(new PutBucketEncryptionRequest
    {
        BucketName = TheBucket,
        ServerSideEncryptionConfiguration = new() { ServerSideEncryptionRules = [new() { ServerSideEncryptionByDefault = byDefault, BucketKeyEnabled = bucketKey }] },
    });
}
