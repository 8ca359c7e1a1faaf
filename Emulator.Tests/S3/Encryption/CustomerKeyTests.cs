using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Encryption;

[Observed("2026-02, recorded: TestS3SSECEncryption")]
internal sealed class CustomerKeyTests : S3Fixture
{
    private const string Prefix = "x-amz-server-side-encryption-customer-";
    private const string Incompatible = "Server Side Encryption with Customer provided key is incompatible with the encryption method specified";
    private const string Demanded = "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.";
    private const string Wrong = "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.";
    private const string PartNeedsKey = "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.";

    private static readonly ServerSideEncryptionCustomerMethod Aes = ServerSideEncryptionCustomerMethod.AES256;
    private static readonly string Key = KeyOf("a key of the client");
    private static readonly string Other = KeyOf("another key");

    private static readonly string Folders = Directory.CreateTempSubdirectory().FullName;

    private string _folder = "";

    protected override void Configure(AwsEmulatorOptions options) => options.DataFolder = _folder = Directory.CreateDirectory(Path.Combine(Folders, Path.GetRandomFileName())).FullName;

    [OneTimeTearDown]
    public static void DeleteFolders() => Directory.Delete(Folders, true);

    [TestCase(9)]
    [TestCase(300_000)]
    public async Task Who_brings_the_key_reads_the_object_whole_or_a_range_and_nobody_else(int size)
    {
        var bytes = Bytes(size);
        var put = await PutAsync("one", bytes, Encrypt);
        Assert.That((put.ServerSideEncryptionMethod, put.ServerSideEncryptionCustomerMethod, put.ServerSideEncryptionCustomerProvidedKeyMD5), Is.EqualTo(((ServerSideEncryptionMethod?)null, Aes, Md5Of(Key))));
        Assert.That(put.ETag, Does.Match("^\"[0-9a-f]{32}\"$").And.Not.EqualTo($"\"{Convert.ToHexStringLower(MD5.HashData(bytes))}\""));
        Assert.That(await GetAsync("one", Decrypt), Is.EqualTo(bytes));
        Assert.That(await GetAsync("one", get =>
        {
            Decrypt(get);
            get.ByteRange = new(3, size - 2);
        }), Is.EqualTo(bytes[3..^1]));

        await FailsAsync(() => GetAsync("one"), "InvalidRequest", Demanded, HttpStatusCode.BadRequest);
        await FailsAsync(() => GetAsync("one", get => (get.ServerSideEncryptionCustomerMethod, get.ServerSideEncryptionCustomerProvidedKey) = (Aes, Other)), "AccessDenied", Wrong, HttpStatusCode.Forbidden);
        Assert.That((await ErrorOf(() => S3.GetObjectMetadataAsync(TheBucket, "one"))).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        await FailsAsync(() => S3.GetObjectAttributesAsync(new GetObjectAttributesRequest { BucketName = TheBucket, Key = "one", ObjectAttributes = [ObjectAttributes.ETag] }), "InvalidRequest", Demanded, HttpStatusCode.BadRequest);

        await PutAsync("plain", "test");
        await FailsAsync(() => GetAsync("plain", Decrypt), "InvalidRequest", "The encryption parameters are not applicable to this object.", HttpStatusCode.BadRequest);
    }

    [TestCase(40)]
    [TestCase(60_000)]
    public async Task Neither_the_bytes_nor_the_key_are_stored(int size)
    {
        var secret = Encoding.ASCII.GetBytes("a secret sentence, many times. ");
        var bytes = new byte[size];
        for (var i = 0; i < size; i++) bytes[i] = secret[i % secret.Length];
        await PutAsync("hidden", bytes, Encrypt);
        await S3.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = TheBucket,
            SourceKey = "hidden",
            DestinationBucket = TheBucket,
            DestinationKey = "copy",
            CopySourceServerSideEncryptionCustomerMethod = Aes,
            CopySourceServerSideEncryptionCustomerProvidedKey = Key,
            ServerSideEncryptionCustomerMethod = Aes,
            ServerSideEncryptionCustomerProvidedKey = Other,
        });
        Assert.That(Stored().Any(file => Holds(file, secret) || Holds(file, Convert.FromBase64String(Key)) || Holds(file, Encoding.ASCII.GetBytes(Key)) || Holds(file, Encoding.ASCII.GetBytes(Md5Of(Key)))), Is.False);
        await PutAsync("shown", bytes);
        Assert.That(Stored().Any(file => Holds(file, secret)), Is.True, "or the test would see nothing");
    }

    [Test]
    public async Task What_is_wrong_with_a_key_is_told()
    {
        const string Supported = "The Encryption request you specified is not valid. Supported value: AES256.";
        await IsRefusedAsync("AES256", Key, Md5Of(Key), Incompatible, ("x-amz-server-side-encryption", "AES256"));
        await IsRefusedAsync("KMS", Key, Md5Of(Key), Supported);
        await IsRefusedAsync(null, Key, Md5Of(Key), "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.");
        await IsRefusedAsync("AES256", null, Md5Of(Key), "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.");
        await IsRefusedAsync("AES256", Convert.ToBase64String(new byte[16]), Md5Of(Key), "The secret key was invalid for the specified algorithm.");
        await IsRefusedAsync("AES256", "a key that is no base 64 and has its forty-4", Md5Of(Key), "The secret key was invalid for the specified algorithm.");
        await IsRefusedAsync("AES256", Key, Md5Of(Other), "The calculated MD5 hash of the key did not match the hash that was provided.");
        await PutAsync("one", "test", Encrypt);
        var (response, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/one", null, Headers("AES256", Key, null));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(body, Does.Contain($"<Code>AccessDenied</Code><Message>{Wrong}</Message>"));
    }

    [Test]
    public async Task Copies_need_the_key_of_their_source_and_have_their_own()
    {
        await PutAsync("one", "test_data", Encrypt);
        await FailsAsync(() => CopyAsync("two", _ => { }), "InvalidRequest", Demanded, HttpStatusCode.BadRequest);
        var plain = await CopyAsync("two", Source);
        Assert.That((plain.ServerSideEncryptionMethod.Value, plain.ETag), Is.EqualTo(("AES256", $"\"{Convert.ToHexStringLower(MD5.HashData("test_data"u8))}\"")));
        Assert.That(await GetTextAsync("two"), Is.EqualTo("test_data"));

        var other = await CopyAsync("three", copy =>
        {
            Source(copy);
            (copy.ServerSideEncryptionCustomerMethod, copy.ServerSideEncryptionCustomerProvidedKey) = (Aes, Other);
        });
        Assert.That((other.ServerSideEncryptionCustomerMethod, other.ETag == plain.ETag), Is.EqualTo((Aes, false)));
        await FailsAsync(() => GetAsync("three", Decrypt), "AccessDenied", Wrong, HttpStatusCode.Forbidden);
        Assert.That(await GetTextAsync("three", get => (get.ServerSideEncryptionCustomerMethod, get.ServerSideEncryptionCustomerProvidedKey) = (Aes, Other)), Is.EqualTo("test_data"));
    }

    [Test]
    public async Task Parts_come_with_the_key_of_their_upload()
    {
        var without = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = TheBucket, Key = "big" });
        await FailsAsync(() => UploadAsync(without.UploadId, 1, [1], Key), "InvalidRequest", PartNeedsKey, HttpStatusCode.BadRequest);

        var begun = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = TheBucket, Key = "big", ServerSideEncryptionCustomerMethod = Aes, ServerSideEncryptionCustomerProvidedKey = Key });
        Assert.That((begun.ServerSideEncryptionMethod, begun.ServerSideEncryptionCustomerMethod, begun.ServerSideEncryptionCustomerProvidedKeyMD5), Is.EqualTo(((ServerSideEncryptionMethod?)null, Aes, Md5Of(Key))));
        await FailsAsync(() => UploadAsync(begun.UploadId, 1, [1], null), "InvalidRequest", PartNeedsKey, HttpStatusCode.BadRequest);
        await FailsAsync(() => UploadAsync(begun.UploadId, 1, [1], Other), "InvalidRequest", "The provided encryption parameters did not match the ones used originally.", HttpStatusCode.BadRequest);

        var bytes = Bytes((5 * 1024 * 1024) + 7);
        await PutAsync("tail", bytes[..50_000]);
        var first = await UploadAsync(begun.UploadId, 1, bytes, Key);
        var second = await S3.CopyPartAsync(new CopyPartRequest
        {
            SourceBucket = TheBucket,
            SourceKey = "tail",
            DestinationBucket = TheBucket,
            DestinationKey = "big",
            UploadId = begun.UploadId,
            PartNumber = 2,
            FirstByte = 5,
            LastByte = 40_000,
            ServerSideEncryptionCustomerMethod = Aes,
            ServerSideEncryptionCustomerProvidedKey = Key,
        });
        var made = await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = "big", UploadId = begun.UploadId, PartETags = [new(1, first.ETag), new(2, second.ETag)] });
        Assert.That((made.ChecksumCRC64NVME, made.ChecksumType), Is.EqualTo(((string?)null, (ChecksumType?)null)), "recorded: test_multipart_upload_sse_c");
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, Prefix = "big" })).S3Objects.Single().ChecksumAlgorithm ?? [], Is.Empty);
        byte[] whole = [.. bytes, .. bytes[5..40_001]];
        Assert.That((await GetAsync("big", Decrypt)).AsSpan().SequenceEqual(whole), Is.True);
        await FailsAsync(() => GetAsync("big"), "InvalidRequest", Demanded, HttpStatusCode.BadRequest);
        var random = new Random(7);
        for (var i = 0; i < 10; i++)
        {
            var (from, count) = (random.Next(bytes.Length - 40_000, whole.Length - 1), random.Next(1, 70_000));
            var range = await GetAsync("big", get =>
            {
                Decrypt(get);
                get.ByteRange = new(from, from + count - 1);
            });
            Assert.That(range.AsSpan().SequenceEqual(whole.AsSpan(from, Math.Min(count, whole.Length - from))), Is.True, $"{from}+{count}");
        }
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html")]
    public async Task The_key_completes_an_upload_that_has_a_checksum()
    {
        var begun = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
        {
            BucketName = TheBucket,
            Key = "big",
            ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
            ChecksumType = ChecksumType.FULL_OBJECT,
            ServerSideEncryptionCustomerMethod = Aes,
            ServerSideEncryptionCustomerProvidedKey = Key,
        });
        var part = await UploadAsync(begun.UploadId, 1, [1], Key);
        var complete = new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = "big", UploadId = begun.UploadId, PartETags = [new(1, part.ETag)] };
        await FailsAsync(() => S3.CompleteMultipartUploadAsync(complete), "InvalidRequest", PartNeedsKey, HttpStatusCode.BadRequest);
        (complete.SSECustomerAlgorithm, complete.SSECustomerKey, complete.SSECustomerKeyMD5) = ("AES256", Key, Md5Of(Key));
        Assert.That((await S3.CompleteMultipartUploadAsync(complete)).ChecksumCRC32, Is.Not.Null);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html")]
    public async Task A_form_brings_its_key_in_fields()
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in Headers("AES256", Key, Md5Of(Key)).Prepend(("key", "posted"))) form.Add(new StringContent(value), name);
        form.Add(new StringContent("from a form"), "file");
        using var response = await Http.PostAsync(new Uri($"http://localhost:4566/{TheBucket}"), form);
        Assert.That((response.StatusCode, response.Headers.GetValues(Prefix + "key-MD5").Single(), response.Headers.Contains("x-amz-server-side-encryption")), Is.EqualTo((HttpStatusCode.NoContent, Md5Of(Key), false)));
        Assert.That(await GetTextAsync("posted", Decrypt), Is.EqualTo("from a form"));
        await FailsAsync(() => GetAsync("posted"), "InvalidRequest", Demanded, HttpStatusCode.BadRequest);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html")]
    public async Task A_bucket_can_block_keys_of_clients()
    {
        await SendAsync(HttpMethod.Put, $"/{TheBucket}?encryption", "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>");
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}?encryption")).Body, Does.Contain("<BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes>"));
        Assert.That((await ErrorOf(() => PutAsync("one", "test", Encrypt))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await PutAsync("one", "test")).ServerSideEncryptionMethod.Value, Is.EqualTo("AES256"));
    }

    private static void Encrypt(PutObjectRequest put) => (put.ServerSideEncryptionCustomerMethod, put.ServerSideEncryptionCustomerProvidedKey) = (Aes, Key);

    private static void Decrypt(GetObjectRequest get) => (get.ServerSideEncryptionCustomerMethod, get.ServerSideEncryptionCustomerProvidedKey) = (Aes, Key);

    private static void Source(CopyObjectRequest copy) => (copy.CopySourceServerSideEncryptionCustomerMethod, copy.CopySourceServerSideEncryptionCustomerProvidedKey) = (Aes, Key);

    private Task<CopyObjectResponse> CopyAsync(string key, Action<CopyObjectRequest> with)
    {
        var request = new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "one", DestinationBucket = TheBucket, DestinationKey = key };
        with(request);
        return S3.CopyObjectAsync(request);
    }

    private Task<UploadPartResponse> UploadAsync(string uploadId, int number, byte[] bytes, string? key)
    {
        var request = new UploadPartRequest { BucketName = TheBucket, Key = "big", UploadId = uploadId, PartNumber = number, InputStream = new MemoryStream(bytes) };
        if (key is not null) (request.ServerSideEncryptionCustomerMethod, request.ServerSideEncryptionCustomerProvidedKey) = (Aes, key);
        return S3.UploadPartAsync(request);
    }

    private async Task IsRefusedAsync(string? algorithm, string? key, string? md5, string message, params (string, string)[] more)
    {
        var (response, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/refused", "test", [.. Headers(algorithm, key, md5), .. more]);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body, Does.Contain($"<Message>{message}</Message><ArgumentName>x-amz-server-side-encryption</ArgumentName>"));
    }

    private static (string, string)[] Headers(string? algorithm, string? key, string? md5) =>
        [.. new[] { (Prefix + "algorithm", algorithm), (Prefix + "key", key), (Prefix + "key-MD5", md5) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))];

    private IEnumerable<byte[]> Stored() => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock").Select(Read);

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    private static bool Holds(byte[] file, byte[] bytes) => file.AsSpan().IndexOf(bytes) >= 0;

    private static string KeyOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Md5Of(string key) => Convert.ToBase64String(MD5.HashData(Convert.FromBase64String(key)));
}
