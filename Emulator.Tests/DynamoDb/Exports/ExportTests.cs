using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Exports;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html")]
[TestFixture(false)]
[TestFixture(true)]
internal sealed class ExportTests(bool onDisk) : ExportFixture(onDisk)
{
    [Test]
    [Source("https://learn.microsoft.com/dotnet/standard/garbage-collection/implementing-dispose")]
    public async Task An_emulator_that_has_exported_may_be_disposed_of_twice()
    {
        await ExportAsync(Hash, _ => { });
        Assert.That(async () =>
        {
            await Aws.DisposeAsync();
            await Aws.DisposeAsync();
        }, Throws.Nothing);
    }

    [Test]
    public async Task A_table_is_exported_with_manifests_as_it_was()
    {
        await PutAsync(Hash, ("p", S("a\n\"é")), ("n", N("1.50")), ("m", new() { M = Item(("x", new() { SS = ["b", "a"] })) }));
        await PutAsync(Hash, ("p", S("b")));
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        var moment = Now;
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        await PutAsync(Hash, ("p", S("later")));

        var export = await ExportAsync(Hash, request => (request.S3Prefix, request.ExportTime, request.ClientToken) = ("some/prefix", moment, "token"));
        var folder = $"some/prefix/AWSDynamoDB/{export.ExportArn.Split('/')[^1]}";
        Assert.Multiple(() =>
        {
            Assert.That(export.ExportArn, Does.Match($"^{ArnOf(Hash)}/export/01772366520000-[0-9a-f]{{8}}$"));
            Assert.That((export.ExportStatus.Value, export.ItemCount, export.BilledSizeBytes, export.ExportManifest), Is.EqualTo(("COMPLETED", (long?)2, (long?)20, $"{folder}/manifest-summary.json")));
            Assert.That((export.ClientToken, export.S3Bucket, export.S3Prefix, export.S3SseAlgorithm.Value, export.ExportFormat.Value, export.ExportType.Value), Is.EqualTo(("token", Bucket, "some/prefix", "AES256", "DYNAMODB_JSON", "FULL_EXPORT")));
            Assert.That((export.ExportTime!.Value.ToUniversalTime(), export.StartTime!.Value.ToUniversalTime(), export.EndTime!.Value.ToUniversalTime()), Is.EqualTo((moment, Now, Now)));
            Assert.That((export.S3BucketOwner, export.FailureCode), Is.EqualTo(((string?)null, (string?)null)));
        });

        var keys = await KeysAsync();
        // A table on demand has four partitions, each with a file at least.
        Assert.That(keys.Where(key => key.Contains("/data/", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(4).And.All.Match($"^{folder}/data/[a-z0-9]{{26}}.json.gz$"));
        Assert.That(keys.Where(key => !key.Contains("/data/", StringComparison.Ordinal)), Is.EqualTo(new[] { "_started", "manifest-files.json", "manifest-files.md5", "manifest-summary.json", "manifest-summary.md5" }.Select(name => $"{folder}/{name}")));
        Assert.That((await LinesAsync($"{folder}/data/")).Select(line => line.ToJsonString()).Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            """{"Item":{"m":{"M":{"x":{"SS":["a","b"]}}},"n":{"N":"1.5"},"p":{"S":"a\n\u0022\u00E9"}}}""",
            """{"Item":{"p":{"S":"b"}}}""",
        }));

        var summary = JsonNode.Parse(await TextAsync($"{folder}/manifest-summary.json"))!;
        Assert.That((summary["exportArn"]!.ToString(), summary["exportTime"]!.ToString(), summary["manifestFilesS3Key"]!.ToString(), summary["itemCount"]!.GetValue<int>()), Is.EqualTo((export.ExportArn, "2026-03-01T12:01:00.000Z", $"{folder}/manifest-files.json", 2)));
        Assert.That(await TextAsync($"{folder}/manifest-summary.md5"), Is.EqualTo(Convert.ToBase64String(MD5.HashData(await GetObjectAsync($"{folder}/manifest-summary.json")))));
        var files = (await TextAsync($"{folder}/manifest-files.json")).TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.That(files.Sum(file => file["itemCount"]!.GetValue<int>()), Is.EqualTo(2));
        foreach (var file in files)
        {
            var key = file["dataFileS3Key"]!.ToString();
            var etag = (await S3.GetObjectMetadataAsync(Bucket, key)).ETag;
            Assert.That((Convert.ToBase64String(MD5.HashData(await GetObjectAsync(key))), etag), Is.EqualTo((file["md5Checksum"]!.ToString(), $"\"{file["etag"]}\"")));
        }
    }

    [Test]
    [Source("https://aws.amazon.com/blogs/database/introducing-incremental-export-from-amazon-dynamodb-to-amazon-s3/")]
    public async Task An_incremental_export_tells_of_each_change_once()
    {
        await PutAsync(Range, ("p", S("kept")), ("c", S("1")));
        await PutAsync(Range, ("p", S("changed")), ("c", S("1")), ("v", N("0")));
        await PutAsync(Range, ("p", S("deleted")), ("c", S("1")), ("v", N("1")));
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        var from = Now;
        await PutAsync(Range, ("p", S("changed")), ("c", S("1")), ("v", N("1")));
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        await PutAsync(Range, ("p", S("changed")), ("c", S("1")), ("v", N("2")));
        await PutAsync(Range, ("p", S("made")), ("c", S("1")));
        await PutAsync(Range, ("p", S("brief")), ("c", S("1")));
        await DynamoDb.DeleteItemAsync(Range, Item(("p", S("brief")), ("c", S("1"))));
        await DynamoDb.DeleteItemAsync(Range, Item(("p", S("deleted")), ("c", S("1"))));
        Aws.Clock.Advance(TimeSpan.FromMinutes(20));
        var to = Now;
        await PutAsync(Range, ("p", S("changed")), ("c", S("1")), ("v", N("3")));
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));

        var export = await ExportAsync(Range, request =>
        {
            request.ExportType = ExportType.INCREMENTAL_EXPORT;
            request.IncrementalExportSpecification = new() { ExportFromTime = from, ExportToTime = to };
        });
        Assert.That((export.ExportStatus.Value, export.ItemCount, export.ExportTime, export.IncrementalExportSpecification.ExportViewType.Value), Is.EqualTo(("COMPLETED", (long?)3, (DateTime?)null, "NEW_AND_OLD_IMAGES")));
        Assert.That(await ChangesAsync(), Is.EqualTo(new[]
        {
            """{"Metadata":{"WriteTimestampMicros":{"N":"1772366520000000"}},"Keys":{"p":{"S":"changed"},"c":{"S":"1"}},"OldImage":{"c":{"S":"1"},"p":{"S":"changed"},"v":{"N":"0"}},"NewImage":{"c":{"S":"1"},"p":{"S":"changed"},"v":{"N":"2"}}}""",
            """{"Metadata":{"WriteTimestampMicros":{"N":"1772366520000000"}},"Keys":{"p":{"S":"deleted"},"c":{"S":"1"}},"OldImage":{"c":{"S":"1"},"p":{"S":"deleted"},"v":{"N":"1"}}}""",
            """{"Metadata":{"WriteTimestampMicros":{"N":"1772366520000000"}},"Keys":{"p":{"S":"made"},"c":{"S":"1"}},"NewImage":{"c":{"S":"1"},"p":{"S":"made"}}}""",
        }));
        var summary = JsonNode.Parse(await TextAsync(export.ExportManifest))!;
        Assert.That((summary["exportFromTime"]!.ToString(), summary["exportToTime"]!.ToString(), summary["outputView"]!.ToString(), summary["exportType"]!.ToString()),
            Is.EqualTo(("2026-03-01T12:01:00.000Z", "2026-03-01T12:22:00.000Z", "NEW_AND_OLD_IMAGES", "INCREMENTAL_EXPORT")));

        await S3.DeleteObjectsAsync(new() { BucketName = Bucket, Objects = (await KeysAsync()).ConvertAll(key => new Amazon.S3.Model.KeyVersion { Key = key }) });
        await ExportAsync(Range, request =>
        {
            request.ExportType = ExportType.INCREMENTAL_EXPORT;
            request.IncrementalExportSpecification = new() { ExportFromTime = from, ExportToTime = to, ExportViewType = ExportViewType.NEW_IMAGE };
        });
        Assert.That((await ChangesAsync())[1], Is.EqualTo("""{"Metadata":{"WriteTimestampMicros":{"N":"1772366520000000"}},"Keys":{"p":{"S":"deleted"},"c":{"S":"1"}}}"""));
    }

    private async Task<List<string>> ChangesAsync() => [.. (await LinesAsync("AWSDynamoDB/data/")).Select(line => line.ToJsonString()).Order(StringComparer.Ordinal)];

    [Test]
    [Observed("tests/test_dynamodb/test_dynamodb_export_table.py of getmoto/moto, verified against AWS")]
    public async Task What_cannot_be_exported_is_refused_or_fails()
    {
        await CreateAsync("Plain", ("p", ScalarAttributeType.S));
        Fails(() => ExportAsync("Nothing"), "TableNotFoundException", $"Table not found: {ArnOf("Nothing")}");
        Fails(() => ExportAsync("Plain"), "PointInTimeRecoveryUnavailableException", "Point in time recovery is not enabled for table 'Plain'");
        var failed = await ExportAsync(Hash, request => request.S3Bucket = "not-there");
        Assert.That((failed.ExportStatus.Value, failed.FailureCode, failed.ItemCount), Is.EqualTo(("FAILED", "S3NoSuchBucket", (long?)null)));
        Assert.That(failed.FailureMessage, Does.StartWith("The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: "));
        Assert.That((await ExportAsync(Hash, request => request.S3BucketOwner = "111111111111")).FailureCode, Is.EqualTo("S3AccessDenied"));
        Fails(() => ExportAsync(Hash, request => request.ExportTime = Now.AddMinutes(-1)), "InvalidExportTimeException", "The specified ExportTime is outside of the point in time recovery window.");
        Fails(() => ExportAsync(Hash, request => request.ExportTime = Now.AddMinutes(1)), "InvalidExportTimeException", "The specified ExportTime is outside of the point in time recovery window.");
        Fails(() => ExportAsync(Hash, request => request.ExportFormat = ExportFormat.ION), "NotImplemented", "The emulator does not implement the parameter ExportFormat: ION of ExportTableToPointInTime.");
        Refuses(() => ExportAsync(Hash, request => request.ExportFormat = "QWERTY"), "1 validation error detected: Value 'QWERTY' at 'exportFormat' failed to satisfy constraint: Member must satisfy enum value set: [ION, DYNAMODB_JSON]");
        var unknown = $"{ArnOf(Hash)}/export/01772366520000-00000000";
        Fails(() => DescribeAsync(unknown), "ExportNotFoundException", $"Export not found: {unknown}");
    }

    [Test]
    public async Task The_same_token_is_the_same_export_for_eight_hours()
    {
        var first = await ExportAsync(Hash, request => request.ClientToken = "token");
        var same = (await DynamoDb.ExportTableToPointInTimeAsync(new ExportTableToPointInTimeRequest { TableArn = ArnOf(Hash), S3Bucket = Bucket, ClientToken = "token" })).ExportDescription;
        Assert.That((same.ExportArn, same.ExportStatus.Value), Is.EqualTo((first.ExportArn, "COMPLETED")));
        Fails(() => ExportAsync(Hash, request => (request.ClientToken, request.S3Prefix) = ("token", "other")), "ExportConflictException", "There was a conflict when writing to the specified S3 bucket.");
        Aws.Clock.Advance(TimeSpan.FromHours(8));
        Assert.That((await ExportAsync(Hash, request => request.ClientToken = "token")).ExportArn, Is.Not.EqualTo(first.ExportArn));
    }

    [Test]
    public async Task Exports_are_listed_the_last_first_for_90_days()
    {
        var arns = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            arns.Insert(0, (await ExportAsync(Hash)).ExportArn);
            Aws.Clock.Advance(TimeSpan.FromDays(1));
        }
        await ExportAsync(Range);
        var page = await DynamoDb.ListExportsAsync(new ListExportsRequest { TableArn = ArnOf(Hash), MaxResults = 2 });
        Assert.That(page.ExportSummaries.Select(export => (export.ExportArn, export.ExportStatus.Value, export.ExportType.Value)), Is.EqualTo(arns.Take(2).Select(arn => (arn, "COMPLETED", "FULL_EXPORT"))));
        var rest = await DynamoDb.ListExportsAsync(new ListExportsRequest { TableArn = ArnOf(Hash), NextToken = page.NextToken });
        Assert.That((rest.ExportSummaries.Single().ExportArn, rest.NextToken), Is.EqualTo((arns[2], (string?)null)));
        Assert.That((await DynamoDb.ListExportsAsync(new ListExportsRequest())).ExportSummaries, Has.Count.EqualTo(4));
        Aws.Clock.Advance(TimeSpan.FromDays(88));
        Assert.That((await DynamoDb.ListExportsAsync(new ListExportsRequest())).ExportSummaries, Has.Count.EqualTo(2));
    }
}
