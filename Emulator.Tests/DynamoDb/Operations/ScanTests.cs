using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html")]
internal sealed class ScanTests : DynamoDbFixture
{
    private const int Items = 60;

    [SetUp]
    public async Task FillAsync()
    {
        for (var i = 0; i < Items; i++) await PutAsync(Hash, ("p", S($"item {i}")), ("n", N($"{i}")));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan")]
    public async Task Segments_divide_the_table([Values(1, 2, 3, 7, 100)] int total)
    {
        var seen = new List<string>();
        for (var segment = 0; segment < total; segment++)
        {
            var page = await DynamoDb.ScanAsync(new ScanRequest(Hash) { Segment = segment, TotalSegments = total });
            seen.AddRange(page.Items?.Select(item => item["p"].S) ?? []);
        }
        Assert.That(seen, Is.Unique.And.Count.EqualTo(Items));
    }

    [Test]
    public async Task Pages_go_on_where_the_last_one_ended()
    {
        var request = new ScanRequest(Hash) { Limit = 7 };
        var seen = new List<string>();
        do
        {
            var page = await DynamoDb.ScanAsync(request);
            seen.AddRange(page.Items.Select(item => item["p"].S));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        Assert.That(seen, Is.Unique.And.Count.EqualTo(Items));
    }

    [Test]
    [Observed("order of scans in test/scan.js of architect/dynalite, taken from AWS")]
    public async Task Partitions_come_in_the_order_of_their_hashes()
    {
        await CreateAsync("Order", ("p", ScalarAttributeType.S));
        foreach (var p in new[] { "3635", "228", "1668", "3435" }) await PutAsync("Order", ("p", S(p)));
        var page = await DynamoDb.ScanAsync(new ScanRequest("Order"));
        Assert.That(string.Join(' ', page.Items.Select(item => item["p"].S)), Is.EqualTo("3635 228 1668 3435"));
    }

    [Test]
    public async Task A_filter_may_speak_of_the_key_too()
    {
        var page = await DynamoDb.ScanAsync(new ScanRequest(Hash) { FilterExpression = "n >= :n AND begins_with(p, :p)", ExpressionAttributeValues = Item((":n", N("58")), (":p", S("item"))) });
        Assert.That((page.Count, page.ScannedCount), Is.EqualTo(((int?)2, (int?)Items)));
    }

    [Test]
    [Observed("test_scan_consumed_capacity of scylladb/scylladb test/alternator, which passes on AWS")]
    public async Task A_table_on_demand_costs_as_much_as_its_four_partitions()
    {
        var page = await DynamoDb.ScanAsync(new ScanRequest(Range) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL });
        var consistent = await DynamoDb.ScanAsync(new ScanRequest(Range) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL, ConsistentRead = true });
        Assert.That((page.ConsumedCapacity.CapacityUnits, consistent.ConsumedCapacity.CapacityUnits), Is.EqualTo(((double?)2, (double?)4)));
    }

    [Test]
    [Observed("tests/tier3/error-messages/scan.test.ts of nubo-db/dynamodb-conformance and test/scan.js of architect/dynalite, taken from AWS")]
    public void A_scan_that_cannot_be_is_refused() => Assert.Multiple(() =>
    {
        Refused(new(Hash) { Segment = 0 }, "The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
        Refused(new(Hash) { TotalSegments = 4 }, "The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
        Refused(new(Hash) { Segment = 5, TotalSegments = 5 }, "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5");
        Refused(new(Hash) { Limit = Nothing }, "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
        Refused(new(Hash) { Select = Select.SPECIFIC_ATTRIBUTES }, "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        Refused(new(Hash) { FilterExpression = "a < b AND" }, "Invalid FilterExpression: Syntax error; token: \"<EOF>\", near: \"AND\"");
        Refused(new(Hash) { FilterExpression = "((a = b))" }, "Invalid FilterExpression: The expression has redundant parentheses;");
        Refused(new(Hash) { FilterExpression = "a = a" }, "Invalid FilterExpression: The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]");
        Refused(new(Hash) { FilterExpression = "size(a)" }, "Invalid FilterExpression: The function is not allowed to be used this way in an expression; function: size");
        Refused(new(Hash) { ExclusiveStartKey = Item(("p", N("1"))) }, "The provided starting key is invalid: The provided key element does not match the schema");
        Refused(new(Hash) { Segment = 1, TotalSegments = 2, ExclusiveStartKey = Item(("p", S("3635"))) },
            "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: 2 Segment: 1");
    });

    /// <summary>A zero that the client's analyzer does not see.</summary>
    private static int Nothing => 0;

    private void Refused(ScanRequest request, string message) => Refuses(() => DynamoDb.ScanAsync(request), message);
}
