using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html")]
internal sealed class MultipartTests : S3Fixture
{
    private const int MinPart = 5 * 1024 * 1024;
    private const string NoSuchUpload = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";

    [TestCase("PUT", "?uploadId=x", 405, "<Code>MethodNotAllowed</Code><Message>The specified method is not allowed against this resource.</Message><Method>PUT</Method><ResourceType>UPLOAD</ResourceType>")]
    [TestCase("PUT", "?partNumber=1", 400, "<Code>InvalidArgument</Code><Message>This operation does not accept partNumber without uploadId</Message><ArgumentName>partNumber</ArgumentName><ArgumentValue>partNumber</ArgumentValue>")]
    [TestCase("GET", "?versions", 400, "<Code>InvalidRequest</Code><Message>There is no such thing as the ?versions sub-resource for a key</Message>")]
    [TestCase("GET", "?uploads", 400, "<Code>InvalidRequest</Code><Message>Key is not expected for the GET method ?uploads subresource</Message>")]
    [TestCase("PUT", "?renameObject", 501, "<Code>NotImplemented</Code><Message>A header you provided implies functionality that is not implemented</Message><Header>x-amz-rename-source</Header>")]
    [Observed("2025, raw requests to S3, as told in github.com/versity/versitygw/issues/1236 and /1226")]
    public async Task Half_of_the_parameters_of_an_operation_is_not_another_one(string method, string query, int status, string error)
    {
        var (response, body) = await SendAsync(new HttpMethod(method), $"/{TheBucket}/key{query}", method == "PUT" ? "data" : null, ("x-amz-rename-source", "/the-bucket/other"));
        Assert.That(((int)response.StatusCode, body.Contains(error, StringComparison.Ordinal)), Is.EqualTo((status, true)), body);
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).KeyCount, Is.Zero);
    }

    [Test]
    public async Task Parts_become_one_object_in_their_order([Values(1, 2, 3)] int seed)
    {
        var random = new System.Random(seed);
        var parts = Enumerable.Range(0, 3).Select(i => Bytes(i == 2 ? random.Next(1, 1000) : MinPart + random.Next(1000), (seed * 10) + i)).ToList();
        var uploadId = await BeginAsync("key");
        var tags = new PartETag[3];
        foreach (var i in new[] { 2, 0, 1 }) tags[i] = await UploadAsync("key", uploadId, (i * 7) + 1, parts[i]); // numbers need not follow one another
        var completed = await CompleteAsync("key", uploadId, tags);

        byte[] whole = [.. parts.SelectMany(part => part)];
        byte[] digests = [.. parts.SelectMany(part => MD5.HashData(part))];
        Assert.That(completed.ETag, Is.EqualTo($"\"{Convert.ToHexStringLower(MD5.HashData(digests))}-3\""));
        Assert.That(await GetAsync("key"), Is.EqualTo(whole));
        for (var i = 0; i < 10; i++)
        {
            var first = random.Next(whole.Length);
            var last = random.Next(first, whole.Length);
            Assert.That((await GetAsync("key", get => get.ByteRange = new(first, last))).AsSpan().SequenceEqual(whole.AsSpan(first, last - first + 1)), $"{first}-{last}");
        }
        Assert.That((await S3.ListMultipartUploadsAsync(TheBucket)).MultipartUploads, Is.Null.Or.Empty);
    }

    [Test]
    [Observed("2024, recorded answers: test_get_object_part")]
    public async Task A_part_can_be_read_by_its_number()
    {
        var (first, second) = (Bytes(MinPart, 1), Bytes(16, 2));
        var uploadId = await BeginAsync("key");
        await CompleteAsync("key", uploadId, await UploadAsync("key", uploadId, 1, first), await UploadAsync("key", uploadId, 2, second));
        using var got = await S3.GetObjectAsync(new GetObjectRequest { BucketName = TheBucket, Key = "key", PartNumber = 2 });
        using var copy = new MemoryStream();
        await got.ResponseStream.CopyToAsync(copy);
        Assert.That((got.PartsCount, got.ContentRange), Is.EqualTo(((int?)2, $"bytes {MinPart}-{MinPart + 15}/{MinPart + 16}")));
        Assert.That(copy.ToArray(), Is.EqualTo(second));
        await FailsAsync(() => S3.GetObjectAsync(new GetObjectRequest { BucketName = TheBucket, Key = "key", PartNumber = 10 }), "InvalidPartNumber", "The requested partnumber is not satisfiable", HttpStatusCode.RequestedRangeNotSatisfiable);
        await FailsAsync(() => S3.GetObjectAsync(new GetObjectRequest { BucketName = TheBucket, Key = "key", PartNumber = 1, ByteRange = new(0, 1) }), "InvalidRequest",
            "Cannot specify both Range header and partNumber query parameter", HttpStatusCode.BadRequest);
    }

    [Test]
    [Observed("2024, recorded answers: test_multipart_complete_multipart_too_small and _wrong_part, test_complete_multipart_parts_order")]
    public async Task A_completion_must_name_whole_parts_in_order()
    {
        var uploadId = await BeginAsync("key");
        var (one, two) = (await UploadAsync("key", uploadId, 1, "data"u8.ToArray()), await UploadAsync("key", uploadId, 2, "data"u8.ToArray()));
        await FailsAsync(() => CompleteAsync("key", uploadId, one, two), "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", HttpStatusCode.BadRequest);
        // The SDK sorts what it is given.
        var (_, unordered) = await SendAsync(HttpMethod.Post, $"/{TheBucket}/key?uploadId={uploadId}",
            $"<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>{two.ETag}</ETag></Part><Part><PartNumber>1</PartNumber><ETag>{one.ETag}</ETag></Part></CompleteMultipartUpload>");
        Assert.That(unordered, Does.Contain($"<Code>InvalidPartOrder</Code><Message>The list of parts was not in ascending order. Parts must be ordered by part number.</Message><UploadId>{uploadId}</UploadId>"));
        var (_, wrong) = await SendAsync(HttpMethod.Post, $"/{TheBucket}/key?uploadId={uploadId}", "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>d41d8cd98f00b204e9800998ecf8427e</ETag></Part></CompleteMultipartUpload>");
        Assert.That(wrong, Does.Contain("<Code>InvalidPart</Code>").And.Contain($"<UploadId>{uploadId}</UploadId><PartNumber>1</PartNumber><ETag>d41d8cd98f00b204e9800998ecf8427e</ETag>"));
        var (_, none) = await SendAsync(HttpMethod.Post, $"/{TheBucket}/key?uploadId={uploadId}", "<CompleteMultipartUpload></CompleteMultipartUpload>");
        Assert.That(none, Does.Contain("<Code>InvalidRequest</Code><Message>You must specify at least one part</Message>"));
    }

    [Test]
    public async Task A_completion_can_be_repeated()
    {
        var uploadId = await BeginAsync("key");
        var part = await UploadAsync("key", uploadId, 1, "data"u8.ToArray());
        var first = await CompleteAsync("key", uploadId, part);
        Assert.That((await CompleteAsync("key", uploadId, part)).ETag, Is.EqualTo(first.ETag));
        await FailsAsync(() => S3.ListPartsAsync(TheBucket, "key", uploadId), "NoSuchUpload", NoSuchUpload, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task An_aborted_upload_is_gone()
    {
        var uploadId = await BeginAsync("key");
        var part = await UploadAsync("key", uploadId, 1, Bytes(100_000));
        await S3.AbortMultipartUploadAsync(TheBucket, "key", uploadId);
        await FailsAsync(() => S3.AbortMultipartUploadAsync(TheBucket, "key", uploadId), "NoSuchUpload", NoSuchUpload, HttpStatusCode.NotFound);
        await FailsAsync(() => CompleteAsync("key", uploadId, part), "NoSuchUpload", NoSuchUpload, HttpStatusCode.NotFound);
        await FailsAsync(() => UploadAsync("key", uploadId, 2, [1]), "NoSuchUpload", NoSuchUpload, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Parts_are_listed_in_pages()
    {
        var uploadId = await BeginAsync("key");
        foreach (var number in new[] { 10_000, 3, 1 }) await UploadAsync("key", uploadId, number, [1, 2]);
        var first = await S3.ListPartsAsync(new ListPartsRequest { BucketName = TheBucket, Key = "key", UploadId = uploadId, MaxParts = 2 });
        var second = await S3.ListPartsAsync(new ListPartsRequest { BucketName = TheBucket, Key = "key", UploadId = uploadId, MaxParts = 2, PartNumberMarker = first.NextPartNumberMarker?.ToString() });
        Assert.That((first.IsTruncated, second.IsTruncated), Is.EqualTo(((bool?)true, (bool?)false)));
        Assert.That(first.Parts.Concat(second.Parts).Select(part => part.PartNumber), Is.EqualTo(new[] { 1, 3, 10_000 }));
        await FailsAsync(() => UploadAsync("key", uploadId, 10_001, [1]), "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive", HttpStatusCode.BadRequest);
    }

    [Test]
    [Observed("2024, recorded answers: test_list_multiparts_next_marker")]
    public async Task Uploads_are_listed_by_key_and_then_as_they_began()
    {
        var ids = new List<string>();
        foreach (var key in new[] { "c", "b", "a", "a", "a" }) ids.Add(await BeginAsync(key));
        var all = await S3.ListMultipartUploadsAsync(TheBucket);
        Assert.That(all.MultipartUploads.Select(upload => upload.UploadId), Is.EqualTo(new[] { ids[2], ids[3], ids[4], ids[1], ids[0] }));

        var seen = new List<string>();
        var request = new ListMultipartUploadsRequest { BucketName = TheBucket, MaxUploads = 1 };
        while (true)
        {
            var page = await S3.ListMultipartUploadsAsync(request);
            seen.AddRange(page.MultipartUploads.Select(upload => upload.UploadId));
            if (page.IsTruncated is not true) break;
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        Assert.That(seen, Is.EqualTo(new[] { ids[2], ids[3], ids[4], ids[1], ids[0] }));
        await FailsAsync(() => S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = TheBucket, KeyMarker = "a", UploadIdMarker = ids[1] }), "InvalidArgument", "Invalid uploadId marker", HttpStatusCode.BadRequest);
    }

    [Test]
    [Observed("2024, recorded answers: test_upload_part_copy_range")]
    public async Task Parts_are_copied_from_ranges_of_objects()
    {
        await PutAsync("source", "0123456789");
        var uploadId = await BeginAsync("key");
        var copied = await S3.CopyPartAsync(new CopyPartRequest { SourceBucket = TheBucket, SourceKey = "source", DestinationBucket = TheBucket, DestinationKey = "key", UploadId = uploadId, PartNumber = 1, FirstByte = 0, LastByte = 8 });
        Assert.That(copied.ETag, Is.EqualTo("\"22975d8a5ed1b91445f6c55ac121505b\""));
        await S3.DeleteObjectAsync(TheBucket, "source");
        await CompleteAsync("key", uploadId, new PartETag(1, copied.ETag));
        Assert.That(await GetTextAsync("key"), Is.EqualTo("012345678"));
    }

    [TestCase("0-8", "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy")]
    [TestCase("bytes=1-0", "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy")]
    [TestCase("bytes=-2", "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy")]
    [TestCase("bytes=0-100", "Range specified is not valid for source object of size: 10")]
    [TestCase("bytes=100-200", "The specified copy range is invalid for the source object size")]
    [Observed("2024, recorded answers: test_upload_part_copy_range")]
    public async Task A_range_to_copy_must_lie_in_the_source(string range, string message)
    {
        await PutAsync("source", "0123456789");
        var uploadId = await BeginAsync("key");
        var (response, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/key?partNumber=1&uploadId={uploadId}", null, ("x-amz-copy-source", $"/{TheBucket}/source"), ("x-amz-copy-source-range", range));
        Assert.That(((int)response.StatusCode, body.Contains($"<Message>{message}</Message>", StringComparison.Ordinal)), Is.EqualTo((400, true)), body);
    }

    [Test]
    public async Task Copies_of_multipart_objects_are_exact_and_independent()
    {
        var (first, second) = (Bytes(MinPart + 10, 1), Bytes(1000, 2));
        var uploadId = await BeginAsync("key");
        await CompleteAsync("key", uploadId, await UploadAsync("key", uploadId, 1, first), await UploadAsync("key", uploadId, 2, second));
        byte[] whole = [.. first, .. second];

        var copied = await S3.CopyObjectAsync(TheBucket, "key", TheBucket, "copy");
        Assert.That(copied.ETag, Is.EqualTo($"\"{Convert.ToHexStringLower(MD5.HashData(whole))}\"")); // observed: a plain ETag
        var copyId = await BeginAsync("range");
        var part = await S3.CopyPartAsync(new CopyPartRequest { SourceBucket = TheBucket, SourceKey = "key", DestinationBucket = TheBucket, DestinationKey = "range", UploadId = copyId, PartNumber = 1, FirstByte = MinPart, LastByte = MinPart + 20 });
        await S3.DeleteObjectAsync(TheBucket, "key");
        await CompleteAsync("range", copyId, new PartETag(1, part.ETag));
        Assert.That(await GetAsync("copy"), Is.EqualTo(whole));
        Assert.That(await GetAsync("range"), Is.EqualTo(whole[MinPart..(MinPart + 21)]));
    }

    /// <summary>The values are those of AWS for 5 MiB + 1 letters a, twice, and then ten.</summary>
    [TestCase("CRC32", "COMPOSITE", "5FRUiw==-3")]
    [TestCase("CRC32C", "COMPOSITE", "XF5+4A==-3")]
    [TestCase("SHA1", "COMPOSITE", "AyE60nyQoBgJcwsyPHWu7aJuxBs=-3")]
    [TestCase("SHA256", "COMPOSITE", "9o++y6AejqboiJ7MZCx0fahK2Vu5YC/qnNhhYsCLciI=-3")]
    [TestCase("CRC32", "FULL_OBJECT", "qSEQSA==")]
    [TestCase("CRC32C", "FULL_OBJECT", "eTdAQA==")]
    [TestCase("CRC64NVME", "FULL_OBJECT", "ZMNX55lZurA=")]
    [Observed("2024, recorded answers: test_complete_multipart_parts_checksum_composite and _full_object")]
    public async Task The_checksum_of_the_whole_follows_from_those_of_the_parts(string algorithm, string type, string expected)
    {
        var (large, small) = (Enumerable.Repeat((byte)'a', MinPart + 1).ToArray(), Enumerable.Repeat((byte)'a', 10).ToArray());
        var upload = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = TheBucket, Key = "key", ChecksumAlgorithm = new(algorithm), ChecksumType = new(type) });
        var parts = new List<PartETag>();
        foreach (var body in new[] { large, large, small })
        {
            // Without a checksum of the client's: this SDK has not all of the algorithms.
            var (part, _) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/key?partNumber={parts.Count + 1}&uploadId={upload.UploadId}", Encoding.ASCII.GetString(body));
            var checksum = part.Headers.GetValues($"x-amz-checksum-{algorithm.ToLowerInvariant()}").Single();
            parts.Add(algorithm switch
            {
                "CRC32" => new PartETag(parts.Count + 1, part.Headers.ETag!.Tag) { ChecksumCRC32 = checksum },
                "CRC32C" => new PartETag(parts.Count + 1, part.Headers.ETag!.Tag) { ChecksumCRC32C = checksum },
                "SHA1" => new PartETag(parts.Count + 1, part.Headers.ETag!.Tag) { ChecksumSHA1 = checksum },
                "SHA256" => new PartETag(parts.Count + 1, part.Headers.ETag!.Tag) { ChecksumSHA256 = checksum },
                _ => new PartETag(parts.Count + 1, part.Headers.ETag!.Tag) { ChecksumCRC64NVME = checksum },
            });
        }
        var completed = await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = "key", UploadId = upload.UploadId, PartETags = parts });
        var value = algorithm switch { "CRC32" => completed.ChecksumCRC32, "CRC32C" => completed.ChecksumCRC32C, "SHA1" => completed.ChecksumSHA1, "SHA256" => completed.ChecksumSHA256, _ => completed.ChecksumCRC64NVME };
        Assert.That((value, completed.ChecksumType.Value, completed.ETag), Is.EqualTo((expected, type, "\"4d45984fc3feb2ac9b22683c49674b56-3\"")));
    }

    [Test]
    [Observed("2024, recorded answers: test_multipart_checksum_type_compatibility")]
    public async Task Not_every_checksum_goes_with_every_type()
    {
        await FailsAsync(() => BeginAsync("SHA1", "FULL_OBJECT"), "InvalidRequest", "The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.", HttpStatusCode.BadRequest);
        await FailsAsync(() => BeginAsync("CRC64NVME", "COMPOSITE"), "InvalidRequest", "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.", HttpStatusCode.BadRequest);

        Task BeginAsync(string algorithm, string type) => S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = TheBucket, Key = "key", ChecksumAlgorithm = new(algorithm), ChecksumType = new(type) });
    }

    [Test]
    [Observed("2024, https://github.com/JuliaCloud/AWS.jl/issues/695")]
    public async Task A_copy_of_a_part_has_no_body_whose_digest_could_come()
    {
        var uploadId = await BeginAsync("key");
        var (_, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/key?partNumber=1&uploadId={uploadId}", null, ("x-amz-copy-source", $"/{TheBucket}/source"), ("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="));
        Assert.That(body, Does.Contain("<Code>InvalidArgument</Code><Message>The specified header is not valid in this context</Message><ArgumentName>Content-MD5</ArgumentName>"));
    }

    private async Task<string> BeginAsync(string key) => (await S3.InitiateMultipartUploadAsync(TheBucket, key)).UploadId;

    private async Task<PartETag> UploadAsync(string key, string uploadId, int number, byte[] body) =>
        new(number, (await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = key, UploadId = uploadId, PartNumber = number, InputStream = new MemoryStream(body) })).ETag);

    private Task<CompleteMultipartUploadResponse> CompleteAsync(string key, string uploadId, params PartETag[] parts) =>
        S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = key, UploadId = uploadId, PartETags = [.. parts] });
}
