using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Encryption;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html")]
internal sealed class UpdateObjectEncryptionTests : S3Fixture
{
    private const string Key = "arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555";

    [TestCase("STANDARD")]
    [TestCase("DEEP_ARCHIVE")]
    public async Task Another_key_encrypts_an_object_and_all_else_stays(string storageClass)
    {
        await PutAsync("a", "x", put => put.StorageClass = storageClass);
        var before = await S3.GetObjectMetadataAsync(TheBucket, "a");
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        await UpdateAsync("a", Key, bucketKey: true);
        var after = await S3.GetObjectMetadataAsync(TheBucket, "a");
        Assert.That((after.ServerSideEncryptionMethod.Value, after.ServerSideEncryptionKeyManagementServiceKeyId, after.BucketKeyEnabled), Is.EqualTo(("aws:kms", Key, (bool?)true)));
        Assert.That((after.ETag, after.LastModified, after.StorageClass), Is.EqualTo((before.ETag, before.LastModified, before.StorageClass)));
        await UpdateAsync("a", Key[..^1] + "6", bucketKey: null);
        after = await S3.GetObjectMetadataAsync(TheBucket, "a");
        Assert.That((after.ServerSideEncryptionKeyManagementServiceKeyId, after.BucketKeyEnabled), Is.EqualTo((Key[..^1] + "6", (bool?)null)));
    }

    [TestCase("<SSE-S3/>", "InvalidRequest", "require a valid new encryption type")]
    [TestCase("", "InvalidRequest", "require a valid new encryption type")]
    [TestCase("<SSE-KMS><BucketKeyEnabled>true</BucketKeyEnabled></SSE-KMS>", "InvalidRequest", "require an AWS KMS key Amazon Resource Name")]
    [TestCase("<SSE-KMS><KMSKeyArn>11111111-2222-3333-4444-555555555555</KMSKeyArn></SSE-KMS>", "InvalidRequest", "require a valid AWS KMS key Amazon Resource Name")]
    [TestCase($"<SSE-KMS><KMSKeyArn>{Key}</KMSKeyArn><BucketKeyEnabled>yes</BucketKeyEnabled></SSE-KMS>", "InvalidRequest", "The BucketKeyEnabled value isn't valid")]
    [TestCase("<SSE-KMS><KMSKeyArn>arn:aws:kms:us-east-1:222222222222:key/11111111-2222-3333-4444-555555555555</KMSKeyArn></SSE-KMS>", "AccessDenied", "must be owned by the same account as the bucket")]
    public async Task What_cannot_be_is_refused(string content, string code, string text)
    {
        await PutAsync("a", "x");
        var (_, body) = await SendDocumentAsync(HttpMethod.Put, $"/{TheBucket}/a?encryption", $"<ObjectEncryption>{content}</ObjectEncryption>", ("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>").And.Contain(text));
        Assert.That((await S3.GetObjectMetadataAsync(TheBucket, "a")).ServerSideEncryptionMethod.Value, Is.EqualTo("AES256"));
    }

    [Test]
    public async Task Neither_two_layers_nor_a_clients_key_nor_a_lock_are_taken_off()
    {
        await PutAsync("dual", "x", put => put.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMSDSSE);
        Assert.That((await ErrorOf(() => UpdateAsync("dual", Key, null))).Message, Does.StartWith("The UpdateObjectEncryption operation doesn't support source objects with the encryption type DSSE-KMS or SSE-C."));
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = TheBucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        await S3.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest { BucketName = TheBucket, ObjectLockConfiguration = new() { ObjectLockEnabled = ObjectLockEnabled.Enabled } });
        await PutAsync("held", "x", put => put.ObjectLockLegalHoldStatus = ObjectLockLegalHoldStatus.On);
        var error = await ErrorOf(() => UpdateAsync("held", Key, null));
        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.Forbidden, "AccessDenied")));
        Assert.That(error.Message, Does.Contain("is protected by S3 Object Lock"));
    }

    private Task UpdateAsync(string key, string arn, bool? bucketKey) => S3.UpdateObjectEncryptionAsync(new UpdateObjectEncryptionRequest
    {
        BucketName = TheBucket,
        Key = key,
        ObjectEncryption = new() { SSEKMS = new() { KMSKeyArn = arn, BucketKeyEnabled = bucketKey } },
    });
}
