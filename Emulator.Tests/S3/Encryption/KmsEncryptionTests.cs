using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Encryption;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html")]
internal sealed class KmsEncryptionTests : S3Fixture
{
    private const string Key = "134f2428-cec1-4b25-a1ae-9048164dba47";
    private const string Md5 = "\"098f6bcd4621d373cade4e832627b4f6\""; // of "test"

    private static readonly ServerSideEncryptionMethod Kms = ServerSideEncryptionMethod.AWSKMS;

    [Test]
    [Observed("2026-02, recorded: test_s3_copy_object_in_place_with_encryption, test_copy_object_kms")]
    public async Task A_copy_is_encrypted_as_its_request_says_and_never_as_its_source()
    {
        var put = await PutAsync("one", "test", put => (put.ServerSideEncryptionMethod, put.ServerSideEncryptionKeyManagementServiceKeyId, put.BucketKeyEnabled) = (Kms, Key, true));
        Assert.That((put.ServerSideEncryptionMethod, put.BucketKeyEnabled, put.ETag == Md5), Is.EqualTo((Kms, (bool?)true, false)));

        var managed = await CopyAsync(copy => copy.ServerSideEncryptionMethod = Kms);
        Assert.That((managed.ServerSideEncryptionMethod, managed.ServerSideEncryptionKeyManagementServiceKeyId == put.ServerSideEncryptionKeyManagementServiceKeyId, managed.BucketKeyEnabled is true), Is.EqualTo((Kms, false, false)));
        Assert.That(managed.ETag, Is.Not.EqualTo(Md5).And.Not.EqualTo(put.ETag));
        Assert.That((await S3.GetObjectMetadataAsync(TheBucket, "one")).ETag, Is.EqualTo(managed.ETag));

        var plain = await CopyAsync(_ => { }); // other keys than the source's are change enough
        Assert.That((plain.ServerSideEncryptionMethod.Value, plain.ServerSideEncryptionKeyManagementServiceKeyId, plain.ETag), Is.EqualTo(("AES256", (string?)null, Md5)));
        Assert.That((await ErrorOf(() => CopyAsync(_ => { }))).ErrorCode, Is.EqualTo("InvalidRequest"));
        Assert.That((await CopyAsync(copy => copy.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256)).ETag, Is.EqualTo(Md5));
        Assert.That(await GetTextAsync("one"), Is.EqualTo("test"));
    }

    [Test]
    [Observed("2026-02, recorded: test_s3_sse_validate_kms_key")]
    public async Task What_cannot_be_a_key_is_not_found()
    {
        await FailsAsync(() => PutAsync("one", "test", put => (put.ServerSideEncryptionMethod, put.ServerSideEncryptionKeyManagementServiceKeyId) = (Kms, "fake-key-id")),
            "KMS.NotFoundException", "Invalid keyId 'fake-key-id'", HttpStatusCode.BadRequest);
        await FailsAsync(() => PutAsync("one", "test", put => (put.ServerSideEncryptionMethod, put.ServerSideEncryptionKeyManagementServiceKeyId) = (Kms, $"arn:aws:kms:eu-west-1:000000000000:key/{Key}")),
            "KMS.NotFoundException", "Invalid arn eu-west-1", HttpStatusCode.BadRequest);
        await FailsAsync(() => S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = TheBucket, Key = "one", ServerSideEncryptionMethod = Kms, ServerSideEncryptionKeyManagementServiceKeyId = "fake-key-id" }),
            "KMS.NotFoundException", "Invalid keyId 'fake-key-id'", HttpStatusCode.BadRequest);
        Assert.That((await ErrorOf(() => S3.GetObjectMetadataAsync(TheBucket, "one"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    [Observed("https://github.com/aws/aws-cli/issues/1431, https://github.com/fog/fog-aws/pull/589")]
    public async Task Headers_stand_only_where_they_belong()
    {
        var (_, alone) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/one", "test", ("x-amz-server-side-encryption-aws-kms-key-id", Key));
        Assert.That(alone, Does.Contain("<Code>InvalidArgument</Code><Message>Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms</Message>"));
        var (_, unknown) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/one", "test", ("x-amz-server-side-encryption", "aws:rot13"));
        Assert.That(unknown, Does.Contain("<Message>The encryption method specified is not supported</Message><ArgumentName>x-amz-server-side-encryption</ArgumentName><ArgumentValue>aws:rot13</ArgumentValue>"));
        var (_, context) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/one", "test", ("x-amz-server-side-encryption", "aws:kms"), ("x-amz-server-side-encryption-context", "{}"));
        Assert.That(context, Does.Contain("<ArgumentName>x-amz-server-side-encryption-context</ArgumentName>"));
        await PutAsync("one", "test");
        var (_, read) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/one", null, ("x-amz-server-side-encryption", "AES256"));
        Assert.That(read, Does.Contain("<Message>x-amz-server-side-encryption header is not supported for this operation.</Message><ArgumentName>x-amz-server-side-encryption</ArgumentName><ArgumentValue>AES256</ArgumentValue>"));
    }

    [Test]
    public async Task The_context_is_told_once_and_two_layers_have_no_bucket_key()
    {
        var context = Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"purpose\":\"test\"}"));
        var put = await PutAsync("one", "test", put =>
            (put.ServerSideEncryptionMethod, put.BucketKeyEnabled, put.ServerSideEncryptionKeyManagementServiceEncryptionContext) = (new ServerSideEncryptionMethod("aws:kms:dsse"), true, context));
        Assert.That((put.ServerSideEncryptionMethod.Value, put.BucketKeyEnabled is true, put.ServerSideEncryptionKeyManagementServiceEncryptionContext), Is.EqualTo(("aws:kms:dsse", false, context)));
        Assert.That((await S3.GetObjectMetadataAsync(TheBucket, "one")).ServerSideEncryptionMethod.Value, Is.EqualTo("aws:kms:dsse"));
    }

    [Test]
    [Observed("https://github.com/ryanto/next-s3-upload/issues/115")]
    public async Task Nobody_unknown_reads_what_KMS_encrypts()
    {
        await PutAsync("one", "test", put => put.ServerSideEncryptionMethod = Kms);
        var (response, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/one");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body, Does.Contain("<Code>InvalidArgument</Code><Message>Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.</Message><ArgumentName>Authorization</ArgumentName><ArgumentValue>null</ArgumentValue>"));
    }

    [Test]
    public async Task A_multipart_upload_is_encrypted_as_it_began()
    {
        var begun = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = TheBucket, Key = "big", ServerSideEncryptionMethod = Kms, ServerSideEncryptionKeyManagementServiceKeyId = Key });
        var bytes = Bytes(5 * 1024 * 1024);
        var part = await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = "big", UploadId = begun.UploadId, PartNumber = 1, InputStream = new MemoryStream(bytes) });
        await PutAsync("small", "test");
        var copied = await S3.CopyPartAsync(new CopyPartRequest { SourceBucket = TheBucket, SourceKey = "small", DestinationBucket = TheBucket, DestinationKey = "big", UploadId = begun.UploadId, PartNumber = 2 });
        Assert.That((part.ETag == $"\"{Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(bytes))}\"", copied.ETag == Md5), Is.EqualTo((false, false)));
        var made = await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = "big", UploadId = begun.UploadId, PartETags = [new(1, part.ETag), new(2, copied.ETag)] });
        var head = await S3.GetObjectMetadataAsync(TheBucket, "big");
        Assert.That((begun.ServerSideEncryptionMethod, part.ServerSideEncryptionMethod, made.ServerSideEncryptionMethod, head.ServerSideEncryptionMethod), Is.EqualTo((Kms, Kms, Kms, Kms)));
        Assert.That((head.ServerSideEncryptionKeyManagementServiceKeyId, head.ETag, head.ContentLength), Is.EqualTo((begun.ServerSideEncryptionKeyManagementServiceKeyId, made.ETag, bytes.Length + 4L)));
        Assert.That((await GetAsync("big")).AsSpan(0, bytes.Length).SequenceEqual(bytes), Is.True);
    }

    private Task<CopyObjectResponse> CopyAsync(Action<CopyObjectRequest> with)
    {
        var request = new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "one", DestinationBucket = TheBucket, DestinationKey = "one" };
        with(request);
        return S3.CopyObjectAsync(request);
    }
}
