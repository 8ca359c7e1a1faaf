using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Storage;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Random histories of writes, deletions and changes of versioning against lists of versions by key.</summary>
[TestFixture(false)]
[TestFixture(true)]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html")]
internal sealed class VersionModelTests(bool onDisk)
{
    private static readonly string[] Keys = ["a", "a/b", "a/c", "a\0", "a0", "b", "한"];

    private enum Kind { Put, PutLarge, Copy, Delete, DeleteVersion, Enable, Suspend, Freeze }

    private static readonly Gen<Step> Steps =
        from kind in Gen.Frequency(
            (6, Gen.Constant(Kind.Put)), (1, Gen.Constant(Kind.PutLarge)), (2, Gen.Constant(Kind.Copy)), (3, Gen.Constant(Kind.Delete)), (4, Gen.Constant(Kind.DeleteVersion)),
            (1, Gen.Constant(Kind.Enable)), (1, Gen.Constant(Kind.Suspend)), (1, Gen.Constant(Kind.Freeze)))
        from key in Gen.Elements(Keys)
        from other in Gen.Elements(Keys)
        from number in Gen.Choose(0, 1000)
        select new Step(kind, key, other, number);

    private static readonly Gen<List<Step>> Histories = from length in Gen.Choose(1, 60) from steps in Gen.ListOf(Steps, length) select steps.ToList();

    private sealed record Step(Kind Kind, string Key, string Other, int Number);

    [Test]
    public async Task The_versions_of_a_bucket_are_those_that_were_written_and_not_deleted()
    {
        var folder = onDisk ? Directory.CreateTempSubdirectory("emulator-versions-").FullName : null;
        await using (var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            var number = 0;
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(onDisk ? 10 : 40), Prop.ForAll(Arb.From(Histories), steps =>
            {
                new Run(aws, s3, $"bucket-{number++}").RunAsync(steps).GetAwaiter().GetResult();
                return true;
            }));
            using var rows = aws.Host.Store.Snapshot();
            Assert.That(BodyReferences.All(rows), Is.Empty, "each body has gone with its last version");
            Assert.That(rows.Range(new Space("s3.bodies"), KeyRange.All).Any() || rows.Range(new Space("s3.null-versions"), KeyRange.All).Any(), Is.False);
        }
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }

    private sealed record Version(string? Id, string? Body)
    {
        public string ToldId => Id ?? "null";
    }

    private sealed class Run(AwsEmulator aws, AmazonS3Client s3, string bucket)
    {
        /// <summary>The versions of each key, the newest first; null: nothing is known of versioning yet.</summary>
        private readonly SortedDictionary<string, List<Version>> _model = new(StringComparer.Ordinal);
        private VersionStatus _status = VersionStatus.Off;

        public async Task RunAsync(List<Step> steps)
        {
            await s3.PutBucketAsync(bucket);
            foreach (var step in steps) await DoAsync(step);
            await CompareListsAsync();
            await CompareObjectsAsync();
            await RemoveAllAsync();
            aws.Clock.Resume();
        }

        private async Task DoAsync(Step step)
        {
            switch (step.Kind)
            {
                case Kind.Put or Kind.PutLarge:
                    var body = step.Kind == Kind.Put ? $"{step.Number}" : new string((char)('a' + (step.Number % 26)), 20_000 + step.Number);
                    Add(step.Key, (await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = step.Key, ContentBody = body })).VersionId, body);
                    break;
                case Kind.Copy when Choose(step.Other, step.Number) is { Body: { } copied } source && step.Key != step.Other:
                    var answer = await s3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = bucket, SourceKey = step.Other, SourceVersionId = source.ToldId, DestinationBucket = bucket, DestinationKey = step.Key });
                    Add(step.Key, answer.VersionId is "null" ? null : answer.VersionId, copied);
                    break;
                case Kind.Delete:
                    var deleted = await s3.DeleteObjectAsync(bucket, step.Key);
                    if (_status == VersionStatus.Off) _model.Remove(step.Key);
                    else Add(step.Key, deleted.VersionId is "null" ? null : deleted.VersionId, null);
                    break;
                case Kind.DeleteVersion when Choose(step.Key, step.Number) is { } version:
                    await s3.DeleteObjectAsync(bucket, step.Key, version.ToldId);
                    _model[step.Key].Remove(version);
                    break;
                case Kind.Enable:
                    await SetAsync(VersionStatus.Enabled);
                    break;
                case Kind.Suspend when _status != VersionStatus.Off || step.Number % 2 == 0:
                    await SetAsync(VersionStatus.Suspended);
                    break;
                case Kind.Freeze:
                    aws.Clock.Freeze();
                    break;
            }
        }

        private Version? Choose(string key, int number) => _model.TryGetValue(key, out var versions) && versions.Count > 0 ? versions[number % versions.Count] : null;

        private void Add(string key, string? id, string? body)
        {
            if (!_model.TryGetValue(key, out var versions)) _model[key] = versions = [];
            if (id is null) versions.RemoveAll(version => version.Id is null);
            Assert.That(versions.Exists(version => version.Id == id), Is.False, "each id is new");
            versions.Insert(0, new(id, body));
        }

        private Task SetAsync(VersionStatus status)
        {
            _status = status;
            return s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new() { Status = status } });
        }

        private IEnumerable<KeyValuePair<string, List<Version>>> InOrder() => _model.OrderBy(pair => pair.Key, Comparer<string>.Create((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))));

        private async Task CompareListsAsync()
        {
            var expected = InOrder().SelectMany(pair => pair.Value.Select((version, i) => $"{pair.Key} {version.ToldId} {i == 0} {version.Body is null}")).ToList();
            foreach (var size in new[] { 1, 3, 1000 }) Assert.That(await PagesAsync(size, ""), Is.EqualTo(expected));
            Assert.That(await PagesAsync(2, "a/"), Is.EqualTo(expected.Where(version => version.StartsWith("a/", StringComparison.Ordinal))));
            var objects = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Encoding = EncodingType.Url });
            Assert.That((objects.S3Objects ?? []).Select(one => Uri.UnescapeDataString(one.Key)), Is.EqualTo(InOrder().Where(pair => pair.Value is [{ Body: not null }, ..]).Select(pair => pair.Key)));
        }

        private async Task<List<string>> PagesAsync(int size, string prefix)
        {
            var seen = new List<string>();
            var (key, version) = ((string?)null, (string?)null);
            while (true)
            {
                var page = await s3.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket, Prefix = prefix, MaxKeys = size, KeyMarker = key, VersionIdMarker = version, Encoding = EncodingType.Url });
                seen.AddRange((page.Versions ?? []).Select(one => $"{Uri.UnescapeDataString(one.Key)} {one.VersionId} {one.IsLatest} {one.IsDeleteMarker == true}"));
                if (page.IsTruncated != true) return seen;
                (key, version) = (Uri.UnescapeDataString(page.NextKeyMarker), page.NextVersionIdMarker);
            }
        }

        private async Task CompareObjectsAsync()
        {
            foreach (var (key, versions) in _model)
            {
                foreach (var version in versions.Where(version => version.Body is not null)) Assert.That(await GetAsync(key, version.ToldId), Is.EqualTo(version.Body));
                if (versions is [{ Body: { } current }, ..]) Assert.That(await GetAsync(key, null), Is.EqualTo(current));
                else Assert.That(() => GetAsync(key, null), Throws.TypeOf<NoSuchKeyException>());
            }
        }

        private async Task<string> GetAsync(string key, string? version)
        {
            using var got = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key, VersionId = version });
            using var reader = new StreamReader(got.ResponseStream);
            return await reader.ReadToEndAsync();
        }

        private async Task RemoveAllAsync()
        {
            var all = _model.SelectMany(pair => pair.Value.Select(version => new KeyVersion { Key = pair.Key, VersionId = version.ToldId })).ToList();
            foreach (var one in all.Take(all.Count / 2)) await s3.DeleteObjectAsync(bucket, one.Key, one.VersionId);
            foreach (var one in all.Skip(all.Count / 2)) await s3.DeleteObjectAsync(bucket, one.Key, one.VersionId);
            Assert.That((await s3.ListVersionsAsync(bucket)).Versions, Is.Null.Or.Empty);
            await s3.DeleteBucketAsync(bucket);
        }
    }
}
