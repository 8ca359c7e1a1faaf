using System.Net;
using System.Text;
using System.Xml.Linq;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Storage;
using Emulator.Tests.S3.Fuzzing;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>As much as S3 allows, and a little more: nothing takes long, nothing is read for nothing.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html")]
internal sealed class BoundsTests : S3Fixture
{
    private const int MinPart = 5 << 20;

    protected override void Configure(AwsEmulatorOptions options) => options.Iam = IamEnforcement.Off;

    [Test]
    public async Task Ten_thousand_parts_are_an_object_like_any_other()
    {
        const int Count = 10_000;
        using var source = await Http.PutAsync($"http://localhost/{TheBucket}/source", new ByteArrayContent(Bytes(MinPart))); // with the default checksum, which the parts take over
        var upload = (await S3.InitiateMultipartUploadAsync(TheBucket, "key")).UploadId;
        var etag = "";
        for (var number = 1; number <= Count; number++)
        {
            var (_, copied) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/key?partNumber={number}&uploadId={upload}", null, ("x-amz-copy-source", $"{TheBucket}/source"));
            etag = XElement.Parse(copied).Elements().Single(element => element.Name.LocalName == "ETag").Value;
        }
        var (_, beyond) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/key?partNumber={Count + 1}&uploadId={upload}", null, ("x-amz-copy-source", $"{TheBucket}/source"));
        Assert.That(beyond, Does.Contain("<Message>Part number must be an integer between 1 and 10000, inclusive</Message>"));
        await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = "key", UploadId = upload, PartETags = [.. Enumerable.Range(1, Count).Select(number => new PartETag(number, etag))] });

        const long Size = (long)MinPart * Count;
        var head = await S3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = TheBucket, Key = "key", PartNumber = Count });
        Assert.That((head.PartsCount, head.ContentLength, head.ContentRange), Is.EqualTo(((int?)Count, (long)MinPart, $"bytes {Size - MinPart}-{Size - 1}/{Size}")));
        var part = Bytes(MinPart);
        foreach (var border in new[] { 1L, 777, Count - 1 })
        {
            var at = border * MinPart;
            Assert.That(await GetAsync("key", get => get.ByteRange = new(at - 3, at + 2)), Is.EqualTo(new[] { part[^3], part[^2], part[^1], part[0], part[1], part[2] }));
        }
        await S3.DeleteObjectAsync(TheBucket, "key");
        await S3.DeleteObjectAsync(TheBucket, "source");
        using var rows = Aws.Host.Store.Snapshot();
        Assert.That(BodyReferences.All(rows).Any() || rows.Range(new Space("s3.bodies"), KeyRange.All).Any(), Is.False);
    }

    [Test]
    public async Task A_thousand_keys_are_deleted_at_once_and_none_that_could_not_be()
    {
        var keys = Enumerable.Range(0, 1000).Select(number => $"{number:000}{new string('\ud55c', 340)}&").ToList(); // 1,024 bytes each
        await PutAsync(keys[0]);
        await PutAsync(keys[999]);
        var deleted = await S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = keys.ConvertAll(key => new KeyVersion { Key = key }) });
        Assert.That(deleted.DeletedObjects, Has.Count.EqualTo(1000));
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).KeyCount, Is.Zero);
        var tooMany = await ErrorOf(() => S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = [.. keys.Append("one more").Select(key => new KeyVersion { Key = key })] }));
        Assert.That((tooMany.ErrorCode, tooMany.StatusCode), Is.EqualTo(("MalformedXML", HttpStatusCode.BadRequest)));
    }

    [Test]
    public async Task A_key_that_is_too_long_leaves_no_delete_marker()
    {
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = TheBucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        var longest = new string('k', 1024);
        var refused = Assert.ThrowsAsync<DeleteObjectsException>(() => S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = [new() { Key = longest + "k" }, new() { Key = longest }] }));
        Assert.That(refused!.Response.DeleteErrors.Select(error => (error.Key, error.Code)), Is.EqualTo(new[] { (longest + "k", "KeyTooLongError") }));
        Assert.That((await S3.ListVersionsAsync(TheBucket)).Versions.Select(version => version.Key), Is.EqualTo(new[] { longest }));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html")]
    public async Task However_many_uploads_of_a_key_are_in_progress_each_knows_whether_the_key_was_written_since()
    {
        List<string> before = [], after = [];
        for (var i = 0; i < 50; i++) before.Add((await S3.InitiateMultipartUploadAsync(TheBucket, "key")).UploadId);
        await PutAsync("key", "data");
        await S3.DeleteObjectAsync(TheBucket, "key");
        for (var i = 0; i < 50; i++) after.Add((await S3.InitiateMultipartUploadAsync(TheBucket, "key")).UploadId);
        foreach (var upload in before) Assert.That((await ErrorOf(() => CompleteAsync(upload))).ErrorCode, Is.EqualTo("ConditionalRequestConflict"));
        await CompleteAsync(after[0]);
        await S3.DeleteObjectAsync(TheBucket, "key");
        foreach (var upload in after.Skip(1)) Assert.That((await ErrorOf(() => CompleteAsync(upload))).ErrorCode, Is.EqualTo("ConditionalRequestConflict"));
    }

    [TestCase("PUT /the-bucket?tagging", "Content-Length: 99999999999", 400, "MalformedXML")]
    [TestCase("PUT /the-bucket?tagging", "Transfer-Encoding: chunked", 400, "MalformedXML")]
    [TestCase("POST /the-bucket?delete", "Transfer-Encoding: chunked", 400, "MalformedXML")]
    [TestCase("PUT /the-bucket/key", "Content-Length: 99999999999", 400, "EntityTooLarge")]
    [TestCase("PUT /no-such-bucket/key", "Content-Length: 4000000000", 404, "NoSuchBucket")]
    [TestCase("GET /the-bucket/key", "Content-Length: 4000000000", 404, "NoSuchKey")]
    public async Task A_body_without_end_is_answered_before_its_end(string request, string length, int status, string code)
    {
        var server = await Aws.ListenAsync();
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: localhost\r\nContent-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==\r\n{length}\r\n\r\n"));
        var sending = SendForeverAsync(stream, length[0] == 'T' ? [.. "10000\r\n"u8, .. Enumerable.Repeat((byte)' ', 0x10000), .. "\r\n"u8] : [.. Enumerable.Repeat((byte)' ', 0x10000)]);
        var answer = await RawHttp.ReceiveAsync(stream).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((answer.Status, answer.Text.Contains($"<Code>{code}</Code>", StringComparison.Ordinal)), Is.EqualTo((status, true)), answer.ToString());
        client.Close();
        await sending;
    }

    [Test]
    public async Task A_header_full_of_tags_is_refused_at_once()
    {
        var tags = string.Join('&', Enumerable.Range(0, 10_000).Select(number => $"{number:x}"));
        var (response, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/key", "data", ("x-amz-tagging", tags));
        Assert.That(((int)response.StatusCode, body.Contains("<Message>Object tags cannot be greater than 10</Message>", StringComparison.Ordinal)), Is.EqualTo((400, true)), body);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html")]
    public async Task A_body_that_does_not_come_is_waited_for_no_longer_than_the_transport_waits()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"http://localhost/{TheBucket}/key") { Content = new StreamContent(new Stalled()) };
        request.Content.Headers.ContentLength = 100_000;
        using var response = await Http.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("<Code>RequestTimeout</Code><Message>Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.</Message>"));
    }

    private async Task CompleteAsync(string upload)
    {
        var part = await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = "key", UploadId = upload, PartNumber = 1, InputStream = new MemoryStream([1]) });
        await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = "key", UploadId = upload, PartETags = [new(1, part.ETag)], IfNoneMatch = "*" });
    }

    private static async Task SendForeverAsync(Stream stream, byte[] bytes)
    {
        try
        {
            while (true) await stream.WriteAsync(bytes);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // It was answered, and nobody reads on.
        }
    }

    /// <summary>The body of a client that has fallen silent, as a socket gives it up.</summary>
    private sealed class Stalled : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new Microsoft.AspNetCore.Http.BadHttpRequestException("Reading the request body timed out due to data arriving too slowly.", 408);
    }
}
