using System.Text.Json.Nodes;
using Emulator.DynamoDb;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Items;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections.SizeLimit")]
internal sealed class CollectionSizeTests
{
    private DirectService _service = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _service = new();
        await _service.SendAsync("CreateTable", """
            {"TableName":"Notes","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"c","AttributeType":"S"},{"AttributeName":"n","AttributeType":"N"}],
             "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"c","KeyType":"RANGE"}],
             "LocalSecondaryIndexes":[{"IndexName":"byN","KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"n","KeyType":"RANGE"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}]}
            """);
        await PutAsync("full", "small");
        await FillAsync("full", DynamoDbLimits.ItemCollectionBytes - 16);
    }

    [TearDown]
    public ValueTask CloseAsync() => _service.DisposeAsync();

    [Test]
    public async Task A_collection_that_is_full_takes_no_more()
    {
        Refused("PutItem", Put("full", "more", "0123456789012345"));
        Refused("UpdateItem", """{"TableName":"Notes","Key":{"p":{"S":"full"},"c":{"S":"small"}},"UpdateExpression":"SET x = :x","ExpressionAttributeValues":{":x":{"S":"012345678901234567890123456789"}}}""");
        Refused("BatchWriteItem", $$$"""{"RequestItems":{"Notes":[{"PutRequest":{"Item":{{{Item("full", "more", "0123456789012345")}}} } }]}}""");
        Assert.That((await _service.SendAsync("Query", """{"TableName":"Notes","KeyConditionExpression":"p = :p","ExpressionAttributeValues":{":p":{"S":"full"}}}"""))["Items"]!.ToJsonString(), Is.EqualTo("""[{"c":{"S":"small"},"p":{"S":"full"},"x":{"S":"0123456789"}}]"""));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors")]
    public void A_transaction_is_cancelled_by_it()
    {
        var error = Assert.ThrowsAsync<AwsException>(() => _service.SendAsync("TransactWriteItems", $$"""{"TransactItems":[{"Put":{{Put("other", "c", "x")}}},{"Put":{{Put("full", "more", "0123456789012345")}}}]}"""))!;
        Assert.That(error.Message, Does.EndWith("[None, ItemCollectionSizeLimitExceeded]"));
        Assert.That(((JsonArray)error.Members.Single().Value!).Select(reason => reason!.ToJsonString()), Is.EqualTo(new[] { """{"Code":"None"}""", """{"Code":"ItemCollectionSizeLimitExceeded","Message":"Collection size exceeded."}""" }));
    }

    [Test]
    public async Task The_size_is_told_in_ranges_of_a_gigabyte()
    {
        await FillAsync("half", 5L * 1024 * 1024 * 1024);
        var metrics = (await _service.SendAsync("DeleteItem", """{"TableName":"Notes","Key":{"p":{"S":"half"},"c":{"S":"none"}},"ReturnItemCollectionMetrics":"SIZE"}"""))["ItemCollectionMetrics"]!;
        Assert.That(metrics["SizeEstimateRangeGB"]!.AsArray().Select(bound => (double)bound!), Is.EqualTo(new[] { 5.0, 6.0 }));
    }

    [Test]
    public void Entries_of_local_indexes_count_too() =>
        Refused("UpdateItem", """{"TableName":"Notes","Key":{"p":{"S":"full"},"c":{"S":"small"}},"UpdateExpression":"SET n = :n","ExpressionAttributeValues":{":n":{"N":"1"}}}""");

    [Test]
    public async Task Others_take_more_and_what_makes_room_is_done()
    {
        await PutAsync("other", "more");
        await _service.SendAsync("PutItem", Put("full", "tiny", "x"));
        await _service.SendAsync("DeleteItem", """{"TableName":"Notes","Key":{"p":{"S":"full"},"c":{"S":"small"}}}""");
        await PutAsync("full", "again");
    }

    private void Refused(string operation, string request)
    {
        var error = Assert.ThrowsAsync<AwsException>(() => _service.SendAsync(operation, request))!;
        Assert.That((error.Code, error.Message), Is.EqualTo(("ItemCollectionSizeLimitExceededException", "Collection size exceeded.")));
    }

    private Task<JsonNode> PutAsync(string partition, string sort) => _service.SendAsync("PutItem", Put(partition, sort, "0123456789"));

    private static string Put(string partition, string sort, string text) => $$"""{"TableName":"Notes","Item":{{Item(partition, sort, text)}}}""";

    private static string Item(string partition, string sort, string text) => $$$"""{"p":{"S":"{{{partition}}}"},"c":{"S":"{{{sort}}}"},"x":{"S":"{{{text}}}"}}""";

    /// <summary>Makes the collection count as many bytes.</summary>
    private async Task FillAsync(string partition, long bytes)
    {
        var table = _service.Service.Tables.Require(new("000000000000", "us-east-1", "Notes"));
        var value = AttributeValue.Scalar(AttributeType.S, System.Text.Encoding.UTF8.GetBytes(partition));
        using var writer = new ValueWriter(64);
        writer.LengthPrefixed("p"u8);
        writer.Value(value);
        await _service.Store.WriteAsync(transaction =>
        {
            CollectionSize.Add(transaction, table, new(writer.ToArray()), bytes - CollectionSize.Read(transaction, table, value));
            return true;
        });
    }
}
