using System.Collections.Concurrent;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>AWSSDK.S3's transfers of files and folders, in memory and over a socket.</summary>
[TestFixture(false)]
[TestFixture(true)]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-upload-object.html")]
internal sealed class TransferUtilityTests(bool overSocket)
{
    private const string TheBucket = "transfers-of-net";
    private const string KeyId = "AKIATRANSFERTRANSFER";
    private const string Secret = "transfer-secret";

    private const string World = $$"""
        account: "111111111111"
        region: eu-west-1
        credentials: known
        iam: enforce
        accounts:
          "111111111111":
            users: { net: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*" } } } } }
            keys: [{ id: {{KeyId}}, secret: {{Secret}}, user: net }]
        s3: { buckets: { {{TheBucket}}: {} } }
        """;

    private const int PartSize = 5 * 1024 * 1024;

    private AwsEmulator _aws = null!;
    private AmazonS3Client _s3 = null!;
    private HttpClient _http = null!;
    private TransferUtility _transfers = null!;
    private string _folder = "";

    [SetUp]
    public async Task Start()
    {
        _aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = World });
        var credentials = new BasicAWSCredentials(KeyId, Secret);
        _s3 = overSocket
            ? new(credentials, new AmazonS3Config { ServiceURL = (await _aws.ListenAsync()).AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = _aws.Region })
            : _aws.CreateClient<AmazonS3Client>(credentials);
        _http = overSocket ? new() : _aws.CreateHttpClient();
        _transfers = new(_s3, new TransferUtilityConfig { ConcurrentServiceRequests = 8, MinSizeBeforePartUpload = PartSize });
        _folder = Directory.CreateTempSubdirectory("emulator-transfers-").FullName;
    }

    [TearDown]
    public async Task Stop()
    {
        _transfers.Dispose();
        _s3.Dispose();
        _http.Dispose();
        await _aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_folder_of_odd_names_goes_there_and_back_byte_for_byte()
    {
        var tree = OddTree.Write(PathOf("tree"));
        File.Delete(Path.Combine(tree, "back\\slash.txt")); // The SDK takes it for a name in a folder.
        var count = OddTree.NamesIn(tree).Count;
        var uploaded = await _transfers.UploadDirectoryWithResponseAsync(new TransferUtilityUploadDirectoryRequest
        {
            BucketName = TheBucket,
            Directory = tree,
            KeyPrefix = "나",
            SearchPattern = "*",
            SearchOption = SearchOption.AllDirectories,
            UploadFilesConcurrently = true,
        });
        var keys = new List<string>();
        await foreach (var item in _s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = TheBucket, Prefix = "나/", MaxKeys = 7 }).S3Objects) keys.Add(item.Key["나/".Length..]);
        var downloaded = await _transfers.DownloadDirectoryWithResponseAsync(new TransferUtilityDownloadDirectoryRequest
        {
            BucketName = TheBucket,
            S3Directory = "나",
            LocalDirectory = PathOf("back"),
            DownloadFilesConcurrently = true,
        });
        Assert.That((uploaded.ObjectsUploaded, downloaded.ObjectsDownloaded, keys.Count), Is.EqualTo((count, count, count)));
        OddTree.IsSame(tree, PathOf("back"));
    }

    [Test]
    public async Task A_large_file_goes_in_parts_at_once_and_tells_its_progress()
    {
        var content = Content();
        await File.WriteAllBytesAsync(PathOf("large.bin"), content);
        var (sent, received) = (new ConcurrentBag<long>(), new ConcurrentBag<long>());
        var request = new TransferUtilityUploadRequest
        {
            BucketName = TheBucket,
            Key = "영화/large +1.mp4",
            FilePath = PathOf("large.bin"),
            PartSize = PartSize,
            ContentType = "video/mp4",
            StorageClass = S3StorageClass.StandardInfrequentAccess,
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            TagSet = [new Tag { Key = "kind", Value = "film 1+1" }],
        };
        request.Metadata.Add("made", "by-test");
        request.UploadProgressEvent += (_, progress) => sent.Add(progress.TransferredBytes);
        await _transfers.UploadAsync(request);

        var head = await _s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = TheBucket, Key = request.Key, ChecksumMode = ChecksumMode.ENABLED });
        Assert.That((head.ContentLength, head.Headers.ContentType, head.StorageClass, head.Metadata["made"], head.ETag[^3..], head.ChecksumSHA256[^2..]),
            Is.EqualTo(((long)content.Length, "video/mp4", S3StorageClass.StandardInfrequentAccess, "by-test", "-4\"", "-4")));
        Assert.That(sent.Max(), Is.EqualTo(content.Length));

        foreach (var type in new[] { MultipartDownloadType.PART, MultipartDownloadType.RANGE })
        {
            var download = new TransferUtilityDownloadRequest { BucketName = TheBucket, Key = request.Key, FilePath = PathOf($"{type}.bin"), MultipartDownloadType = type, PartSize = PartSize };
            download.WriteObjectProgressEvent += (_, progress) => received.Add(progress.TransferredBytes);
            await _transfers.DownloadWithResponseAsync(download);
            Assert.That((await File.ReadAllBytesAsync(download.FilePath)).AsSpan().SequenceEqual(content), $"the file by {type}s is whole");
        }
        Assert.That(received.Max(), Is.EqualTo(content.Length));
        using var stream = (await _transfers.OpenStreamWithResponseAsync(new TransferUtilityOpenStreamRequest { BucketName = TheBucket, Key = request.Key, PartSize = PartSize })).ResponseStream;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        Assert.That(copy.ToArray().AsSpan().SequenceEqual(content), "the stream is whole");
    }

    [Test]
    public async Task A_stream_without_a_length_goes_in_parts()
    {
        var content = Content();
        await _transfers.UploadAsync(new TransferUtilityUploadRequest { BucketName = TheBucket, Key = "stream", InputStream = new OneWay(content), PartSize = PartSize, IfNoneMatch = "*" });
        Assert.That((await ContentOfAsync("stream")).AsSpan().SequenceEqual(content), "the object is whole");
        var error = Assert.ThrowsAsync<AmazonS3Exception>(() => _transfers.UploadAsync(new TransferUtilityUploadRequest { BucketName = TheBucket, Key = "stream", InputStream = new OneWay(content), PartSize = PartSize, IfNoneMatch = "*" }))!;
        Assert.That((error.ErrorCode, error.StatusCode), Is.EqualTo(("PreconditionFailed", HttpStatusCode.PreconditionFailed)));
    }

    [Test]
    public async Task An_upload_that_is_cancelled_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var request = new TransferUtilityUploadRequest { BucketName = TheBucket, Key = "cancelled", InputStream = new MemoryStream(Content()), PartSize = PartSize };
        request.UploadProgressEvent += (_, _) => cancel.Cancel();
        Assert.That(async () => await _transfers.UploadAsync(request, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await _s3.ListMultipartUploadsAsync(TheBucket)).MultipartUploads ?? [], Is.Empty);
        Assert.That((await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects ?? [], Is.Empty);
    }

    [Test]
    public async Task Uploads_older_than_a_moment_are_aborted()
    {
        await _s3.InitiateMultipartUploadAsync(TheBucket, "old");
        _aws.Clock.Advance(TimeSpan.FromMinutes(10));
        var later = _aws.Clock.GetUtcNow().UtcDateTime;
        await _s3.InitiateMultipartUploadAsync(TheBucket, "new");
        await _transfers.AbortMultipartUploadsAsync(TheBucket, later.AddMinutes(-5));
        Assert.That((await _s3.ListMultipartUploadsAsync(TheBucket)).MultipartUploads.Select(upload => upload.Key), Is.EqualTo(new[] { "new" }));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html")]
    public async Task Presigned_URLs_put_get_tell_and_delete()
    {
        Task<string> SignAsync(HttpVerb verb, Action<GetPreSignedUrlRequest>? with = null)
        {
            var request = new GetPreSignedUrlRequest
            {
                BucketName = TheBucket,
                Key = "서명 +1/a.txt",
                Verb = verb,
                Expires = _aws.Clock.GetUtcNow().UtcDateTime.AddMinutes(5),
                Protocol = overSocket ? Protocol.HTTP : Protocol.HTTPS,
            };
            with?.Invoke(request);
            return _s3.GetPreSignedURLAsync(request);
        }

        using var body = new StringContent("by URL", null, "text/plain");
        body.Headers.ContentType!.CharSet = null;
        using var put = await _http.PutAsync(await SignAsync(HttpVerb.PUT, request => request.ContentType = "text/plain"), body);
        var get = await SignAsync(HttpVerb.GET, request => request.ResponseHeaderOverrides.ContentDisposition = "attachment; filename=\"a.txt\"");
        using var got = await _http.GetAsync(get);
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, await SignAsync(HttpVerb.HEAD)));
        using var other = await _http.GetAsync(get.Replace("a.txt?", "b.txt?"));
        using var deleted = await _http.DeleteAsync(await SignAsync(HttpVerb.DELETE));
        Assert.That((put.StatusCode, head.StatusCode, other.StatusCode, deleted.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.NoContent)));
        Assert.That((await got.Content.ReadAsStringAsync(), got.Content.Headers.ContentType!.MediaType, got.Content.Headers.GetValues("Content-Disposition").Single(), head.Content.Headers.ContentLength), Is.EqualTo(("by URL", "text/plain", "attachment; filename=\"a.txt\"", 6L)));
        _aws.Clock.Advance(TimeSpan.FromMinutes(6));
        using var late = await _http.GetAsync(get);
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("<Message>Request has expired</Message>"));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private async Task<byte[]> ContentOfAsync(string key)
    {
        using var response = await _s3.GetObjectAsync(TheBucket, key);
        using var copy = new MemoryStream();
        await response.ResponseStream.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>Three parts and a little.</summary>
    private static byte[] Content()
    {
        var bytes = new byte[(3 * PartSize) + 3];
        new System.Random(1).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A stream that can be read once, of a length that it does not tell.</summary>
    private sealed class OneWay(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    }
}
