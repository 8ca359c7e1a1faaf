using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Storage;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.S3.Crashes;

[Platform("Linux")] // where a file system is a command away
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList")]
internal sealed class DiskFullTests
{
    private const string Bucket = "the-bucket";
    private const int Megabyte = 1 << 20;

    private SmallDisk _disk = null!;
    private AwsEmulator _aws = null!;
    private AmazonS3Client _s3 = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _disk = SmallDisk.Mount(megabytes: 24);
        _aws = await AwsEmulator.StartAsync(options => options.DataFolder = DataFolder);
        _s3 = _aws.CreateClient<AmazonS3Client>(config => config.MaxErrorRetry = 0);
        await _s3.PutBucketAsync(Bucket);
        await PutAsync("small", 100);
        await PutAsync("large", Megabyte);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_s3 is not null) _s3.Dispose();
        if (_aws is not null) await _aws.DisposeAsync();
        _disk?.Dispose();
    }

    private string DataFolder => Path.Combine(_disk.Path, "data");

    [Test]
    public async Task A_body_that_has_no_room_is_refused_and_leaves_nothing()
    {
        var upload = (await _s3.InitiateMultipartUploadAsync(Bucket, "parts")).UploadId;
        _disk.Fill(leave: 3 * Megabyte);
        var files = Files();
        await Task.WhenAll(
            IsRefusedAsync(() => PutAsync("large", 5 * Megabyte)), // in the place of one that is there
            IsRefusedAsync(() => PutAsync("new", 6 * Megabyte)),
            IsRefusedAsync(() => _s3.UploadPartAsync(new UploadPartRequest { BucketName = Bucket, Key = "parts", UploadId = upload, PartNumber = 1, InputStream = new MemoryStream(Body("parts", 7 * Megabyte)) })));
        Assert.That(Files(), Is.EqualTo(files));
        await ReadsGoOnAsync("large", "small");
        Assert.That((await _s3.ListPartsAsync(Bucket, "parts", upload)).Parts, Is.Null.Or.Empty);
        await PutAsync("fits", Megabyte);
        _disk.Free();
        await PutAsync("new", 6 * Megabyte);
        await ReadsGoOnAsync("fits", "large", "new", "small");
    }

    [Test]
    public async Task A_store_that_has_no_room_takes_no_writes_until_there_is_some()
    {
        _disk.Fill();
        var written = 0;
        // The log has some room left at first.
        while (await TryAsync(() => PutAsync($"more/{written}", 10_000))) Assert.That(++written, Is.LessThan(5_000));
        await IsRefusedAsync(() => PutAsync("large", 20_000));
        await IsRefusedAsync(() => _s3.PutBucketAsync("another-bucket"));
        await IsRefusedAsync(() => _s3.CopyObjectAsync(Bucket, "large", Bucket, "copy"));
        await IsRefusedAsync(() => _s3.InitiateMultipartUploadAsync(Bucket, "parts"));
        Assert.That((await _s3.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { Bucket }));
        var kept = Enumerable.Range(0, written).Select(number => $"more/{number}").Append("large").Append("small").Order(StringComparer.Ordinal).ToArray();
        await ReadsGoOnAsync(kept);

        _disk.Free();
        await PutAsync("after", 100_000);
        await ReadsGoOnAsync([.. kept.Append("after").Order(StringComparer.Ordinal)]);
        await RestartAsync();
        await ReadsGoOnAsync([.. kept.Append("after").Order(StringComparer.Ordinal)]);
        Assert.That(StoreFiles.IntegrityCheck(Path.Combine(DataFolder, "store.db")), Is.EqualTo("ok"));
    }

    [Test]
    public async Task What_replication_has_no_room_for_waits_until_there_is_some()
    {
        await _s3.PutBucketAsync("the-copies");
        foreach (var bucket in new[] { Bucket, "the-copies" }) await _s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        await _s3.PutBucketReplicationAsync(new PutBucketReplicationRequest
        {
            BucketName = Bucket,
            Configuration = new()
            {
                Role = "arn:aws:iam::000000000000:role/replication",
                Rules = [new() { Id = "all", Priority = 1, Status = ReplicationRuleStatus.Enabled, Filter = new() { Prefix = "replicated" }, DeleteMarkerReplication = new() { Status = "Disabled" }, Destination = new() { BucketArn = "arn:aws:s3:::the-copies" } }],
            },
        });
        _aws.Clock.Freeze();
        await PutAsync("replicated", 30_000);
        _disk.Fill();
        for (var written = 0; await TryAsync(() => PutAsync($"more/{written}", 10_000)); written++) Assert.That(written, Is.LessThan(5_000));
        _aws.Clock.Advance(TimeSpan.Zero);
        Assert.That((await _s3.GetObjectMetadataAsync(Bucket, "replicated")).ReplicationStatus.Value, Is.EqualTo("PENDING"));
        _disk.Free();
        _aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await _s3.GetObjectMetadataAsync(Bucket, "replicated")).ReplicationStatus.Value, Is.EqualTo("COMPLETED"));
    }

    private async Task RestartAsync()
    {
        await _aws.DisposeAsync();
        _s3.Dispose();
        _aws = await AwsEmulator.StartAsync(options => options.DataFolder = DataFolder);
        _s3 = _aws.CreateClient<AmazonS3Client>();
        using var rows = _aws.Host.Store.Snapshot();
        Assert.That(Files(), Is.EqualTo(BodyReferences.All(rows).Count()));
    }

    private Task PutAsync(string key, int size) => _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = new MemoryStream(Body(key, size)) });

    /// <summary>Of the same bytes wherever it is written under that key with that size.</summary>
    private static byte[] Body(string key, int size) => ObjectWriter.Body(key.Length, size);

    private static async Task IsRefusedAsync(Func<Task> call) => Assert.That(await TryAsync(call), Is.False);

    /// <summary>False where the disk is too full.</summary>
    private static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (AmazonS3Exception error)
        {
            Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")), error.Message);
            return false;
        }
    }

    /// <summary>Just these keys are there, and whole.</summary>
    private async Task ReadsGoOnAsync(params string[] keys)
    {
        var listed = new List<string>();
        await foreach (var one in _s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = Bucket }).S3Objects) listed.Add(one.Key);
        Assert.That(listed, Is.EqualTo(keys));
        foreach (var key in keys)
        {
            using var got = await _s3.GetObjectAsync(Bucket, key);
            using var copy = new MemoryStream();
            await got.ResponseStream.CopyToAsync(copy);
            Assert.That(ObjectWriter.IsWhole(copy.ToArray()), Is.True, key);
        }
    }

    private int Files() => Directory.EnumerateFiles(Path.Combine(DataFolder, "bodies"), "*", SearchOption.AllDirectories).Count();
}
