using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Storage;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.S3.Crashes;

/// <summary>A process whose objects are put, copied, completed and deleted at once is killed, again and again.</summary>
/// <remarks><c>EMULATOR_CRASH_ROUNDS=100</c> kills it a hundred times.</remarks>
internal sealed class ObjectCrashTests
{
    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task A_killed_process_leaves_every_acknowledged_object_whole_and_none_by_halves()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("EMULATOR_CRASH_ROUNDS"), out var more) ? more : 6;
        var random = new Random();
        var told = new ToldObjects();
        await OnEmulatorAsync(MakeBucketsAsync);
        for (var round = 1; round <= rounds; round++)
        {
            var before = told.Acknowledged;
            foreach (var line in await CrashProcess.LinesUntilKilledAsync(ObjectWriter.Command, _folder.Path, random.Next(40, 1500))) told.Hear(line);
            Assert.That(told.Acknowledged, Is.GreaterThan(before), "the round wrote something");
            Assert.That(StoreFiles.IntegrityCheck(_folder["store.db"]), Is.EqualTo("ok"));
            await OnEmulatorAsync(async (aws, s3) =>
            {
                CheckFiles(aws);
                await CheckUploadsAsync(s3, told);
                foreach (var bucket in new[] { ObjectWriter.Plain, ObjectWriter.Versioned }) await CheckObjectsAsync(s3, bucket, told);
                told.Settle();
                if (round % 5 == 0 || round == rounds) await RemoveAllAsync(aws, s3, told);
            });
        }
        TestContext.Out.WriteLine($"{told.Acknowledged} changes acknowledged in {rounds} rounds");
    }

    private async Task OnEmulatorAsync(Func<AwsEmulator, AmazonS3Client, Task> run)
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.DataFolder = _folder.Path);
        using var s3 = aws.CreateClient<AmazonS3Client>();
        await run(aws, s3);
    }

    private static async Task MakeBucketsAsync(AwsEmulator aws, AmazonS3Client s3)
    {
        await s3.PutBucketAsync(ObjectWriter.Plain);
        await s3.PutBucketAsync(ObjectWriter.Versioned);
        await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = ObjectWriter.Versioned, VersioningConfig = new() { Status = VersionStatus.Enabled } });
    }

    /// <summary>Each file has an owner and each owner its file.</summary>
    private void CheckFiles(AwsEmulator aws)
    {
        using var rows = aws.Host.Store.Snapshot();
        var files = Directory.Exists(_folder["bodies"]) ? Directory.EnumerateFiles(_folder["bodies"], "*", SearchOption.AllDirectories).Select(Path.GetFileName) : [];
        Assert.That(files, Is.EquivalentTo(BodyReferences.All(rows)));
    }

    private static async Task CheckObjectsAsync(AmazonS3Client s3, string bucket, ToldObjects told)
    {
        var actual = (await VersionsAsync(s3, bucket)).ToLookup(version => version.Key);
        var keys = told.Versions.Keys.Where(place => place.Bucket == bucket).Select(place => place.Key).Union(actual.Select(group => group.Key)).Order(StringComparer.Ordinal).ToList();
        foreach (var key in keys)
        {
            var versions = new List<ToldVersion>();
            foreach (var version in actual[key]) versions.Add(version.IsDeleteMarker == true ? new(version.VersionId, null, null) : new(version.VersionId, await ReadAsync(s3, bucket, version), version.ETag.Trim('"')));
            var possible = told.Possible(bucket, key).ToList();
            Assert.That(possible.Any(one => one.Count == versions.Count && one.Zip(versions).All(pair => pair.First.Agrees(pair.Second))), Is.True,
                $"{bucket}/{key} is [{string.Join(", ", versions)}] and may be {string.Join(" or ", possible.Select(one => $"[{string.Join(", ", one)}]"))}");
            told.Versions[(bucket, key)] = versions;
        }
        var current = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        Assert.That((current.S3Objects ?? []).Select(one => one.Key), Is.EqualTo(keys.Where(key => told.Versions[(bucket, key)] is [{ Hash: not null }, ..])));
    }

    /// <summary>The hash of a version's bytes, which are whole.</summary>
    private static async Task<string> ReadAsync(AmazonS3Client s3, string bucket, S3ObjectVersion version)
    {
        using var got = await s3.GetObjectAsync(bucket, version.Key, version.VersionId);
        using var copy = new MemoryStream();
        await got.ResponseStream.CopyToAsync(copy);
        var body = copy.ToArray();
        Assert.That((body.Length, ObjectWriter.IsWhole(body)), Is.EqualTo(((int)version.Size!, true)), $"{bucket}/{version.Key}");
        var hash = ObjectWriter.Hash(body);
        if (!version.ETag.Contains('-')) Assert.That(version.ETag.Trim('"'), Is.EqualTo(hash));
        return hash;
    }

    private static async Task CheckUploadsAsync(AmazonS3Client s3, ToldObjects told)
    {
        foreach (var bucket in new[] { ObjectWriter.Plain, ObjectWriter.Versioned })
        {
            var uploads = await s3.ListMultipartUploadsAsync(bucket);
            var actual = (uploads.MultipartUploads ?? []).ToDictionary(upload => upload.UploadId);
            var expected = told.Uploads.Where(pair => pair.Value.Bucket == bucket).Select(pair => pair.Key).ToList();
            var ending = told.Unanswered.Where(change => change.Kind is "complete" or "abort").Select(change => change.Id).ToList();
            var beginning = told.Unanswered.Count(change => change.Kind == "create" && change.Bucket == bucket);
            Assert.That(expected.Except(actual.Keys), Is.SubsetOf(ending), "only what was being ended may have ended");
            Assert.That(actual.Keys.Except(expected).Count(), Is.LessThanOrEqualTo(beginning), "only what was being begun may have begun");
            foreach (var upload in actual.Values)
            {
                if (told.Uploads.TryGetValue(upload.UploadId, out var parts)) await CheckPartsAsync(s3, upload, parts, told, bucket);
                await s3.AbortMultipartUploadAsync(bucket, upload.Key, upload.UploadId);
            }
            foreach (var id in expected) told.Uploads.Remove(id);
        }
    }

    private static async Task CheckPartsAsync(AmazonS3Client s3, MultipartUpload upload, ToldUpload expected, ToldObjects told, string bucket)
    {
        var actual = ((await s3.ListPartsAsync(bucket, upload.Key, upload.UploadId)).Parts ?? []).ToDictionary(part => part.PartNumber!.Value, part => part.ETag.Trim('"'));
        var coming = told.Unanswered.FirstOrDefault(change => change.Kind == "part" && change.Id == upload.UploadId);
        if (coming is not null && actual.TryGetValue(coming.Part, out var hash) && hash == coming.Hash) expected.Parts[coming.Part] = hash;
        Assert.That(actual, Is.EquivalentTo(expected.Parts));
    }

    /// <summary>With the last version goes the last file, and the last row.</summary>
    private async Task RemoveAllAsync(AwsEmulator aws, AmazonS3Client s3, ToldObjects told)
    {
        foreach (var bucket in new[] { ObjectWriter.Plain, ObjectWriter.Versioned })
        {
            foreach (var some in (await VersionsAsync(s3, bucket)).Chunk(1000)) await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = bucket, Objects = [.. some.Select(version => new KeyVersion { Key = version.Key, VersionId = version.VersionId })] });
        }
        told.Versions.Clear();
        using var rows = aws.Host.Store.Snapshot();
        Assert.That(rows.Range(new Space("s3.bodies"), KeyRange.All).Any() || BodyReferences.All(rows).Any(), Is.False);
        Assert.That(Directory.EnumerateFiles(_folder["bodies"], "*", SearchOption.AllDirectories), Is.Empty);
    }

    private static async Task<List<S3ObjectVersion>> VersionsAsync(AmazonS3Client s3, string bucket)
    {
        var all = new List<S3ObjectVersion>();
        var request = new ListVersionsRequest { BucketName = bucket };
        while (true)
        {
            var page = await s3.ListVersionsAsync(request);
            all.AddRange(page.Versions ?? []);
            if (page.IsTruncated != true) return all;
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
    }
}
