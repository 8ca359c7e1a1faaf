using System.Net;
using System.Text;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html")]
internal sealed class ListTests : S3Fixture
{
    [Test]
    public async Task Keys_come_in_the_order_of_their_UTF_8()
    {
        // In UTF-16 the emoji (a surrogate pair) would stand before the private letter.
        string[] keys = ["A", "a", "a/b", "a0", "é", "한", "\uE000", "😀"];
        foreach (var key in keys.Reverse()) await PutAsync(key);
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects.Select(one => one.Key), Is.EqualTo(keys));
    }

    [Test]
    [Observed("2024, recorded answers: test_list_objects_v2_continuation_common_prefixes")]
    public async Task Pages_go_on_after_common_prefixes()
    {
        foreach (var key in new[] { "folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2" }) await PutAsync(key);
        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, Prefix = "folder/", Delimiter = "/", MaxKeys = 1, ContinuationToken = token });
            Assert.That(page.KeyCount, Is.EqualTo(1));
            seen.AddRange([.. page.CommonPrefixes ?? [], .. (page.S3Objects ?? []).Select(one => one.Key)]);
            token = page.NextContinuationToken;
        }
        while (token is not null);
        Assert.That(seen, Is.EqualTo(new[] { "folder/aSubfolder/", "folder/file1", "folder/file2" }));
    }

    [Test]
    [Observed("2024, recorded answers: test_list_objects_marker_common_prefixes")]
    public async Task A_marker_within_a_common_prefix_skips_it()
    {
        foreach (var key in new[] { "folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2" }) await PutAsync(key);
        var first = await ListAsync("");
        var second = await ListAsync("folder/aSubfolder/");
        var within = await ListAsync("folder/aSubfolder/subFile1");
        Assert.That((first.CommonPrefixes.Single(), first.NextMarker), Is.EqualTo(("folder/aSubfolder/", "folder/aSubfolder/")));
        Assert.That((second.S3Objects.Single().Key, second.NextMarker), Is.EqualTo(("folder/file1", "folder/file1")));
        Assert.That(within.S3Objects.Single().Key, Is.EqualTo("folder/file1"));

        Task<ListObjectsResponse> ListAsync(string marker) => S3.ListObjectsAsync(new ListObjectsRequest { BucketName = TheBucket, Prefix = "folder/", Delimiter = "/", MaxKeys = 1, Marker = marker });
    }

    [Test]
    public async Task No_page_has_more_than_a_thousand_keys()
    {
        for (var i = 0; i < 1001; i++) await PutAsync($"{i:0000}");
        var page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, MaxKeys = 5000 });
        Assert.That((page.S3Objects.Count, page.IsTruncated), Is.EqualTo((1000, (bool?)true)));
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, MaxKeys = 0 })).IsTruncated, Is.False);
    }

    [Test]
    public async Task The_owner_is_told_where_it_is_asked_for()
    {
        await PutAsync("key");
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects[0].Owner, Is.Null);
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, FetchOwner = true })).S3Objects[0].Owner.Id, Has.Length.EqualTo(64));
        Assert.That((await S3.ListObjectsAsync(TheBucket)).S3Objects[0].Owner.Id, Has.Length.EqualTo(64));
    }

    [Test]
    [Observed("2024, recorded answers: test_list_objects_v2_continuation_start_after")]
    public async Task A_wrong_token_is_refused()
    {
        await FailsAsync(() => S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, ContinuationToken = "not-a-token" }), "InvalidArgument", "The continuation token provided is incorrect", HttpStatusCode.BadRequest);
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}?encoding-type=value")).Body, Does.Contain("<Message>Invalid Encoding Method specified in Request</Message><ArgumentName>encoding-type</ArgumentName><ArgumentValue>value</ArgumentValue>"));
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}?max-keys=blah")).Body, Does.Contain("<ArgumentName>max-keys</ArgumentName><ArgumentValue>blah</ArgumentValue>"));
    }

    [Test]
    public async Task Names_are_url_encoded_when_asked()
    {
        await PutAsync("foo+1/bar");
        await PutAsync("quux ab/한");
        var (_, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}?list-type=2&encoding-type=url&delimiter=%2F&start-after=a%20b");
        Assert.That(body, Does.Contain("<StartAfter>a%20b</StartAfter>").And.Contain("<EncodingType>url</EncodingType>")
            .And.Contain("<CommonPrefixes><Prefix>foo%2B1/</Prefix></CommonPrefixes><CommonPrefixes><Prefix>quux%20ab/</Prefix></CommonPrefixes>"));
    }

    /// <summary>Random keys of few letters, so that prefixes, delimiters and markers meet; compared with a list that is computed by sorting.</summary>
    [Test]
    public async Task Lists_are_those_of_a_model([Range(1, 12)] int seed)
    {
        var random = new System.Random(seed);
        var keys = new SortedSet<string>(Comparer<string>.Create((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))));
        string Word(int length) => string.Concat(Enumerable.Range(0, random.Next(1, length)).Select(_ => "ab/한\u00FF😀-".EnumerateRunes().ElementAt(random.Next(7)).ToString()));
        for (var i = 0; i < 60; i++)
        {
            var key = Word(7);
            if (random.Next(5) == 0 && keys.Count > 0)
            {
                key = keys.ElementAt(random.Next(keys.Count));
                await S3.DeleteObjectAsync(TheBucket, key);
                keys.Remove(key);
            }
            else
            {
                await PutAsync(key);
                keys.Add(key);
            }
        }
        for (var i = 0; i < 25; i++)
        {
            var prefix = random.Next(3) == 0 ? "" : Word(3);
            var delimiter = random.Next(3) switch { 0 => null, 1 => "/", _ => Word(2) };
            var after = random.Next(2) == 0 ? null : Word(5);
            var max = random.Next(1, 7);
            var expected = Model(keys, prefix, delimiter, after);
            Assert.That(await PagesV2Async(prefix, delimiter, after, max), Is.EqualTo(expected), $"V2 prefix {prefix} delimiter {delimiter} after {after} max {max}");
            Assert.That(await PagesV1Async(prefix, delimiter, after, max), Is.EqualTo(expected), $"V1 prefix {prefix} delimiter {delimiter} after {after} max {max}");
        }
    }

    private static List<string> Model(IEnumerable<string> keys, string prefix, string? delimiter, string? after)
    {
        var entries = new List<string>();
        foreach (var key in keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var at = delimiter is null ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var entry = at < 0 ? key : key[..(at + delimiter!.Length)];
            if (after is not null && Encoding.UTF8.GetBytes(entry).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(after)) <= 0) continue;
            var text = at < 0 ? entry : entry + "*";
            if (!entries.Contains(text)) entries.Add(text);
        }
        return [.. entries.Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> PagesV2Async(string prefix, string? delimiter, string? after, int max)
    {
        var entries = new List<string>();
        string? token = null;
        do
        {
            var page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, Prefix = prefix, Delimiter = delimiter, StartAfter = after, MaxKeys = max, ContinuationToken = token });
            Assert.That(page.KeyCount, Is.LessThanOrEqualTo(max));
            Assert.That(page.IsTruncated, Is.EqualTo(page.NextContinuationToken is not null));
            entries.AddRange([.. (page.S3Objects ?? []).Select(one => one.Key), .. (page.CommonPrefixes ?? []).Select(one => one + "*")]);
            token = page.NextContinuationToken;
        }
        while (token is not null);
        return [.. entries.Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> PagesV1Async(string prefix, string? delimiter, string? after, int max)
    {
        var entries = new List<string>();
        while (true)
        {
            var page = await S3.ListObjectsAsync(new ListObjectsRequest { BucketName = TheBucket, Prefix = prefix, Delimiter = delimiter, Marker = after, MaxKeys = max });
            entries.AddRange([.. (page.S3Objects ?? []).Select(one => one.Key), .. (page.CommonPrefixes ?? []).Select(one => one + "*")]);
            if (page.IsTruncated is not true) return [.. entries.Order(StringComparer.Ordinal)];
            after = delimiter is null ? page.S3Objects![^1].Key : page.NextMarker;
        }
    }
}
