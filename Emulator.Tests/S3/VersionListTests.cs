using System.Net;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html")]
[Observed("2026, recorded answers: test_list_objects_versions_*, test_list_object_versions_pagination_common_prefixes")]
internal sealed class VersionListTests : VersioningFixture
{
    [Test]
    public async Task Pages_go_on_after_a_key_and_a_version()
    {
        var ids = new List<string>();
        foreach (var key in new[] { "test_0", "test_1", "test_2" }) ids.Add(await PutVersionAsync(key, "one")); // 0 1 2
        ids.Add(await PutVersionAsync("test_2", "two")); // 3
        foreach (var key in new[] { "test_0", "test_1", "test_2" }) ids.Add((await DeleteAsync(key)).VersionId); // 4 5 6
        foreach (var key in new[] { "test_0", "test_1" }) ids.Add(await PutVersionAsync(key, "three")); // 7 8
        string[] all = [$"test_0 {ids[7]}*", $"test_0 {ids[4]}-", $"test_0 {ids[0]}", $"test_1 {ids[8]}*", $"test_1 {ids[5]}-", $"test_1 {ids[1]}", $"test_2 {ids[6]}*-", $"test_2 {ids[3]}", $"test_2 {ids[2]}"];
        Assert.That(await VersionsAsync(), Is.EqualTo(all));

        var five = await S3.ListVersionsAsync(new ListVersionsRequest { BucketName = TheBucket, MaxKeys = 5 });
        Assert.That((five.IsTruncated, five.NextKeyMarker, five.NextVersionIdMarker), Is.EqualTo(((bool?)true, "test_1", ids[5])));
        Assert.That(await VersionsAsync(list => (list.KeyMarker, list.MaxKeys) = ("test_1", 1)), Is.EqualTo(all[6..7]), "a key alone: the next key");
        Assert.That(await VersionsAsync(list => list.KeyMarker = "test_2"), Is.Empty);
        Assert.That(await VersionsAsync(list => (list.KeyMarker, list.VersionIdMarker) = ("test_1", ids[5])), Is.EqualTo(all[5..]));
        for (var size = 1; size <= all.Length; size++) Assert.That(await PagedAsync(size), Is.EqualTo(all));
        await FailsAsync(() => VersionsAsync(list => list.VersionIdMarker = ids[5]), "InvalidArgument", "A version-id marker cannot be specified without a key marker.", HttpStatusCode.BadRequest);
        await FailsAsync(() => VersionsAsync(list => (list.KeyMarker, list.VersionIdMarker) = ("test_1", NeverGiven)), "InvalidArgument", "Invalid version id specified", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task A_page_goes_on_after_a_version_that_is_gone()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Insert(0, await PutVersionAsync("prefixed_key", $"{i}"));
        foreach (var id in ids.Take(3)) await DeleteAsync("prefixed_key", id);
        Assert.That(await VersionsAsync(list => (list.Prefix, list.KeyMarker, list.VersionIdMarker) = ("prefix", "prefixed_key", ids[2])),
            Is.EqualTo(new[] { $"prefixed_key {ids[3]}*", $"prefixed_key {ids[4]}" }));
    }

    [Test]
    public async Task Keys_are_rolled_up_after_a_delimiter()
    {
        foreach (var key in new[] { "folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2" }) await PutAsync(key);
        await DeleteAsync("folder/aSubfolder/subFile1");
        var first = await ListAsync("");
        Assert.That((first.CommonPrefixes.Single(), first.NextKeyMarker, first.NextVersionIdMarker), Is.EqualTo(("folder/aSubfolder/", "folder/aSubfolder/", (string?)null)));
        foreach (var marker in new[] { "folder/aSubfolder/", "folder/aSubfolder/subFile1" })
        {
            var next = await ListAsync(marker);
            Assert.That((next.Versions.Single().Key, next.NextKeyMarker, next.IsTruncated), Is.EqualTo(("folder/file1", "folder/file1", (bool?)true)));
        }

        Task<ListVersionsResponse> ListAsync(string marker) => S3.ListVersionsAsync(new ListVersionsRequest { BucketName = TheBucket, Prefix = "folder/", Delimiter = "/", MaxKeys = 1, KeyMarker = marker });
    }

    [Test]
    public async Task Odd_keys_keep_their_order_and_their_versions()
    {
        string[] keys = ["a", "a b", "a/", "a0", "é", "한"];
        foreach (var key in keys)
        {
            await PutAsync(key, "one");
            await PutAsync(key, "two");
        }
        var page = await S3.ListVersionsAsync(new ListVersionsRequest { BucketName = TheBucket, Encoding = Amazon.S3.EncodingType.Url });
        Assert.That(page.Versions.Select(version => Uri.UnescapeDataString(version.Key)), Is.EqualTo(keys.SelectMany(key => new[] { key, key })));
        Assert.That(page.Versions.Select(version => version.IsLatest), Is.EqualTo(keys.SelectMany(_ => new bool?[] { true, false })));
    }

    [Test]
    public async Task Lists_of_objects_do_not_see_versions()
    {
        for (var i = 0; i < 3; i++) await PutAsync("a", $"{i}");
        await PutAsync("b", "x");
        await DeleteAsync("b");
        var page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket });
        Assert.That(page.S3Objects.Select(one => one.Key), Is.EqualTo(new[] { "a" }));
    }

    private async Task<List<string>> PagedAsync(int size)
    {
        var seen = new List<string>();
        var (key, version) = ((string?)null, (string?)null);
        while (true)
        {
            var page = await S3.ListVersionsAsync(new ListVersionsRequest { BucketName = TheBucket, MaxKeys = size, KeyMarker = key, VersionIdMarker = version });
            seen.AddRange(page.Versions.Select(one => $"{one.Key} {one.VersionId}{(one.IsLatest == true ? "*" : "")}{(one.IsDeleteMarker == true ? "-" : "")}"));
            if (page.IsTruncated != true) return seen;
            (key, version) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
    }
}
