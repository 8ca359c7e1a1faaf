using System.Text;
using System.Xml.Linq;
using Amazon.S3;
using Emulator.Tests.S3.Fuzzing;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Every list of a bucket, page by page, against a list that is sorted and cut here: with keys of odd characters, versions, delete markers and uploads.</summary>
[TestFixture(false)]
[TestFixture(true)]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html")]
internal sealed class ListModelTests(bool onDisk)
{
    private static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly IComparer<string> ByUtf8 = Comparer<string>.Create((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));

    /// <summary>Their order as UTF-8 is another than as UTF-16, some are part of others, some are nothing in XML or something in URLs.</summary>
    private static readonly string[] Letters = ["a", "b", "/", "/", "//", "\0", "\u0001", "\n", "\r", "+", " ", "%", "%2F", "&", "<", "\u007f", "\u00e9", "\ud55c", "\uFB00", "\uFFFF", "\ud83d\ude00", ".", "..", "\u0301"];

    private static Gen<string> Text(int least, int most) => from length in Gen.Choose(least, most) from letters in Gen.ListOf(Gen.Elements(Letters), length) select string.Concat(letters);

    private static readonly Gen<Step> Steps =
        from kind in Gen.Frequency((6, Gen.Constant(Kind.Put)), (2, Gen.Constant(Kind.Delete)), (1, Gen.Constant(Kind.DeleteVersion)), (2, Gen.Constant(Kind.Begin)))
        from key in Text(1, 5)
        from again in Gen.Choose(0, 100)
        select new Step(kind, key, again);

    private static readonly Gen<Query> Queries =
        from kind in Gen.Elements(ListKind.V1, ListKind.V2, ListKind.Versions, ListKind.Uploads)
        from prefix in Gen.Frequency((2, Gen.Constant("")), (3, Text(1, 2)))
        from delimiter in Gen.Frequency((1, Gen.Constant("")), (2, Gen.Constant("/")), (2, Text(1, 2)))
        from marker in Gen.Frequency((2, Gen.Constant("")), (3, Text(1, 4)))
        from within in Gen.Choose(0, 100)
        from max in Gen.Frequency((5, Gen.Choose(1, 6)), (1, Gen.Constant(0)), (1, Gen.Constant(int.MaxValue)))
        select new Query(kind, prefix, delimiter, marker, within, max);

    private static readonly Gen<(Step[], Query[])> Histories =
        from steps in from count in Gen.Choose(1, 40) from steps in Gen.ArrayOf(Steps, count) select steps
        from queries in Gen.ArrayOf(Queries, 12)
        select (steps, queries);

    private enum Kind { Put, Delete, DeleteVersion, Begin }

    private enum ListKind { V1, V2, Versions, Uploads }

    private sealed record Step(Kind Kind, string Key, int Again);

    /// <param name="Within">Which of the marked key's versions or uploads is marked too.</param>
    private sealed record Query(ListKind Kind, string Prefix, string Delimiter, string Marker, int Within, int Max);

    /// <summary>A key, a version or upload of it, or a common prefix.</summary>
    private sealed record Listed(string Name, string Id = "", string Facts = "", bool IsPrefix = false);

    [Test]
    public async Task Lists_are_those_of_a_model()
    {
        var folder = onDisk ? Directory.CreateTempSubdirectory("emulator-lists-").FullName : null;
        await using (var aws = await AwsEmulator.StartAsync(options => (options.DataFolder, options.Iam, options.Log) = (folder, IamEnforcement.Off, TestContext.Out.WriteLine)))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            using var http = aws.CreateHttpClient();
            var number = 0;
            Check.One(Config.QuickThrowOnFailure.WithMaxTest((onDisk ? 8 : 60) * Fuzz.Times), Prop.ForAll(Arb.From(Histories), history =>
            {
                var bucket = $"bucket-{number++}";
                s3.PutBucketAsync(bucket).GetAwaiter().GetResult();
                new Run(http, bucket).RunAsync(history.Item1, history.Item2).GetAwaiter().GetResult();
                return true;
            }));
        }
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }

    private sealed class Run(HttpClient http, string bucket)
    {
        /// <summary>Versions of each key, the newest first, as id and whether it is a delete marker.</summary>
        private readonly SortedDictionary<string, List<(string Id, bool IsMarker)>> _versions = new(ByUtf8);
        private readonly SortedDictionary<string, List<string>> _uploads = new(ByUtf8);
        private bool _isVersioned;

        public async Task RunAsync(Step[] steps, Query[] queries)
        {
            _isVersioned = steps.Length % 3 > 0;
            if (_isVersioned) await SendAsync(HttpMethod.Put, "", "?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
            foreach (var step in steps) await DoAsync(step);
            foreach (var query in queries) await ListAsync(query);
        }

        private async Task DoAsync(Step step)
        {
            // Now and then a key that is there already.
            var key = step.Again < 40 && _versions.Count > 0 ? _versions.Keys.ElementAt(step.Again % _versions.Count) : step.Key;
            if (!_versions.TryGetValue(key, out var versions)) versions = [];
            switch (step.Kind)
            {
                case Kind.Begin:
                    var begun = XElement.Parse(Readable(await SendAsync(HttpMethod.Post, key, "?uploads")));
                    if (!_uploads.TryGetValue(key, out var uploads)) _uploads[key] = uploads = [];
                    uploads.Add(begun.Element(Ns + "UploadId")!.Value);
                    return;
                case Kind.DeleteVersion when versions.Count > 0:
                    var gone = versions[step.Again % versions.Count];
                    await SendAsync(HttpMethod.Delete, key, $"?versionId={gone.Id}");
                    versions.Remove(gone);
                    break;
                case Kind.Delete:
                    await SendAsync(HttpMethod.Delete, key, "");
                    if (_isVersioned) versions.Insert(0, (_lastVersionId!, true));
                    else versions.Clear();
                    break;
                default:
                    await SendAsync(HttpMethod.Put, key, "", "data");
                    if (!_isVersioned) versions.Clear();
                    versions.Insert(0, (_isVersioned ? _lastVersionId! : "null", false));
                    break;
            }
            if (versions.Count == 0) _versions.Remove(key);
            else _versions[key] = versions;
        }

        private string? _lastVersionId;

        private async Task<string> SendAsync(HttpMethod method, string key, string query, string? body = null)
        {
            var uri = new Uri($"http://localhost/{bucket}{(key.Length > 0 ? "/" : "")}{Uri.EscapeDataString(key)}{query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var request = new HttpRequestMessage(method, uri) { Content = body is null ? null : new StringContent(body) };
            // Nobody may begin an upload in parts.
            request.Headers.TryAddWithoutValidation("Authorization", S3Signing.RootKey);
            request.Headers.Add("x-amz-date", S3Signing.Date);
            request.Headers.Add("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.That(response.IsSuccessStatusCode, Is.True, $"{method} {uri}: {text}");
            _lastVersionId = response.Headers.TryGetValues("x-amz-version-id", out var ids) ? ids.Single() : null;
            return text;
        }

        /// <summary>The first page that the query asks for, and those that follow it.</summary>
        private async Task ListAsync(Query query)
        {
            var entries = Entries(query);
            var (marker, id) = (query.Marker, query.Kind switch
            {
                ListKind.Versions when _versions.TryGetValue(query.Marker, out var versions) && query.Within > 50 => versions[query.Within % versions.Count].Id,
                ListKind.Uploads when _uploads.TryGetValue(query.Marker, out var uploads) && query.Within > 50 => uploads[query.Within % uploads.Count],
                _ => "",
            });
            string? token = null;
            for (var pages = 0; ; pages++)
            {
                var rest = entries.Where(entry => IsAfter(entry, marker, id, entries)).ToList();
                var max = Math.Min(query.Max, 1000);
                var expected = rest.Take(max).ToList();
                var isTruncated = max > 0 && rest.Count > max;
                var page = XElement.Parse(Readable(await SendAsync(HttpMethod.Get, "", Target(query, marker, id, token))));
                var what = $"{query} after {marker} {id}";
                Assert.That(Read(page, query.Kind), Is.EqualTo(expected.OrderBy(entry => entry.IsPrefix)), what);
                Assert.That(page.Element(Ns + "IsTruncated")!.Value, Is.EqualTo(isTruncated ? "true" : "false"), what);
                Assert.That(page.Element(Ns + (query.Kind == ListKind.Uploads ? "MaxUploads" : "MaxKeys"))!.Value, Is.EqualTo($"{max}"));
                if (query.Kind == ListKind.V2) Assert.That(page.Element(Ns + "KeyCount")!.Value, Is.EqualTo($"{expected.Count}"));
                if (!isTruncated) break;
                token = page.Element(Ns + "NextContinuationToken")?.Value;
                Assert.That(token is not null, Is.EqualTo(query.Kind == ListKind.V2));
                (marker, id) = Next(page, query, expected);
            }
        }

        /// <summary>All that the query may list, in order: what a delimiter rolls up once.</summary>
        private List<Listed> Entries(Query query)
        {
            var all = query.Kind switch
            {
                ListKind.Uploads => _uploads.SelectMany(pair => pair.Value.Select(id => new Listed(pair.Key, id))),
                ListKind.Versions => _versions.SelectMany(pair => pair.Value.Select((version, i) => new Listed(pair.Key, version.Id, $"{(i == 0 ? "latest" : "older")} {(version.IsMarker ? "marker" : "object")}"))),
                _ => _versions.Where(pair => !pair.Value[0].IsMarker).Select(pair => new Listed(pair.Key)),
            };
            var entries = new List<Listed>();
            foreach (var one in all.Where(one => one.Name.StartsWith(query.Prefix, StringComparison.Ordinal)))
            {
                var at = query.Delimiter.Length == 0 ? -1 : one.Name.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
                var entry = at < 0 ? one : new Listed(one.Name[..(at + query.Delimiter.Length)], IsPrefix: true);
                if (!entry.IsPrefix || !entries.Contains(entry)) entries.Add(entry);
            }
            return entries;
        }

        private static bool IsAfter(Listed entry, string marker, string id, List<Listed> entries)
        {
            if (marker.Length == 0) return true;
            var order = ByUtf8.Compare(entry.Name, marker);
            if (order != 0 || id.Length == 0 || entry.IsPrefix) return order > 0;
            return entries.IndexOf(entry) > entries.FindIndex(one => one.Name == marker && one.Id == id && !one.IsPrefix);
        }

        private string Target(Query query, string marker, string id, string? token)
        {
            var target = new StringBuilder(query.Kind switch { ListKind.V1 => "?", ListKind.V2 => "?list-type=2&", ListKind.Versions => "?versions&", _ => "?uploads&" });
            Add("prefix", query.Prefix);
            Add("delimiter", query.Delimiter);
            Add(query.Kind switch { ListKind.V1 => "marker", ListKind.V2 => "start-after", _ => "key-marker" }, token is null ? marker : "");
            Add(query.Kind == ListKind.Versions ? "version-id-marker" : "upload-id-marker", id);
            Add("continuation-token", token ?? "");
            Add(query.Kind == ListKind.Uploads ? "max-uploads" : "max-keys", $"{query.Max}");
            return target.Append("encoding-type=url").ToString();

            void Add(string name, string value)
            {
                if (value.Length > 0) target.Append($"{name}={Uri.EscapeDataString(value)}&");
            }
        }

        private static List<Listed> Read(XElement page, ListKind kind)
        {
            var items = kind switch
            {
                ListKind.Uploads => page.Elements(Ns + "Upload").Select(one => new Listed(Name(one, "Key"), one.Element(Ns + "UploadId")!.Value)),
                ListKind.Versions => page.Elements().Where(one => one.Name.LocalName is "Version" or "DeleteMarker").Select(one => new Listed(Name(one, "Key"), one.Element(Ns + "VersionId")!.Value,
                    $"{(one.Element(Ns + "IsLatest")!.Value == "true" ? "latest" : "older")} {(one.Name.LocalName == "Version" ? "object" : "marker")}")),
                _ => page.Elements(Ns + "Contents").Select(one => new Listed(Name(one, "Key"))),
            };
            return [.. items, .. page.Elements(Ns + "CommonPrefixes").Select(one => new Listed(Name(one, "Prefix"), IsPrefix: true))];
        }

        /// <summary>Where the next page goes on: what the answer says, and where it says nothing, after the last entry.</summary>
        private static (string Marker, string Id) Next(XElement page, Query query, List<Listed> expected)
        {
            var last = expected[^1];
            switch (query.Kind)
            {
                case ListKind.V1:
                    Assert.That(Told("NextMarker"), Is.EqualTo(query.Delimiter.Length > 0 ? last.Name : null));
                    break;
                case ListKind.Versions:
                    Assert.That((Told("NextKeyMarker"), Told("NextVersionIdMarker")), Is.EqualTo((last.Name, last.IsPrefix ? null : last.Id)));
                    break;
                case ListKind.Uploads:
                    // Recorded: the last upload's, although a common prefix may come after it (test_list_multiparts_with_prefix_and_delimiter).
                    var upload = expected.LastOrDefault(one => !one.IsPrefix);
                    Assert.That((Told("NextKeyMarker"), Told("NextUploadIdMarker")), Is.EqualTo((upload?.Name ?? "", upload?.Id ?? "")));
                    break;
            }
            return (last.Name, last.Id);

            string? Told(string name) => page.Element(Ns + name) is { } element ? Uri.UnescapeDataString(element.Value) : null;
        }

        private static string Name(XElement one, string element) => Uri.UnescapeDataString(one.Element(Ns + element)!.Value);

        /// <summary>The first list tells its prefix as it is: characters that XML cannot hold come as references, which no reader takes.</summary>
        private static string Readable(string xml) => System.Text.RegularExpressions.Regex.Replace(xml, "&#x[0-9A-F]+;|\uFFFF", "");
    }
}
