using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html")]
internal sealed class ObjectTests : S3Fixture
{
    [Test]
    public async Task What_is_put_is_got()
    {
        var put = await PutAsync("key", "something");
        using var got = await S3.GetObjectAsync(TheBucket, "key");
        Assert.Multiple(async () =>
        {
            Assert.That(put.ETag, Is.EqualTo("\"437b930db84b8079c2dd804a71936b5f\""));
            Assert.That(put.ServerSideEncryptionMethod.Value, Is.EqualTo("AES256"));
            Assert.That(await new StreamReader(got.ResponseStream).ReadToEndAsync(), Is.EqualTo("something"));
            Assert.That(got.ETag, Is.EqualTo(put.ETag));
            Assert.That(got.ContentLength, Is.EqualTo(9));
        });
    }

    [Test]
    [Observed("2024, recorded answers: put_object without a content type")]
    public async Task What_has_no_type_is_binary()
    {
        await SendAsync(HttpMethod.Put, $"/{TheBucket}/key", "x");
        Assert.That((await S3.GetObjectMetadataAsync(TheBucket, "key")).Headers.ContentType, Is.EqualTo("binary/octet-stream"));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(16 * 1024)]
    [TestCase((16 * 1024) + 1)]
    [TestCase(256 * 1024)]
    [TestCase((256 * 1024) + 1)]
    [TestCase(3_000_000)]
    public async Task A_body_of_any_size_comes_back(int size)
    {
        var body = Bytes(size);
        await PutAsync("key", body);
        Assert.That(await GetAsync("key"), Is.EqualTo(body));
    }

    [TestCase("plain")]
    [TestCase("한국어/사진 1.png")]
    [TestCase("with space and + plus")]
    [TestCase("//leading//and//double")]
    [TestCase("..")]
    [TestCase("../../etc/passwd")]
    [TestCase("a/./b/../c")]
    [TestCase("percent%2Fencoded%20twice")]
    [TestCase("back\\slash:colon*star?question\"quote<less>more|pipe")]
    [TestCase("emoji😀/ü")]
    [TestCase("ends/")]
    [TestCase("a&b=c;d#e")]
    [TestCase("~!@$^()[]{}',")]
    [TestCase("CON")]
    public async Task Keys_of_any_letters_are_kept_exactly(string key)
    {
        await PutAsync(key, key);
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects.Single().Key, Is.EqualTo(key));
        // By hand in path style, where this SDK takes a leading slash from the key.
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}")).Body, Is.EqualTo(key));
        await S3.DeleteObjectAsync(TheBucket, key);
        Assert.That((await ErrorOf(() => S3.GetObjectAsync(TheBucket, key))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task A_raw_plus_in_a_path_is_a_plus()
    {
        await PutAsync("a+b", "plus");
        await PutAsync("a b", "space");
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/a+b")).Body, Is.EqualTo("plus"));
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/a%20b")).Body, Is.EqualTo("space"));
    }

    [Test]
    public async Task Broken_escapes_are_an_invalid_uri()
    {
        foreach (var path in new[] { "%", "a%2", "a%zz", "%ff%fe" })
        {
            var (response, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/{path}");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), path);
            Assert.That(body, Does.Contain("<Code>InvalidURI</Code><Message>Couldn't parse the specified URI.</Message>"), path);
        }
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html")]
    public async Task A_key_has_1024_bytes_at_most()
    {
        await PutAsync(new string('k', 1024));
        await FailsAsync(() => PutAsync(new string('k', 1025)), "KeyTooLongError", "Your key is too long", HttpStatusCode.BadRequest);
        await FailsAsync(() => PutAsync(new string('한', 342)), "KeyTooLongError", "Your key is too long", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Metadata_and_system_headers_come_back()
    {
        await PutAsync("key", "x", put =>
        {
            put.ContentType = "text/plain; charset=utf-8";
            put.Headers.CacheControl = "no-cache";
            put.Headers.ContentDisposition = "attachment; filename=\"foo.jpg\"";
            put.Headers.ContentEncoding = "gzip";
            put.Headers["Content-Language"] = "de";
            put.Metadata["Color"] = "blue";
            put.WebsiteRedirectLocation = "/elsewhere";
        });
        var head = await S3.GetObjectMetadataAsync(TheBucket, "key");
        Assert.Multiple(() =>
        {
            Assert.That(head.Headers.ContentType, Is.EqualTo("text/plain; charset=utf-8"));
            Assert.That(head.Headers.CacheControl, Is.EqualTo("no-cache"));
            Assert.That(head.Headers.ContentDisposition, Is.EqualTo("attachment; filename=\"foo.jpg\""));
            Assert.That(head.Headers.ContentEncoding, Is.EqualTo("gzip"));
            Assert.That(head.Metadata["x-amz-meta-color"], Is.EqualTo("blue"));
            Assert.That(head.WebsiteRedirectLocation, Is.EqualTo("/elsewhere"));
            Assert.That(head.ContentLength, Is.EqualTo(1));
        });
    }

    [Test]
    [Observed("2024, recorded answers: test_system_metadata_with_unicode, test_put_unicode_metadata_with_sig_s3")]
    public async Task Headers_beyond_ASCII_come_back_over_a_port()
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8, ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = await Aws.ListenAsync() };
        using var put = new HttpRequestMessage(HttpMethod.Put, $"/{TheBucket}/key") { Content = new StringContent("x") };
        put.Headers.TryAddWithoutValidation("Cache-Control", "ÄMÄZÕÑ S3");
        put.Headers.TryAddWithoutValidation("x-amz-meta-foo", "non-ascii-%E2%80%94_—_é_");
        put.Headers.TryAddWithoutValidation("x-amz-meta-empty", "");
        (await client.SendAsync(put)).EnsureSuccessStatusCode();
        using var got = await client.GetAsync($"/{TheBucket}/key");
        Assert.That(got.Headers.NonValidated["Cache-Control"].ToString(), Is.EqualTo("ÄMÄZÕÑ S3"));
        Assert.That(got.Headers.NonValidated["x-amz-meta-foo"].ToString(), Is.EqualTo("=?UTF-8?Q?non-ascii-%E2%80%94=5F=E2=80=94=5F=C3=A9=5F?="));
        Assert.That(got.Headers.NonValidated["x-amz-meta-empty"].ToString(), Is.EqualTo(""));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html")]
    public async Task User_metadata_has_2_KB_at_most()
    {
        await PutAsync("fits", "", put => put.Metadata["a"] = new string('v', 2047));
        await FailsAsync(() => PutAsync("key", "", put => put.Metadata["a"] = new string('v', 2048)), "MetadataTooLarge",
            "Your metadata headers exceed the maximum allowed metadata size", HttpStatusCode.BadRequest);
    }

    [Test]
    [Observed("2024, recorded answers: test_s3_get_object_header_overrides")]
    public async Task A_response_s_headers_can_be_overridden()
    {
        await PutAsync("key", "something");
        using var got = await S3.GetObjectAsync(new GetObjectRequest
        {
            BucketName = TheBucket,
            Key = "key",
            ResponseHeaderOverrides = new ResponseHeaderOverrides { ContentType = "image/jpeg", CacheControl = "max-age=74", ContentDisposition = "attachment; filename=\"foo.jpg\"" },
        });
        Assert.That((got.Headers.ContentType, got.Headers.CacheControl, got.Headers.ContentDisposition), Is.EqualTo(("image/jpeg", "max-age=74", "attachment; filename=\"foo.jpg\"")));
        var (response, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key?response-content-type=text/html");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body, Does.Contain("Request specific response headers cannot be used for anonymous GET requests."));
    }

    [Test]
    [Observed("2024, recorded answers: Content-MD5 of put_object")]
    public async Task A_body_that_is_not_what_its_MD5_says_is_not_kept()
    {
        var error = await ErrorOf(() => PutAsync("key", "something", put => put.MD5Digest = "CYketZBSTjX8czcs3cXVlg=="));
        Assert.That((error.ErrorCode, error.Message), Is.EqualTo(("BadDigest", "The Content-MD5 you specified did not match what we received.")));
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).KeyCount, Is.EqualTo(0));
        await FailsAsync(() => PutAsync("key", "something", put => put.MD5Digest = "MTIz"), "InvalidDigest", "The Content-MD5 you specified was invalid.", HttpStatusCode.BadRequest);
    }

    [Test]
    [Observed("2024, recorded answers: put_object with a wrong storage class, and get_object of archived ones")]
    public async Task A_storage_class_is_kept_and_archived_objects_are_not_read()
    {
        await PutAsync("cold", "x", put => put.StorageClass = S3StorageClass.StandardInfrequentAccess);
        await PutAsync("frozen", "x", put => put.StorageClass = S3StorageClass.Glacier);
        using (var cold = await S3.GetObjectAsync(TheBucket, "cold")) Assert.That(cold.StorageClass, Is.EqualTo(S3StorageClass.StandardInfrequentAccess));
        await FailsAsync(() => S3.GetObjectAsync(TheBucket, "frozen"), "InvalidObjectState", "The operation is not valid for the object's storage class", HttpStatusCode.Forbidden);
        await FailsAsync(() => PutAsync("x", "", put => put.StorageClass = new S3StorageClass("OUTPOSTS")), "InvalidStorageClass", "The storage class you specified is not valid", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Deleting_what_is_not_there_succeeds()
    {
        Assert.That((await S3.DeleteObjectAsync(TheBucket, "absent")).HttpStatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await FailsAsync(() => S3.DeleteObjectAsync(TheBucket, "absent", "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD"), "InvalidArgument", "Invalid version id specified", HttpStatusCode.BadRequest);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html")]
    public async Task Many_objects_are_deleted_at_once()
    {
        foreach (var key in new[] { "a", "b", "c" }) await PutAsync(key, key);
        var deleted = await S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = [new() { Key = "a" }, new() { Key = "absent" }, new() { Key = "b", VersionId = "null" }] });
        Assert.That(deleted.DeletedObjects.Select(one => one.Key), Is.EqualTo(new[] { "a", "absent", "b" }));
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects.Single().Key, Is.EqualTo("c"));
        var quiet = await S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Quiet = true, Objects = [new() { Key = "c" }] });
        Assert.That(quiet.DeletedObjects, Is.Null.Or.Empty);
    }

    [Test]
    public async Task A_thousand_keys_can_be_deleted_at_once_but_not_more()
    {
        var keys = Enumerable.Range(0, 1001).Select(i => new KeyVersion { Key = $"k{i}" }).ToList();
        Assert.That((await S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = keys[..1000] })).DeletedObjects, Has.Count.EqualTo(1000));
        Assert.That((await ErrorOf(() => S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = keys }))).ErrorCode, Is.EqualTo("MalformedXML"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/ShareObjectPreSignedURL.html")]
    public async Task A_presigned_URL_reads_and_writes()
    {
        var upload = await S3.GetPreSignedURLAsync(new GetPreSignedUrlRequest { BucketName = TheBucket, Key = "한 글", Verb = HttpVerb.PUT, Expires = DateTime.UtcNow.AddMinutes(5) });
        var (put, _) = await SendAsync(HttpMethod.Put, upload, "hello");
        Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var download = await S3.GetPreSignedURLAsync(new GetPreSignedUrlRequest { BucketName = TheBucket, Key = "한 글", Expires = DateTime.UtcNow.AddMinutes(5) });
        Assert.That((await SendAsync(HttpMethod.Get, download)).Body, Is.EqualTo("hello"));
    }

    [Test]
    [Observed("2024, recorded answers: the checksum of a presigned upload")]
    public async Task Without_a_client_s_checksum_CRC64NVME_is_kept()
    {
        await SendAsync(HttpMethod.Put, $"/{TheBucket}/key", "something");
        using var got = await S3.GetObjectAsync(new GetObjectRequest { BucketName = TheBucket, Key = "key", ChecksumMode = ChecksumMode.ENABLED });
        Assert.That((got.ChecksumCRC64NVME, got.ChecksumType.Value), Is.EqualTo(("1BGd19PD4OU=", "FULL_OBJECT")));
    }

    [Test]
    [Observed("2024, recorded answers: test_s3_get_object_checksum")]
    public async Task The_client_s_checksum_is_kept_and_told_when_asked()
    {
        await PutAsync("key", "test-checksum", put => put.ChecksumAlgorithm = ChecksumAlgorithm.SHA256);
        using var asked = await S3.GetObjectAsync(new GetObjectRequest { BucketName = TheBucket, Key = "key", ChecksumMode = ChecksumMode.ENABLED });
        Assert.That(asked.ChecksumSHA256, Is.EqualTo("1YQo81vx2VFUl0q5ccWISq8AkSBQQ0WO80S82TmfdIQ="));
        var (unasked, _) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key");
        Assert.That(unasked.Headers.Contains("x-amz-checksum-sha256"), Is.False);
    }

    [Test]
    public async Task A_length_must_be_declared()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"http://localhost:4566/{TheBucket}/key") { Content = new StreamContent(new UnknownLength(Encoding.ASCII.GetBytes("body"))) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotImplemented).Or.EqualTo(HttpStatusCode.LengthRequired));
    }

    [Test]
    public async Task Concurrent_writes_leave_one_whole_object()
    {
        var bodies = Enumerable.Range(0, 8).Select(i => Bytes(100_000, i)).ToList();
        await Task.WhenAll(bodies.Select(body => PutAsync("key", body)));
        Assert.That(bodies.Any(body => body.AsSpan().SequenceEqual(GetAsync("key").Result)), Is.True);
    }

    [Test]
    public async Task A_reader_keeps_what_it_began_to_read()
    {
        var body = Bytes(3_000_000);
        await PutAsync("key", body);
        using var got = await S3.GetObjectAsync(TheBucket, "key");
        await S3.DeleteObjectAsync(TheBucket, "key");
        using var copy = new MemoryStream();
        await got.ResponseStream.CopyToAsync(copy);
        Assert.That(copy.ToArray(), Is.EqualTo(body));
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
