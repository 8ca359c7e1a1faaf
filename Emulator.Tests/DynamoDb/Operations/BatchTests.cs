using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html")]
internal sealed class BatchTests : DynamoDbFixture
{
    [Test]
    public async Task Items_of_several_tables_are_written_and_read()
    {
        await PutAsync(Hash, ("p", S("old")));
        var written = await DynamoDb.BatchWriteItemAsync(new BatchWriteItemRequest
        {
            RequestItems = new()
            {
                [Hash] = [Put(("p", S("a")), ("n", N("1"))), Put(("p", S("b"))), new(new DeleteRequest(Item(("p", S("old")))))],
                [Range] = [Put(("p", S("a")), ("c", S("b")))],
            },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });
        var read = await DynamoDb.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new()
            {
                [Hash] = new() { Keys = [Item(("p", S("a"))), Item(("p", S("old"))), Item(("p", S("b")))], ProjectionExpression = "n", ConsistentRead = true },
                [Range] = new() { Keys = [Item(("p", S("a")), ("c", S("b")))] },
            },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });
        Assert.Multiple(() =>
        {
            Assert.That(written.ConsumedCapacity.Select(table => (table.TableName, table.CapacityUnits)), Is.EquivalentTo(new[] { (Hash, (double?)3), (Range, (double?)1) }));
            Assert.That(read.Responses[Hash].Select(item => string.Join(' ', item.Keys)), Is.EquivalentTo(new[] { "n", "" }));
            Assert.That(read.Responses[Range].Single().Keys, Is.EquivalentTo(new[] { "p", "c" }));
            Assert.That(read.ConsumedCapacity.Select(table => (table.TableName, table.CapacityUnits)), Is.EquivalentTo(new[] { (Hash, (double?)3), (Range, (double?)0.5) }));
            Assert.That((written.UnprocessedItems?.Count ?? 0, read.UnprocessedKeys?.Count ?? 0), Is.EqualTo((0, 0)));
        });
    }

    [Test]
    [Observed("test/batchGetItem.js of architect/dynalite, taken from AWS")]
    public async Task Keys_that_no_longer_fit_are_asked_again()
    {
        await DynamoDb.CreateTableAsync(new CreateTableRequest("One", [new("p", KeyType.HASH)], [new("p", ScalarAttributeType.S)], new(1, 1)));
        for (var i = 0; i < 5; i++) await PutAsync("One", ("p", S($"{i}")), ("x", S(new string('x', 400_000))));
        var request = new BatchGetItemRequest { RequestItems = new() { ["One"] = new() { Keys = [.. Enumerable.Range(0, 5).Select(i => Item(("p", S($"{i}"))))], ConsistentRead = true } } };
        var first = await DynamoDb.BatchGetItemAsync(request);
        request.RequestItems = first.UnprocessedKeys;
        var second = await DynamoDb.BatchGetItemAsync(request);
        Assert.That((first.Responses["One"].Count, first.UnprocessedKeys["One"].ConsistentRead, second.Responses["One"].Count), Is.EqualTo((3, (bool?)true, 2)));
    }

    [Test]
    [Observed("tests/tier3/error-messages of nubo-db/dynamodb-conformance, taken from AWS; recorded answer test_batch_write_not_matching_schema")]
    public void A_batch_that_cannot_be_is_refused() => Assert.Multiple(() =>
    {
        var requests = Enumerable.Range(0, 101).Select(i => Item(("p", S($"{i}")))).ToList();
        Refuses(() => GetAsync(Hash, requests), $"1 validation error detected: Value at 'RequestItems.{Hash}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100");
        Refuses(() => GetAsync(Hash, [requests[0], requests[0]]), "Provided list of item keys contains duplicates");
        Refuses(() => DynamoDb.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = [], }), "The requestItems parameter is required for BatchGetItem");
        Fails(() => GetAsync("absent", [requests[0]]), "ResourceNotFoundException", "Requested resource not found");
        Refuses(() => WriteAsync(Hash, Put(("p", S("a"))), new(new DeleteRequest(Item(("p", S("a")))))), "Provided list of item keys contains duplicates");
        Refuses(() => WriteAsync(Range, Put(("p", S("a")))), "The provided key element does not match the schema");
        Refuses(() => WriteAsync(Hash, new WriteRequest()), "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        Fails(() => WriteAsync("absent", Put(("p", S("a")))), "ResourceNotFoundException", "Requested resource not found");
    });

    [Test]
    [Observed("tests/tier3/error-messages/batchWriteItem.test.ts of nubo-db/dynamodb-conformance, taken from AWS")]
    public void A_batch_writes_at_most_25() =>
        Assert.That(Assert.CatchAsync<AmazonDynamoDBException>(() => WriteAsync(Hash, [.. Enumerable.Range(0, 26).Select(i => Put(("p", S($"{i}"))))]))!.Message,
            Does.Match($"^1 validation error detected: Value '\\{{{Hash}=\\[.+\\]\\}}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: \\[Member must have length less than or equal to 25, Member must have length greater than or equal to 1\\]$"));

    private Task<BatchGetItemResponse> GetAsync(string table, List<Dictionary<string, AttributeValue>> keys) =>
        DynamoDb.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = new() { [table] = new() { Keys = keys } } });

    private Task<BatchWriteItemResponse> WriteAsync(string table, params WriteRequest[] requests) =>
        DynamoDb.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [table] = [.. requests] } });

    private static WriteRequest Put(params (string Name, AttributeValue Value)[] attributes) => new(new PutRequest(Item(attributes)));
}
