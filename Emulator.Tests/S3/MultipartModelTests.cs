using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Storage;
using Emulator.Tests.S3.Fuzzing;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Uploads of random parts against the bytes set side by side: uploaded, copied from ranges, replaced, left out.</summary>
[TestFixture(false)]
[TestFixture(true)]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html")]
internal sealed class MultipartModelTests(bool onDisk)
{
    private const string Bucket = "the-bucket";
    private const int MinPart = 5 << 20;

    private static readonly Gen<Part> Parts =
        from gap in Gen.Choose(1, 3000)
        from extra in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(1, 40_000)))
        from origin in Gen.Elements(Origin.Upload, Origin.Upload, Origin.Copy, Origin.CopyOfWhole)
        from isReplaced in Gen.Choose(0, 3)
        from isNamed in Gen.Choose(0, 3)
        select new Part(gap, extra, origin, isReplaced == 0, isNamed > 0);

    private static readonly Gen<Plan> Plans =
        from algorithm in Gen.Elements(null, ChecksumAlgorithm.CRC32, ChecksumAlgorithm.CRC32C, ChecksumAlgorithm.CRC64NVME, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256)
        from wantsFull in Gen.Choose(0, 1)
        from count in Gen.Frequency((2, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)))
        from parts in Gen.ListOf(Parts, count)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Plan(algorithm?.Value, wantsFull == 1 && algorithm?.Value[0] == 'C' || algorithm == ChecksumAlgorithm.CRC64NVME, [.. parts], seed);

    private enum Origin { Upload, Copy, CopyOfWhole }

    /// <param name="Gap">From the number of the part before it.</param>
    /// <param name="Extra">Bytes beyond the least size; of the last part, all bytes.</param>
    private sealed record Part(int Gap, int Extra, Origin Origin, bool IsReplaced, bool IsNamed);

    private sealed record Plan(string? Algorithm, bool IsFullObject, IReadOnlyList<Part> Parts, int Seed)
    {
        public override string ToString() => $"{Algorithm} {(IsFullObject ? "full object" : "composite")} seed {Seed}: {string.Join("; ", Parts)}";
    }

    [Test]
    public async Task The_object_is_its_parts_side_by_side()
    {
        var folder = onDisk ? Directory.CreateTempSubdirectory("emulator-parts-").FullName : null;
        await using (var aws = await AwsEmulator.StartAsync(options => (options.DataFolder, options.Iam, options.Log) = (folder, IamEnforcement.Off, TestContext.Out.WriteLine)))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            await s3.PutBucketAsync(Bucket);
            Check.One(Config.QuickThrowOnFailure.WithMaxTest((onDisk ? 3 : 10) * Fuzz.Times), Prop.ForAll(Arb.From(Plans), plan =>
            {
                new Run(s3, plan).RunAsync().GetAwaiter().GetResult();
                return true;
            }));
            await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = Bucket, Objects = [.. new[] { "key", "copy", "source", "small" }.Select(key => new KeyVersion { Key = key })] });
            using var rows = aws.Host.Store.Snapshot();
            Assert.That(BodyReferences.All(rows).Any() || rows.Range(new Space("s3.bodies"), KeyRange.All).Any(), Is.False, "each body has gone with its last owner");
        }
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }

    private sealed class Run(AmazonS3Client s3, Plan plan)
    {
        private readonly Random _random = new(plan.Seed);
        private readonly ChecksumAlgorithm? _algorithm = plan.Algorithm is { } name ? ChecksumAlgorithm.FindValue(name) : null;
        private byte[] _source = [];
        private byte[] _small = [];
        private string _upload = "";

        public async Task RunAsync()
        {
            await MakeSourcesAsync();
            _upload = (await s3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
            {
                BucketName = Bucket,
                Key = "key",
                ChecksumAlgorithm = _algorithm,
                ChecksumType = _algorithm is null ? null : plan.IsFullObject ? ChecksumType.FULL_OBJECT : ChecksumType.COMPOSITE,
            })).UploadId;
            var named = new List<(byte[] Bytes, PartETag Tag)>();
            var number = 0;
            for (var i = 0; i < plan.Parts.Count; i++)
            {
                var part = plan.Parts[i];
                number += part.Gap;
                var isLast = i == plan.Parts.Count - 1;
                if (part.IsReplaced) await UploadAsync(number, Bytes(_random.Next(1, 5000)));
                var made = await MakeAsync(number, part.Origin, isLast ? part.Extra : MinPart + part.Extra, isLast);
                if (part.IsNamed || isLast) named.Add(made);
            }
            var completed = await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = Bucket, Key = "key", UploadId = _upload, PartETags = [.. named.Select(part => part.Tag)] });
            await CheckAsync(completed, named.ConvertAll(part => part.Bytes));
        }

        /// <summary>A source that is itself made of parts, so that ranges of it lie in two, and one whose bytes stand in its row.</summary>
        private async Task MakeSourcesAsync()
        {
            _source = Bytes((2 * MinPart) + _random.Next(1, 1000));
            var upload = (await s3.InitiateMultipartUploadAsync(Bucket, "source")).UploadId;
            var tags = new List<PartETag>();
            var border = MinPart + _random.Next(1000);
            foreach (var (number, bytes) in new[] { (1, _source[..border]), (2, _source[border..]) })
            {
                tags.Add(new(number, (await s3.UploadPartAsync(new UploadPartRequest { BucketName = Bucket, Key = "source", UploadId = upload, PartNumber = number, InputStream = new MemoryStream(bytes) })).ETag));
            }
            await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = Bucket, Key = "source", UploadId = upload, PartETags = tags });
            _small = Bytes(_random.Next(1, 16_000));
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "small", InputStream = new MemoryStream(_small) });
        }

        private async Task<(byte[], PartETag)> MakeAsync(int number, Origin origin, int size, bool isLast)
        {
            switch (origin)
            {
                case Origin.Copy when size > 0:
                    var first = _random.Next(_source.Length - size);
                    var range = _source[first..(first + size)];
                    return (range, await CopyAsync(number, "source", range, first));
                case Origin.CopyOfWhole when isLast:
                    return (_small, await CopyAsync(number, "small", _small));
                case Origin.CopyOfWhole:
                    return (_source, await CopyAsync(number, "source", _source));
                default:
                    var bytes = Bytes(size);
                    return (bytes, await UploadAsync(number, bytes));
            }
        }

        private async Task<PartETag> UploadAsync(int number, byte[] bytes)
        {
            var request = new UploadPartRequest { BucketName = Bucket, Key = "key", UploadId = _upload, PartNumber = number, InputStream = new MemoryStream(bytes) };
            // The SDK does not compute these two without native code.
            if (_algorithm == ChecksumAlgorithm.CRC64NVME) request.ChecksumCRC64NVME = Checksum(bytes);
            else if (_algorithm == ChecksumAlgorithm.CRC32C) request.ChecksumCRC32C = Checksum(bytes);
            else request.ChecksumAlgorithm = _algorithm;
            var uploaded = await s3.UploadPartAsync(request);
            Assert.That(uploaded.ETag, Is.EqualTo($"\"{Convert.ToHexStringLower(MD5.HashData(bytes))}\""));
            return Tag(number, uploaded.ETag, bytes);
        }

        private async Task<PartETag> CopyAsync(int number, string source, byte[] bytes, int? first = null)
        {
            var copied = await s3.CopyPartAsync(new CopyPartRequest
            {
                SourceBucket = Bucket,
                SourceKey = source,
                DestinationBucket = Bucket,
                DestinationKey = "key",
                UploadId = _upload,
                PartNumber = number,
                FirstByte = first,
                LastByte = first + bytes.Length - 1,
            });
            return Tag(number, copied.ETag, bytes);
        }

        /// <summary>The checksum is told where it must be: of parts that are not joined to one of the whole.</summary>
        private PartETag Tag(int number, string etag, byte[] bytes)
        {
            var tag = new PartETag(number, etag);
            if (plan.IsFullObject) return tag;
            switch (plan.Algorithm)
            {
                case "CRC32": tag.ChecksumCRC32 = Checksum(bytes); break;
                case "CRC32C": tag.ChecksumCRC32C = Checksum(bytes); break;
                case "SHA1": tag.ChecksumSHA1 = Checksum(bytes); break;
                case "SHA256": tag.ChecksumSHA256 = Checksum(bytes); break;
            }
            return tag;
        }

        private async Task CheckAsync(CompleteMultipartUploadResponse completed, List<byte[]> parts)
        {
            byte[] whole = [.. parts.SelectMany(part => part)];
            byte[] digests = [.. parts.SelectMany(MD5.HashData)];
            Assert.That(completed.ETag, Is.EqualTo($"\"{Convert.ToHexStringLower(MD5.HashData(digests))}-{parts.Count}\""));
            var head = await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Bucket, Key = "key", ChecksumMode = ChecksumMode.ENABLED });
            Assert.That((head.ContentLength, head.ETag), Is.EqualTo(((long)whole.Length, completed.ETag)));
            Assert.That(ChecksumOf(head), Is.EqualTo(_algorithm is null || plan.IsFullObject ? Checksum(whole) : $"{Convert.ToBase64String(Digest([.. parts.SelectMany(Digest)]))}-{parts.Count}"));
            Assert.That(Same(await GetAsync(_ => { }), whole), "the whole");
            await CheckRangesAsync(parts, whole);
            await CheckPartsAsync(parts);
            var copy = await s3.CopyObjectAsync(Bucket, "key", Bucket, "copy");
            Assert.That(copy.ETag, Is.EqualTo($"\"{Convert.ToHexStringLower(MD5.HashData(whole))}\""));
            Assert.That(Same(await GetAsync(get => get.Key = "copy"), whole), "the copy");
        }

        /// <summary>Around the borders of the parts, and anywhere.</summary>
        private async Task CheckRangesAsync(List<byte[]> parts, byte[] whole)
        {
            if (whole.Length == 0) return;
            var border = 0;
            var places = new List<int> { 0, whole.Length - 1, _random.Next(whole.Length), _random.Next(whole.Length) };
            foreach (var part in parts) places.AddRange([(border += part.Length) - 1, border, border + 1]);
            places.RemoveAll(place => place >= whole.Length);
            for (var i = 0; i < 12; i++)
            {
                var (one, other) = (places[_random.Next(places.Count)], places[_random.Next(places.Count)]);
                var (first, last) = (Math.Min(one, other), Math.Max(one, other));
                Assert.That(Same(await GetAsync(get => get.ByteRange = new(first, last)), whole[first..(last + 1)]), $"{first}-{last}");
            }
            var suffix = _random.Next(1, whole.Length + 10);
            Assert.That(Same(await GetAsync(get => get.ByteRange = new($"bytes=-{suffix}")), whole[^Math.Min(suffix, whole.Length)..]), $"-{suffix}");
        }

        private async Task CheckPartsAsync(List<byte[]> parts)
        {
            for (var i = 0; i < parts.Count; i++)
            {
                if (parts[i].Length > 0) Assert.That(Same(await GetAsync(get => get.PartNumber = i + 1), parts[i]), $"part {i + 1}");
                var head = await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Bucket, Key = "key", PartNumber = i + 1 });
                Assert.That((head.PartsCount, head.ContentLength), Is.EqualTo(((int?)parts.Count, (long)parts[i].Length)));
            }
            Assert.That(async () => await GetAsync(get => get.PartNumber = parts.Count + 1), Throws.TypeOf<AmazonS3Exception>().With.Property(nameof(AmazonS3Exception.StatusCode)).EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
        }

        private async Task<byte[]> GetAsync(Action<GetObjectRequest> with)
        {
            var request = new GetObjectRequest { BucketName = Bucket, Key = "key" };
            with(request);
            using var got = await s3.GetObjectAsync(request);
            using var copy = new MemoryStream();
            await got.ResponseStream.CopyToAsync(copy);
            return copy.ToArray();
        }

        private byte[] Bytes(int size)
        {
            var bytes = new byte[size];
            _random.NextBytes(bytes);
            return bytes;
        }

        private static bool Same(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

        private string Checksum(byte[] bytes) => Convert.ToBase64String(Digest(bytes));

        /// <summary>By the definition of each algorithm, with nothing of the product. https://reveng.sourceforge.io/crc-catalogue/all.htm</summary>
        private byte[] Digest(byte[] bytes)
        {
            var digest = new byte[8];
            switch (_algorithm?.Value)
            {
                case "SHA1": return SHA1.HashData(bytes);
                case "SHA256": return SHA256.HashData(bytes);
                case "CRC32": BinaryPrimitives.WriteUInt32BigEndian(digest, (uint)Crc(bytes, 0xEDB88320, uint.MaxValue)); return digest[..4];
                case "CRC32C": BinaryPrimitives.WriteUInt32BigEndian(digest, (uint)Crc(bytes, 0x82F63B78, uint.MaxValue)); return digest[..4];
                default: BinaryPrimitives.WriteUInt64BigEndian(digest, Crc(bytes, 0x9A6C9329AC4BC9B5, ulong.MaxValue)); return digest;
            }
        }

        private static ulong Crc(byte[] bytes, ulong polynomial, ulong ones)
        {
            var table = new ulong[256];
            for (var i = 0; i < 256; i++)
            {
                var value = (ulong)i;
                for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ polynomial;
                table[i] = value;
            }
            var crc = ones;
            foreach (var b in bytes) crc = (crc >> 8) ^ table[(byte)crc ^ b];
            return crc ^ ones;
        }

        private static string ChecksumOf(GetObjectMetadataResponse head) => head.ChecksumCRC32 ?? head.ChecksumCRC32C ?? head.ChecksumSHA1 ?? head.ChecksumSHA256 ?? head.ChecksumCRC64NVME;
    }
}
