using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace Emulator.Tests.S3.Crashes;

/// <summary>The child process of <see cref="ObjectCrashTests"/>: changes objects until it is killed, and says each change before it asks for it and after it was acknowledged.</summary>
internal static class ObjectWriter
{
    public const string Command = "object-writer";
    public const int Writers = 8;
    public const string Plain = "plain-bucket";
    public const string Versioned = "versioned-bucket";

    private const int Keys = 5;
    private const int MinPart = 5 << 20;

    public static async Task RunAsync(string folder)
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder);
        using var s3 = aws.CreateClient<AmazonS3Client>(config => config.MaxErrorRetry = 0);
        await using var output = Console.OpenStandardOutput();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => new Writer(s3, writer, output).RunAsync())));
    }

    /// <summary>Bytes that tell by themselves whether they are whole: their seed, their length, and what follows from the seed.</summary>
    public static byte[] Body(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        BitConverter.TryWriteBytes(bytes, seed);
        BitConverter.TryWriteBytes(bytes.AsSpan(sizeof(int)), length);
        return bytes;
    }

    public static bool IsWhole(byte[] body) => body.AsSpan().SequenceEqual(Body(BitConverter.ToInt32(body), body.Length)) && BitConverter.ToInt32(body, sizeof(int)) == body.Length;

    public static string Hash(byte[] body) => Convert.ToHexStringLower(MD5.HashData(body));

    private sealed class Writer(AmazonS3Client s3, int number, Stream output)
    {
        private readonly Random _random = new(HashCode.Combine(Environment.ProcessId, number));
        private readonly List<(string Key, string VersionId)> _versions = [];

        private string AnyBucket => _random.Next(2) == 0 ? Plain : Versioned;

        private string OwnKey => $"{number}/{_random.Next(Keys)}";

        public async Task RunAsync()
        {
            while (true)
            {
                var (bucket, key) = (AnyBucket, OwnKey);
                switch (_random.Next(20))
                {
                    case < 5: await PutAsync(bucket, key, _random.Next(8, 16_000)); break;
                    case < 9: await PutAsync(bucket, key, _random.Next(17_000, 400_000)); break;
                    case < 12: await CopyAsync(bucket, key); break;
                    case < 15: await PartsAsync(bucket, key); break;
                    case < 17: await DeleteAsync(bucket, key); break;
                    case < 18: await DeleteSeveralAsync(bucket); break;
                    default: await DeleteVersionAsync(); break;
                }
            }
        }

        private void Say(params object[] words)
        {
            var line = Encoding.ASCII.GetBytes(string.Join(' ', [words[0], number, .. words[1..]]) + "\n");
            lock (output) output.Write(line);
        }

        private void Done(string? etag, string? id) => Say("done", etag is null ? "-" : etag.Trim('"'), string.IsNullOrEmpty(id) ? "-" : id);

        private void Made(string bucket, string key, string? etag, string? versionId)
        {
            Done(etag, versionId);
            if (bucket == Versioned) _versions.Add((key, versionId!));
        }

        private byte[] NewBody(int length) => Body(_random.Next(), length);

        private async Task PutAsync(string bucket, string key, int length)
        {
            var body = NewBody(length);
            Say("put", bucket, key, Hash(body));
            var put = await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, InputStream = new MemoryStream(body) });
            Made(bucket, key, put.ETag, put.VersionId);
        }

        /// <summary>From any writer's key, which may be written or deleted at the same time.</summary>
        private async Task CopyAsync(string bucket, string key)
        {
            var source = $"{_random.Next(Writers)}/{_random.Next(Keys)}";
            Say("copy", bucket, key, "?");
            try
            {
                var copy = await s3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = AnyBucket, SourceKey = source, DestinationBucket = bucket, DestinationKey = key, StorageClass = S3StorageClass.StandardInfrequentAccess });
                Made(bucket, key, copy.ETag, copy.VersionId);
            }
            catch (AmazonS3Exception absent) when (absent.ErrorCode == "NoSuchKey")
            {
                Say("failed");
            }
        }

        private async Task PartsAsync(string bucket, string key)
        {
            Say("create", bucket, key, "-");
            var upload = (await s3.InitiateMultipartUploadAsync(bucket, key)).UploadId;
            Done(null, upload);
            var body = NewBody(_random.Next(4) == 0 ? MinPart + _random.Next(8, 50_000) : _random.Next(8, 100_000));
            var parts = new List<PartETag>();
            for (var i = 1; (i - 1) * MinPart < body.Length; i++)
            {
                if (_random.Next(4) == 0) await UploadAsync(bucket, key, upload, i, NewBody(_random.Next(8, 40_000)));
                parts.Add(await UploadAsync(bucket, key, upload, i, body[((i - 1) * MinPart)..Math.Min(i * MinPart, body.Length)]));
            }
            if (_random.Next(5) == 0)
            {
                Say("abort", bucket, key, "-", upload);
                await s3.AbortMultipartUploadAsync(bucket, key, upload);
                Done(null, null);
                return;
            }
            Say("complete", bucket, key, Hash(body), upload);
            var completed = await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts });
            Made(bucket, key, completed.ETag, completed.VersionId);
        }

        private async Task<PartETag> UploadAsync(string bucket, string key, string upload, int part, byte[] body)
        {
            Say("part", bucket, key, Hash(body), upload, part);
            var uploaded = await s3.UploadPartAsync(new UploadPartRequest { BucketName = bucket, Key = key, UploadId = upload, PartNumber = part, InputStream = new MemoryStream(body) });
            Done(uploaded.ETag, null);
            return new(part, uploaded.ETag);
        }

        private async Task DeleteAsync(string bucket, string key)
        {
            Say("delete", bucket, key, "-");
            Made(bucket, key, null, (await s3.DeleteObjectAsync(bucket, key)).VersionId);
        }

        private async Task DeleteSeveralAsync(string bucket)
        {
            var keys = Enumerable.Range(0, Keys).Where(_ => _random.Next(2) == 0).Select(key => $"{number}/{key}").ToList();
            if (keys.Count == 0) return;
            Say("delete", bucket, string.Join(',', keys), "-");
            var deleted = await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = bucket, Objects = keys.ConvertAll(key => new KeyVersion { Key = key }) });
            var markers = keys.ConvertAll(key => deleted.DeletedObjects.Single(one => one.Key == key).DeleteMarkerVersionId);
            Done(null, bucket == Versioned ? string.Join(',', markers) : null);
            if (bucket == Versioned) _versions.AddRange(keys.Zip(markers));
        }

        private async Task DeleteVersionAsync()
        {
            if (_versions.Count == 0) return;
            var (key, id) = _versions[_random.Next(_versions.Count)];
            _versions.Remove((key, id));
            Say("forget", Versioned, key, "-", id);
            await s3.DeleteObjectAsync(Versioned, key, id);
            Done(null, null);
        }
    }
}
