using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Amazon.S3;
using NUnit.Framework;

namespace Emulator.Tests.S3.Upstream;

/// <summary>Copies between a bucket here, one that is upstream, and one that is on what is taken for another server.</summary>
internal sealed class CarriedCopyTests : UpstreamFixture
{
    private const string Remote = "remote-bucket";
    private const string Elsewhere = "elsewhere-bucket";

    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    protected override string Yaml => $$"""
        lambda: { functions: { on-event: {} } }
        s3:
          buckets:
            {{Remote}}: { upstream: { {{Server}} }, notifications: { function: on-event, events: 's3:ObjectCreated:*' } }
            {{Elsewhere}}: { upstream: { {{Server}}, trailers: false, bucket: kept-there } }
        """;

    protected override void Configure(AwsEmulatorOptions options)
    {
        base.Configure(options);
        options.Functions = functions => functions.Register<JsonElement>("on-event", (received, _) =>
        {
            var record = received.GetProperty("Records")[0];
            return _events.Writer.WriteAsync($"{record.GetProperty("eventName")} {record.GetProperty("s3").GetProperty("object").GetProperty("size")}").AsTask();
        });
    }

    [SetUp]
    public async Task MakeBucketsAsync()
    {
        await S3There.PutBucketAsync(Remote);
        await S3There.PutBucketAsync("kept-there");
    }

    private static readonly string[][] Ways = [[TheBucket, Remote], [Remote, TheBucket], [Remote, Elsewhere], [Elsewhere, Remote]];

    [TestCaseSource(nameof(Ways))]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html")]
    public async Task An_object_is_copied_with_its_metadata_and_tags(string from, string to)
    {
        var body = Bytes(3 << 20);
        var put = await S3.PutObjectAsync(new()
        {
            BucketName = from,
            Key = "a ä",
            InputStream = new MemoryStream(body),
            ContentType = "text/plain",
            Headers = { CacheControl = "no-cache" },
            Metadata = { ["k"] = "v" },
            TagSet = [new() { Key = "t", Value = "1 2" }],
        });
        var copy = await S3.CopyObjectAsync(new() { SourceBucket = from, SourceKey = "a ä", DestinationBucket = to, DestinationKey = "b", StorageClass = S3StorageClass.StandardInfrequentAccess });
        using var got = await S3.GetObjectAsync(to, "b");
        var tags = await S3.GetObjectTaggingAsync(new() { BucketName = to, Key = "b" });
        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        Assert.Multiple(() =>
        {
            Assert.That(copy.ETag, Is.EqualTo(put.ETag));
            Assert.That(copy.LastModified, Is.Not.Null);
            Assert.That(read.ToArray().AsSpan().SequenceEqual(body), Is.True);
            Assert.That((got.Headers.ContentType, got.Headers.CacheControl, got.Metadata["k"]), Is.EqualTo(("text/plain", "no-cache", "v")));
            Assert.That(got.StorageClass, Is.EqualTo(S3StorageClass.StandardInfrequentAccess));
            Assert.That(tags.Tagging.Single().Value, Is.EqualTo("1 2"));
        });
    }

    [TestCaseSource(nameof(Ways))]
    public async Task What_is_replaced_is_not_copied(string from, string to)
    {
        await S3.PutObjectAsync(new() { BucketName = from, Key = "a", ContentBody = "x", ContentType = "text/plain", Metadata = { ["old"] = "v" }, TagSet = [new() { Key = "t", Value = "1" }] });
        await S3.CopyObjectAsync(new()
        {
            SourceBucket = from,
            SourceKey = "a",
            DestinationBucket = to,
            DestinationKey = "b",
            MetadataDirective = S3MetadataDirective.REPLACE,
            ContentType = "text/css",
            Metadata = { ["new"] = "w" },
            TagSet = [new() { Key = "u", Value = "2" }],
        });
        var head = await S3.GetObjectMetadataAsync(to, "b");
        Assert.Multiple(() =>
        {
            Assert.That(head.Headers.ContentType, Is.EqualTo("text/css"));
            Assert.That(head.Metadata.Keys, Is.EqualTo(new[] { "x-amz-meta-new" }));
        });
    }

    [TestCaseSource(nameof(Ways))]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html")]
    public async Task A_range_becomes_a_part(string from, string to)
    {
        await S3.PutObjectAsync(new() { BucketName = from, Key = "a", ContentBody = "0123456789" });
        var upload = await S3.InitiateMultipartUploadAsync(to, "b");
        var part = await S3.CopyPartAsync(new()
        {
            SourceBucket = from,
            SourceKey = "a",
            FirstByte = 2,
            LastByte = 4,
            DestinationBucket = to,
            DestinationKey = "b",
            UploadId = upload.UploadId,
            PartNumber = 1,
        });
        await S3.CompleteMultipartUploadAsync(new() { BucketName = to, Key = "b", UploadId = upload.UploadId, PartETags = [new(1, part.ETag)] });
        using var got = await S3.GetObjectAsync(to, "b");
        Assert.That(new StreamReader(got.ResponseStream).ReadToEnd(), Is.EqualTo("234"));
    }

    [TestCaseSource(nameof(Ways))]
    public async Task What_does_not_hold_is_told_and_nothing_is_made(string from, string to)
    {
        await S3.PutObjectAsync(new() { BucketName = from, Key = "a", ContentBody = "x" });
        Assert.Multiple(async () =>
        {
            await FailsAsync(() => S3.CopyObjectAsync(new() { SourceBucket = from, SourceKey = "a", DestinationBucket = to, DestinationKey = "b", ETagToMatch = "other" }),
                "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", HttpStatusCode.PreconditionFailed);
            await FailsAsync(() => S3.CopyObjectAsync(from, "absent", to, "b"), "NoSuchKey", "The specified key does not exist.", HttpStatusCode.NotFound);
            Assert.That((await S3.ListObjectsV2Async(new() { BucketName = to })).S3Objects ?? [], Is.Empty);
        });
    }

    [Test]
    public async Task Its_event_is_that_of_a_copy()
    {
        await PutAsync("a", "12345");
        await S3.CopyObjectAsync(TheBucket, "a", Remote, "b");
        Assert.That(await _events.Reader.ReadAsync(), Is.EqualTo("ObjectCreated:Copy 5"));
    }

    [Test]
    public async Task A_version_is_copied_by_its_id()
    {
        await S3There.PutBucketVersioningAsync(new() { BucketName = Remote, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        var old = await S3.PutObjectAsync(new() { BucketName = Remote, Key = "a", ContentBody = "old" });
        await S3.PutObjectAsync(new() { BucketName = Remote, Key = "a", ContentBody = "new" });
        var copy = await S3.CopyObjectAsync(new() { SourceBucket = Remote, SourceKey = "a", SourceVersionId = old.VersionId, DestinationBucket = TheBucket, DestinationKey = "b" });
        Assert.That((await GetTextAsync("b"), copy.SourceVersionId), Is.EqualTo(("old", old.VersionId)));
    }
}
