using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Imports;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ImportTable.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Validation.html")]
[Observed("tests/test_dynamodb/test_dynamodb_import_table.py of getmoto/moto, verified against AWS")]
[TestFixture(false)]
[TestFixture(true)]
internal sealed class ImportTests(bool onDisk) : ImportFixture(onDisk)
{
    private const string InvalidItems = "Some of the items failed validation checks and were not imported. Please check CloudWatch error logs for more details.";

    [Test]
    public async Task Items_come_one_behind_the_other_on_lines_of_their_own_or_not()
    {
        await PutSourceAsync("data/one", Line("a", 1) + Line("b", 2) + "\r\n\n" + Line("c", 3) + "\n");
        await PutSourceAsync("data/two.gz", "\uFEFF" + """  { "Ignored": [1], "Item": {"p":{"S":"d{\"}\\"},"n":{"N":"4"},"m":{"M":{"x":{"L":[{"S":"]"}]}}} } }""");
        await PutSourceAsync("other/three", Line("e", 5));
        var import = await ImportAsync("data/", InputFormat.DYNAMODB_JSON, request => request.ClientToken = "token");
        var table = (await DynamoDb.DescribeTableAsync(Imported)).Table;
        Assert.Multiple(() =>
        {
            Assert.That(Outcome(import), Is.EqualTo(("COMPLETED", (long?)4, (long?)4, (long?)0)));
            Assert.That(import.ImportArn, Does.Match($"^{ArnOf(Imported)}/import/01772366400000-[0-9a-f]{{8}}$"));
            Assert.That((import.TableArn, import.TableId, import.ClientToken, import.InputFormat.Value, import.InputCompressionType.Value), Is.EqualTo((ArnOf(Imported), table.TableId, "token", "DYNAMODB_JSON", "NONE")));
            Assert.That((import.S3BucketSource.S3Bucket, import.S3BucketSource.S3KeyPrefix, import.S3BucketSource.S3BucketOwner), Is.EqualTo((Bucket, "data/", (string?)null)));
            Assert.That((import.StartTime!.Value.ToUniversalTime(), import.EndTime!.Value.ToUniversalTime(), import.FailureCode), Is.EqualTo((Now, Now, (string?)null)));
            Assert.That(import.CloudWatchLogGroupArn, Is.EqualTo($"arn:aws:logs:us-east-1:{Account}:log-group:/aws-dynamodb/imports:*"));
            Assert.That(import.TableCreationParameters.KeySchema.Select(key => (key.AttributeName, key.KeyType.Value)), Is.EqualTo(new[] { ("p", "HASH"), ("n", "RANGE") }));
            Assert.That((table.TableStatus.Value, table.ItemCount, table.BillingModeSummary.BillingMode.Value), Is.EqualTo(("ACTIVE", (long?)4, "PAY_PER_REQUEST")));
        });
        Assert.That((await DynamoDb.ScanAsync(new ScanRequest(Imported))).Items.Select(item => item["p"].S), Is.EquivalentTo(new[] { "a", "b", "c", "d{\"}\\" }));
    }

    [Test]
    public async Task What_is_no_item_of_the_table_is_an_error_and_the_rest_is_imported()
    {
        await PutSourceAsync("data", string.Join('\n',
            Line("a", 1),
            """{"p":{"S":"no member Item"},"n":{"N":"1"}}""",
            """{"Item":{"p":{"S":"no sort key"}}}""",
            """{"Item":{"p":{"S":"a key of another type"},"n":{"S":"1"}}}""",
            """{"Item":{"p":{"S":""},"n":{"N":"1"}}}""",
            """{"Item":{"p":{"S":"no number"},"n":{"N":"x"}}}""",
            """{"Item":{"p":{"S":"an empty set"},"n":{"N":"1"},"s":{"SS":[]}}}""",
            """{"Item":[1]}""",
            "nothing at all, { \"Item\"",
            "{\"Item\":{\"p\":{\"S\":\"too large\"},\"n\":{\"N\":\"1\"},\"x\":{\"S\":\"" + new string('x', 400 * 1024) + "\"}}}",
            Line("b", 2),
            """{"Item":{"p":{"S":"without end"}"""));
        var import = await ImportAsync("data", InputFormat.DYNAMODB_JSON);
        Assert.That(Outcome(import), Is.EqualTo(("FAILED", (long?)12, (long?)2, (long?)10)));
        Assert.That((import.FailureCode, import.FailureMessage), Is.EqualTo(("ItemValidationError", InvalidItems)));
        Assert.That(await ItemsAsync(Imported), Is.EqualTo("n=1,p=a n=2,p=b"));
    }

    [Test]
    public async Task Of_items_with_the_same_key_one_remains_and_none_is_an_error()
    {
        await PutSourceAsync("data", Line("a", 1) + Line("a", 1) + Line("a", 1));
        Assert.That(Outcome(await ImportAsync("data", InputFormat.DYNAMODB_JSON)), Is.EqualTo(("COMPLETED", (long?)3, (long?)3, (long?)0)));
        var table = (await DynamoDb.DescribeTableAsync(Imported)).Table;
        Assert.That((table.ItemCount, await ItemsAsync(Imported)), Is.EqualTo(((long?)1, "n=1,p=a")));
    }

    [Test]
    public async Task Sources_may_be_compressed_and_their_size_counts_decompressed()
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(i => Line($"p{i}", i)));
        await PutSourceAsync("data", Compress(text));
        var import = await ImportAsync("data", InputFormat.DYNAMODB_JSON, request => request.InputCompressionType = InputCompressionType.GZIP);
        Assert.That((Outcome(import), import.ProcessedSizeBytes), Is.EqualTo((("COMPLETED", (long?)3000, (long?)3000, (long?)0), (long?)text.Length)));

        await PutSourceAsync("plain", text);
        var failed = await ImportAsync("plain", InputFormat.DYNAMODB_JSON, request => (request.InputCompressionType, request.TableCreationParameters.TableName) = (InputCompressionType.GZIP, "Other"));
        Assert.That(Outcome(failed), Is.EqualTo(("FAILED", (long?)1, (long?)0, (long?)1)));
    }

    [Test]
    public async Task A_source_without_objects_makes_an_empty_table_and_a_bucket_that_is_not_there_none()
    {
        var empty = await ImportAsync("nothing", InputFormat.CSV);
        Assert.That((Outcome(empty), empty.ProcessedSizeBytes, await ItemsAsync(Imported)), Is.EqualTo((("COMPLETED", (long?)0, (long?)0, (long?)0), (long?)0, "")));

        var failed = await ImportAsync("", InputFormat.CSV, request => (request.S3BucketSource.S3Bucket, request.TableCreationParameters.TableName) = ("not-there", "Other"));
        Assert.That((Outcome(failed), failed.FailureCode), Is.EqualTo((("FAILED", (long?)0, (long?)0, (long?)0), "S3NoSuchBucket")));
        Assert.That(failed.FailureMessage, Does.StartWith("The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: "));
        Fails(() => DynamoDb.DescribeTableAsync("Other"), "ResourceNotFoundException", "Requested resource not found: Table: Other not found");

        var foreign = await ImportAsync("", InputFormat.CSV, request => (request.S3BucketSource.S3BucketOwner, request.TableCreationParameters.TableName) = ("111111111111", "Other"));
        Assert.That((foreign.ImportStatus.Value, foreign.FailureCode), Is.EqualTo(("FAILED", "S3AccessDenied")));
    }

    [Test]
    public async Task An_imported_table_has_the_global_indexes_that_were_asked_for()
    {
        await PutSourceAsync("data", "p,n,g\na,1,x\n");
        var import = await ImportAsync("data", InputFormat.CSV, request =>
        {
            request.TableCreationParameters.AttributeDefinitions.Add(new("g", ScalarAttributeType.S));
            request.TableCreationParameters.GlobalSecondaryIndexes = [new() { IndexName = "global", KeySchema = [new("g", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL } }];
        });
        Assert.That((import.ImportStatus.Value, import.TableCreationParameters.GlobalSecondaryIndexes.Single().IndexName), Is.EqualTo(("COMPLETED", "global")));
        Assert.That((await DynamoDb.DescribeTableAsync(Imported)).Table.GlobalSecondaryIndexes.Single().IndexName, Is.EqualTo("global"));
    }

    [Test]
    public async Task What_cannot_be_is_refused()
    {
        Fails(() => ImportAsync("", InputFormat.CSV, request => request.TableCreationParameters.TableName = Range), "ResourceInUseException", $"Table already exists: {Range}");
        Refuses(() => ImportAsync("", InputFormat.CSV, request => request.TableCreationParameters.BillingMode = BillingMode.PROVISIONED),
            "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        Refuses(() => ImportAsync("", InputFormat.CSV, request => request.TableCreationParameters.TableName = Text("ab")),
            "1 validation error detected: Value 'ab' at 'tableCreationParameters.tableName' failed to satisfy constraint: Member must have length greater than or equal to 3");
        Refuses(() => ImportAsync("", InputFormat.CSV, request => request.InputFormatOptions = new() { Csv = new() { Delimiter = Text("x") } }),
            @"1 validation error detected: Value 'x' at 'inputFormatOptions.csv.delimiter' failed to satisfy constraint: Member must satisfy regular expression pattern: [,;:|\t ]");
        Fails(() => ImportAsync("", InputFormat.ION), "NotImplemented", "The emulator does not implement the parameter InputFormat: ION of ImportTable.");
        Fails(() => ImportAsync("", InputFormat.CSV, request => request.InputCompressionType = InputCompressionType.ZSTD), "NotImplemented", "The emulator does not implement the parameter InputCompressionType: ZSTD of ImportTable.");
        var unknown = $"{ArnOf(Hash)}/import/01772366520000-00000000";
        Fails(() => DescribeImportAsync(unknown), "ImportNotFoundException", $"Import not found: {unknown}");
        var import = await ImportAsync("", InputFormat.CSV, request => request.ClientToken = "token");
        Assert.That((await DynamoDb.ImportTableAsync(With(Request("", InputFormat.CSV), "token"))).ImportTableDescription.ImportArn, Is.EqualTo(import.ImportArn));
        Fails(() => DynamoDb.ImportTableAsync(With(Request("other", InputFormat.CSV), "token")), "ImportConflictException",
            "There was a conflict when importing from the specified S3 source. This can occur when the current import conflicts with a previous import request that had the same client token.");
    }

    [Test]
    public async Task Imports_are_listed_the_last_first()
    {
        var arns = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            arns.Insert(0, (await ImportAsync("", InputFormat.CSV, request => request.TableCreationParameters.TableName = $"Imported{i}")).ImportArn);
            Aws.Clock.Advance(TimeSpan.FromDays(1));
        }
        var page = await DynamoDb.ListImportsAsync(new ListImportsRequest { PageSize = 2 });
        Assert.That(page.ImportSummaryList.Select(import => (import.ImportArn, import.ImportStatus.Value, import.S3BucketSource.S3Bucket)), Is.EqualTo(arns.Take(2).Select(arn => (arn, "COMPLETED", Bucket))));
        Assert.That(page.NextToken, Does.Match("^([0-9a-f]{16})+$").And.Length.AtLeast(112));
        var rest = await DynamoDb.ListImportsAsync(new ListImportsRequest { NextToken = page.NextToken });
        Assert.That((rest.ImportSummaryList.Single().ImportArn, rest.NextToken), Is.EqualTo((arns[2], (string?)null)));
        Assert.That((await DynamoDb.ListImportsAsync(new ListImportsRequest { TableArn = ArnOf("Imported1") })).ImportSummaryList.Single().ImportArn, Is.EqualTo(arns[1]));
    }

    private static ImportTableRequest With(ImportTableRequest request, string token)
    {
        request.ClientToken = token;
        return request;
    }

    private static string Line(string p, int n) => $$$$"""{"Item":{"p":{"S":"{{{{p}}}}"},"n":{"N":"{{{{n}}}}"}}}""" + (n % 2 == 0 ? "\n" : "");

    /// <summary>A value that the client's analyzer does not see.</summary>
    private static string Text(string text) => text;
}
