using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Upstream;

/// <summary>What clients do with objects whose bucket is upstream: under its own name, or another.</summary>
[TestFixture(TheBucket)]
[TestFixture("kept-there")]
internal sealed class ForwardedObjectTests(string nameThere) : UpstreamFixture
{
    protected override string Yaml => nameThere == TheBucket ? $"s3: {{ upstream: {{ {Server} }} }}" : $"s3: {{ buckets: {{ {TheBucket}: {{ upstream: {{ {Server}, bucket: {nameThere} }} }} }} }}";

    [Test]
    public async Task An_object_is_put_there_with_all_that_it_has_and_comes_back()
    {
        var put = await PutAsync("a", "body", request =>
        {
            request.ContentType = "text/plain";
            request.Headers.CacheControl = "no-cache";
            request.Headers.ContentEncoding = "identity";
            request.Metadata["city"] = "Köln";
            request.TagSet = [new() { Key = "k", Value = "v" }];
            request.StorageClass = S3StorageClass.StandardInfrequentAccess;
            request.ChecksumAlgorithm = ChecksumAlgorithm.SHA256;
        });
        using var there = await S3There.GetObjectAsync(new GetObjectRequest { BucketName = nameThere, Key = "a", ChecksumMode = ChecksumMode.ENABLED });
        using var here = await S3.GetObjectAsync(new GetObjectRequest { BucketName = TheBucket, Key = "a", ChecksumMode = ChecksumMode.ENABLED });
        Assert.Multiple(() =>
        {
            foreach (var found in new[] { there, here })
            {
                Assert.That(new StreamReader(found.ResponseStream).ReadToEnd(), Is.EqualTo("body"));
                Assert.That((found.Headers.ContentType, found.Headers.CacheControl, found.Headers.ContentEncoding), Is.EqualTo(("text/plain", "no-cache", "identity")));
                Assert.That((found.ETag, found.ContentLength, found.TagCount), Is.EqualTo((put.ETag, 4L, 1)));
                Assert.That(found.Metadata["city"], Is.EqualTo("=?UTF-8?Q?K=C3=B6ln?="));
                Assert.That(found.StorageClass, Is.EqualTo(S3StorageClass.StandardInfrequentAccess));
                Assert.That(found.ChecksumSHA256, Is.EqualTo(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("body"u8))));
            }
            Assert.That(here.ResponseMetadata.RequestId, Is.EqualTo(Aws.Journal.Of("s3", "GetObject").Single().RequestId));
        });
    }

    [TestCase("a b+c%20d/ü/한")]
    [TestCase("./a/../b//c/")]
    [TestCase("/leading")]
    [TestCase("quote'\"<&>;?#[]@!$(),=*~")]
    public async Task A_key_is_the_same_there(string key)
    {
        await PutAsync(key, "x");
        Assert.Multiple(async () =>
        {
            Assert.That(await GetTextAsync(key), Is.EqualTo("x"));
            Assert.That(Keys((await S3There.ListObjectsV2Async(new() { BucketName = nameThere })).S3Objects), Is.EqualTo(new[] { key }));
        });
    }

    [Test]
    public async Task Ranges_conditions_and_heads_are_answered_there()
    {
        var put = await PutAsync("a", "0123456789");
        var head = await S3.GetObjectMetadataAsync(TheBucket, "a");
        var (notModified, _) = await SendAsync(HttpMethod.Get, await PresignAsync(HttpVerb.GET, "a"), null, ("If-None-Match", put.ETag));
        Assert.Multiple(async () =>
        {
            Assert.That(await GetTextAsync("a", request => request.ByteRange = new("bytes=2-4")), Is.EqualTo("234"));
            Assert.That((head.ContentLength, head.ETag), Is.EqualTo((10L, put.ETag)));
            Assert.That(notModified.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(notModified.Headers.ETag!.Tag, Is.EqualTo(put.ETag));
            await FailsAsync(() => GetAsync("a", request => request.ByteRange = new("bytes=10-20")), "InvalidRange", "The requested range is not satisfiable", HttpStatusCode.RequestedRangeNotSatisfiable);
            await FailsAsync(() => PutAsync("a", "x", request => request.IfNoneMatch = "*"), "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", HttpStatusCode.PreconditionFailed);
        });
    }

    [Test]
    public async Task An_error_of_S3_is_told_as_ones_own()
    {
        var error = await ErrorOf(() => GetAsync("absent"));
        Assert.That((error.ErrorCode, error.Message, error.StatusCode, error.RequestId), Is.EqualTo(("NoSuchKey", "The specified key does not exist.", HttpStatusCode.NotFound, Aws.Journal.Entries[^1].RequestId)));
        await S3.DeleteBucketAsync(TheBucket);
        var (_, body) = await SendAsync(HttpMethod.Get, await PresignAsync(HttpVerb.GET, "a"));
        Assert.Multiple(() =>
        {
            Assert.That(body, Does.Contain("<Code>NoSuchBucket</Code>").And.Contains($"<BucketName>{TheBucket}</BucketName>").And.Contains($"<RequestId>{Aws.Journal.Entries[^1].RequestId}</RequestId>"));
            Assert.That(Aws.Journal.Entries[^1].ErrorCode, Is.EqualTo("NoSuchBucket"));
            Assert.That(async () => (await ErrorOf(() => S3.GetObjectMetadataAsync(TheBucket, "a"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task Lists_have_the_buckets_name_here_and_page_by_tokens_from_there()
    {
        foreach (var key in new[] { "a", "b", "c", "d/e" }) await PutAsync(key);
        var first = await S3.ListObjectsV2Async(new() { BucketName = TheBucket, MaxKeys = 2 });
        var second = await S3.ListObjectsV2Async(new() { BucketName = TheBucket, ContinuationToken = first.NextContinuationToken, Delimiter = "/" });
        var versions = await S3.ListVersionsAsync(TheBucket);
        Assert.Multiple(() =>
        {
            Assert.That((first.Name, versions.Name), Is.EqualTo((TheBucket, TheBucket)));
            Assert.That(Keys(first.S3Objects), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(Keys(second.S3Objects), Is.EqualTo(new[] { "c" }));
            Assert.That(second.CommonPrefixes, Is.EqualTo(new[] { "d/" }));
            Assert.That(versions.Versions, Has.Count.EqualTo(4));
        });
    }

    [Test]
    public async Task Versions_are_read_and_deleted_by_their_ids()
    {
        await S3.PutBucketVersioningAsync(new() { BucketName = TheBucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        var old = await PutAsync("a", "old");
        await PutAsync("a", "new");
        Assert.That(await GetTextAsync("a", request => request.VersionId = old.VersionId), Is.EqualTo("old"));
        await S3.DeleteObjectAsync(TheBucket, "a", old.VersionId);
        Assert.That((await S3There.ListVersionsAsync(nameThere)).Versions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Uploads_in_parts_are_made_there()
    {
        var upload = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = TheBucket, Key = "a/b", ChecksumAlgorithm = ChecksumAlgorithm.CRC32 });
        var body = Bytes(6 << 20);
        await PutAsync("source", "copied");
        var first = await S3.UploadPartAsync(new() { BucketName = TheBucket, Key = "a/b", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream(body), ChecksumAlgorithm = ChecksumAlgorithm.CRC32 });
        var second = await S3.CopyPartAsync(new() { SourceBucket = TheBucket, SourceKey = "source", DestinationBucket = TheBucket, DestinationKey = "a/b", UploadId = upload.UploadId, PartNumber = 2 });
        var parts = await S3.ListPartsAsync(new ListPartsRequest { BucketName = TheBucket, Key = "a/b", UploadId = upload.UploadId });
        var uploads = await S3.ListMultipartUploadsAsync(TheBucket);
        var completed = await S3.CompleteMultipartUploadAsync(new()
        {
            BucketName = TheBucket,
            Key = "a/b",
            UploadId = upload.UploadId,
            PartETags = [new(1, first.ETag) { ChecksumCRC32 = first.ChecksumCRC32 }, new(2, second.ETag) { ChecksumCRC32 = parts.Parts[1].ChecksumCRC32 }],
        });
        Assert.Multiple(async () =>
        {
            Assert.That((upload.BucketName, parts.BucketName, uploads.BucketName, completed.BucketName), Is.EqualTo((TheBucket, TheBucket, TheBucket, TheBucket)));
            Assert.That(completed.Location, Does.Contain(TheBucket).And.EndsWith("/a%2Fb"));
            Assert.That(parts.Parts, Has.Count.EqualTo(2));
            Assert.That((await GetAsync("a/b")).AsSpan().SequenceEqual([.. body, .. "copied"u8]), Is.True);
        });
    }

    [Test]
    public async Task A_copy_within_the_server_is_made_there()
    {
        await PutAsync("a ä", "body");
        var copy = await S3.CopyObjectAsync(TheBucket, "a ä", TheBucket, "b");
        Assert.That((await S3There.GetObjectMetadataAsync(nameThere, "b")).ETag, Is.EqualTo(copy.ETag));
    }

    [Test]
    public async Task Many_objects_are_deleted_at_once()
    {
        foreach (var key in new[] { "a", "b&<", "c" }) await PutAsync(key);
        var deleted = await S3.DeleteObjectsAsync(new() { BucketName = TheBucket, Objects = [new() { Key = "a" }, new() { Key = "b&<" }] });
        var quiet = await S3.DeleteObjectsAsync(new() { BucketName = TheBucket, Objects = [new() { Key = "c" }], Quiet = true });
        Assert.Multiple(async () =>
        {
            Assert.That(deleted.DeletedObjects.Select(one => one.Key), Is.EquivalentTo(new[] { "a", "b&<" }));
            Assert.That(quiet.DeletedObjects ?? [], Is.Empty);
            Assert.That((await S3There.ListObjectsV2Async(new() { BucketName = nameThere })).S3Objects ?? [], Is.Empty);
        });
    }

    [Test]
    public async Task Settings_of_the_bucket_are_kept_there()
    {
        await S3.PutBucketTaggingAsync(TheBucket, [new() { Key = "k", Value = "v" }]);
        await S3.PutLifecycleConfigurationAsync(TheBucket, new() { Rules = [new() { Id = "r", Status = LifecycleRuleStatus.Enabled, Filter = new() { Prefix = "p" }, Expiration = new() { Days = 1 } }] });
        Assert.Multiple(async () =>
        {
            Assert.That((await S3There.GetBucketTaggingAsync(new() { BucketName = nameThere })).TagSet.Single().Value, Is.EqualTo("v"));
            Assert.That((await S3.GetLifecycleConfigurationAsync(TheBucket)).Configuration.Rules.Single().Id, Is.EqualTo("r"));
            Assert.That((await S3.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { TheBucket }));
        });
    }

    [Test]
    public async Task Presigned_urls_work_and_may_carry_metadata()
    {
        var put = await S3.GetPreSignedURLAsync(new() { BucketName = TheBucket, Key = "a", Verb = HttpVerb.PUT, Expires = Aws.Clock.GetUtcNow().UtcDateTime.AddHours(1) });
        var (response, _) = await SendAsync(HttpMethod.Put, put + "&x-amz-meta-k=v", "by link");
        Assert.Multiple(async () =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await SendAsync(HttpMethod.Get, await PresignAsync(HttpVerb.GET, "a"))).Body, Is.EqualTo("by link"));
            Assert.That((await S3There.GetObjectMetadataAsync(nameThere, "a")).Metadata["k"], Is.EqualTo("v"));
        });
    }

    [Test]
    [NonParallelizable] // it asks for the memory of the process
    public async Task A_body_beyond_all_buffers_passes_both_ways_in_constant_memory()
    {
        const long size = 128 << 20;
        var put = await S3.GetPreSignedURLAsync(new() { BucketName = TheBucket, Key = "large", Verb = HttpVerb.PUT, Expires = Aws.Clock.GetUtcNow().UtcDateTime.AddHours(1) });
        var get = await PresignAsync(HttpVerb.GET, "large");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = new List<long>();
        using var stored = await Http.PutAsync(put, new StreamContent(new Zeros(size, halfway: () => held.Add(GC.GetTotalMemory(forceFullCollection: true) - before)), 1 << 16));
        using var got = await Http.GetAsync(get, HttpCompletionOption.ResponseHeadersRead);
        var body = await got.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 16];
        var read = 0L;
        for (int count; (count = await body.ReadAsync(buffer)) > 0; read += count)
        {
            if (read < size / 2 && read + count >= size / 2) held.Add(GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        Assert.Multiple(() =>
        {
            Assert.That((stored.StatusCode, read), Is.EqualTo((HttpStatusCode.OK, size)));
            Assert.That(held, Has.Count.EqualTo(2).And.All.LessThan(32 << 20), "bytes held by both emulators and their client in the midst of the transfer");
        });
    }

    private Task<string> PresignAsync(HttpVerb verb, string key) =>
        S3.GetPreSignedURLAsync(new() { BucketName = TheBucket, Key = key, Verb = verb, Expires = Aws.Clock.GetUtcNow().UtcDateTime.AddHours(1) });

    /// <summary>Many bytes that take no memory.</summary>
    private sealed class Zeros(long length, Action halfway) : Stream
    {
        private long _position;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => _position; set => _position = value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - _position);
            Array.Clear(buffer, offset, read);
            if (_position < length / 2 && _position + read >= length / 2) halfway();
            _position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => _position = origin == SeekOrigin.Begin ? offset : origin == SeekOrigin.End ? length + offset : _position + offset;
        public override void Flush() { }
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
