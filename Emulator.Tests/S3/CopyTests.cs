using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html")]
internal sealed class CopyTests : S3Fixture
{
    [Test]
    public async Task A_copy_has_its_source_s_bytes_and_metadata()
    {
        await PutAsync("source", "body", put =>
        {
            put.ContentType = "application/json";
            put.Metadata["key"] = "value";
            put.WebsiteRedirectLocation = "/not-copied";
        });
        await S3.CopyObjectAsync(TheBucket, "source", TheBucket, "copy");
        await PutAsync("source", "other");
        var head = await S3.GetObjectMetadataAsync(TheBucket, "copy");
        Assert.That((await GetTextAsync("copy"), head.Headers.ContentType, head.Metadata["key"], head.WebsiteRedirectLocation), Is.EqualTo(("body", "application/json", "value", (string?)null)));
    }

    [Test]
    public async Task Metadata_is_replaced_when_asked()
    {
        await PutAsync("source", "body", put => put.Metadata["key"] = "value");
        await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "source", DestinationBucket = TheBucket, DestinationKey = "copy", MetadataDirective = S3MetadataDirective.REPLACE, ContentType = "image/jpg", Metadata = { ["another-key"] = "value" } });
        var head = await S3.GetObjectMetadataAsync(TheBucket, "copy");
        Assert.That((head.Headers.ContentType, head.Metadata["another-key"], head.Metadata["key"]), Is.EqualTo(("image/jpg", "value", (string?)null)));
    }

    [Test]
    [Observed("2024, recorded answers: test_s3_copy_object_in_place")]
    public async Task A_copy_to_itself_must_change_something()
    {
        await PutAsync("key", "body");
        await FailsAsync(() => S3.CopyObjectAsync(TheBucket, "key", TheBucket, "key"), "InvalidRequest",
            "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.", HttpStatusCode.BadRequest);
        await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "key", DestinationBucket = TheBucket, DestinationKey = "key", StorageClass = S3StorageClass.StandardInfrequentAccess });
        Assert.That(await GetTextAsync("key"), Is.EqualTo("body"));
        await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "key", DestinationBucket = TheBucket, DestinationKey = "key", MetadataDirective = S3MetadataDirective.REPLACE });
        Assert.That(await GetTextAsync("key"), Is.EqualTo("body"));
    }

    [Test]
    [Observed("2024, recorded answers: test_s3_copy_object_with_checksum")]
    public async Task The_checksum_is_kept_or_computed_anew()
    {
        await PutAsync("key", "{\"key\": \"value\"}", put => put.ChecksumAlgorithm = ChecksumAlgorithm.CRC32);
        var kept = await S3.CopyObjectAsync(TheBucket, "key", TheBucket, "kept");
        var anew = await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "key", DestinationBucket = TheBucket, DestinationKey = "anew", ChecksumAlgorithm = ChecksumAlgorithm.SHA256 });
        Assert.That((kept.ChecksumCRC32, anew.ChecksumSHA256, anew.ETag), Is.EqualTo(("MzVIGw==", "lyTB4g5uPk1/V+0l+dTvsAblCFkNUoyQ2ll/andcE+U=", "\"88bac95f31528d13a072c05f2a1cf371\"")));
    }

    [Test]
    [Observed("2024, recorded answers: test_s3_copy_object_preconditions")]
    public async Task A_copy_is_conditional_on_its_source()
    {
        var put = await PutAsync("key", "data");
        foreach (var (header, value) in new[] { ("If-Match", "\"other\""), ("If-None-Match", put.ETag), ("If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT") })
        {
            var (response, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/copy", null, ("x-amz-copy-source", $"{TheBucket}/key"), ($"x-amz-copy-source-{header}", value));
            Assert.That(((int)response.StatusCode, body.Contains($"<Condition>x-amz-copy-source-{header}</Condition>", StringComparison.Ordinal)), Is.EqualTo((412, true)), body);
        }
        var (future, _) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/copy", null, ("x-amz-copy-source", $"{TheBucket}/key"), ("x-amz-copy-source-if-modified-since", "Mon, 01 Jan 2125 00:00:00 GMT"));
        Assert.That(future.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    [Observed("2024, recorded answers: test_s3_copy_object_src_not_exists and _wrong_format")]
    public async Task A_source_must_be_there()
    {
        await FailsAsync(() => S3.CopyObjectAsync(TheBucket, "absent", TheBucket, "copy"), "NoSuchKey", "The specified key does not exist.", HttpStatusCode.NotFound);
        await FailsAsync(() => S3.CopyObjectAsync("absent-bucket", "absent", TheBucket, "copy"), "NoSuchBucket", "The specified bucket does not exist", HttpStatusCode.NotFound);
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/copy", null, ("x-amz-copy-source", "no-slash"))).Body, Does.Contain("<Message>Invalid copy source object key</Message><ArgumentName>x-amz-copy-source</ArgumentName><ArgumentValue>no-slash</ArgumentValue>"));
    }

    [TestCase("file%2Fname")]
    [TestCase("test@key/")]
    [TestCase("test key//")]
    [TestCase("test+key")]
    [TestCase("한글?versionId=x")]
    public async Task Sources_of_any_letters_are_found(string key)
    {
        await PutAsync(key, "body");
        await S3.CopyObjectAsync(TheBucket, key, TheBucket, "copy of " + key);
        Assert.That(await GetTextAsync("copy of " + key), Is.EqualTo("body"));
    }

    [Test]
    public async Task A_shared_body_lives_as_long_as_one_of_its_objects()
    {
        var body = Bytes(200_000);
        await PutAsync("a", body);
        await S3.CopyObjectAsync(TheBucket, "a", TheBucket, "b");
        await S3.CopyObjectAsync(TheBucket, "b", TheBucket, "c");
        await S3.DeleteObjectAsync(TheBucket, "a");
        await PutAsync("b", "other");
        Assert.That(await GetAsync("c"), Is.EqualTo(body));
    }

    [Test]
    public async Task Tags_are_copied_or_replaced()
    {
        await PutAsync("key", "x", put => put.TagSet = [new() { Key = "key1", Value = "value1" }]);
        await S3.CopyObjectAsync(TheBucket, "key", TheBucket, "copied");
        await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "key", DestinationBucket = TheBucket, DestinationKey = "replaced", TagSet = [new() { Key = "key2", Value = "value2" }], TaggingDirective = TaggingDirective.REPLACE });
        Assert.That((await TagsAsync("copied"), await TagsAsync("replaced")), Is.EqualTo(("key1=value1", "key2=value2")));
    }

    private async Task<string> TagsAsync(string key) =>
        string.Join('&', (await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = TheBucket, Key = key })).Tagging.Select(tag => $"{tag.Key}={tag.Value}"));
}
