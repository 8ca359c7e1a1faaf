using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Transactions;

[Source("https://github.com/nubo-db/dynoxide/blob/main/tests/transactional_index_consumed_capacity.rs")]
internal sealed class TransactionIndexTests : DynamoDbFixture
{
    private const string Table = "Indexed";

    [SetUp]
    public Task CreateTableAsync() => DynamoDb.CreateTableAsync(new CreateTableRequest
    {
        TableName = Table,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions = [.. new[] { "pk", "sk", "g", "l" }.Select(name => new AttributeDefinition(name, ScalarAttributeType.S))],
        KeySchema = [new("pk", KeyType.HASH), new("sk", KeyType.RANGE)],
        GlobalSecondaryIndexes = [new() { IndexName = "global", KeySchema = [new("g", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = ["proj"] } }],
        LocalSecondaryIndexes = [new() { IndexName = "local", KeySchema = [new("pk", KeyType.HASH), new("l", KeyType.RANGE)], Projection = new() { ProjectionType = ProjectionType.ALL } }],
    });

    [Test]
    public async Task Only_the_units_of_the_table_are_doubled()
    {
        await ConsumesAsync("3: 2, 1, -", Put(("pk", S("a1")), ("g", S("g1"))));
        await ConsumesAsync("2: 2, -, -", Put(("pk", S("a2")), ("note", S("o"))));
        await ConsumesAsync("4: 2, 1, 1", Put(("pk", S("a3")), ("g", S("g1")), ("l", S("l1")), ("proj", S("p"))));
        await ConsumesAsync("2: 2, -, -", Put(("pk", S("a3")), ("g", S("g1")), ("l", S("l1")), ("proj", S("p"))));
        await ConsumesAsync("3: 2, -, 1", Update("a3", "SET note = :v", "o2"));
        await ConsumesAsync("5: 2, 2, 1", Update("a3", "SET g = :v", "g2"));
        await ConsumesAsync("2: 2, -, -", new TransactWriteItem { ConditionCheck = new() { TableName = Table, Key = Item(("pk", S("a3")), ("sk", S("1"))), ConditionExpression = "attribute_exists(pk)" } });
        await ConsumesAsync("4: 2, 1, 1", new TransactWriteItem { Delete = new() { TableName = Table, Key = Item(("pk", S("a3")), ("sk", S("1"))) } });
        await ConsumesAsync("8: 4, 2, 2", Put(("pk", S("a13")), ("g", S("g1")), ("l", S("l1"))), Put(("pk", S("a14")), ("g", S("g1")), ("l", S("l1"))));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections.SizeLimit")]
    public async Task The_item_collections_of_tables_with_local_indexes_are_told_each_once()
    {
        var answer = await DynamoDb.TransactWriteItemsAsync(new()
        {
            ReturnItemCollectionMetrics = "SIZE",
            TransactItems = [Put(("pk", S("a")), ("l", S("1"))), Put(("pk", S("b"))), Put("2", ("pk", S("a"))), new() { Put = new() { TableName = Hash, Item = Item(("p", S("a"))) } }],
        });
        Assert.Multiple(() =>
        {
            Assert.That(answer.ItemCollectionMetrics.Keys, Is.EqualTo(new[] { Table }), "the other table has no local index");
            Assert.That(answer.ItemCollectionMetrics[Table].Select(collection => collection.ItemCollectionKey["pk"].S), Is.EquivalentTo(new[] { "a", "b" }));
            Assert.That(answer.ItemCollectionMetrics[Table].Select(collection => collection.SizeEstimateRangeGB), Is.All.EqualTo(new[] { 0.0, 1.0 }));
        });
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ItemCollectionMetrics.html")]
    public async Task The_item_collection_of_a_single_write_is_told_where_it_is_asked_for()
    {
        var put = await DynamoDb.PutItemAsync(new() { TableName = Table, Item = Item(("pk", S("a")), ("sk", S("1"))), ReturnItemCollectionMetrics = "SIZE" });
        var update = await DynamoDb.UpdateItemAsync(new() { TableName = Table, Key = Item(("pk", S("a")), ("sk", S("1"))), ReturnItemCollectionMetrics = "SIZE" });
        var delete = await DynamoDb.DeleteItemAsync(new() { TableName = Table, Key = Item(("pk", S("a")), ("sk", S("1"))), ReturnItemCollectionMetrics = "SIZE" });
        var batch = await DynamoDb.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [Table] = [new(new PutRequest(Item(("pk", S("a")), ("sk", S("1")))))] }, ReturnItemCollectionMetrics = "SIZE" });
        var unasked = await DynamoDb.PutItemAsync(Table, Item(("pk", S("a")), ("sk", S("1"))));
        var without = await DynamoDb.PutItemAsync(new() { TableName = Hash, Item = Item(("p", S("a"))), ReturnItemCollectionMetrics = "SIZE" });
        Assert.Multiple(() =>
        {
            Assert.That(new[] { put.ItemCollectionMetrics, update.ItemCollectionMetrics, delete.ItemCollectionMetrics, batch.ItemCollectionMetrics[Table].Single() }.Select(collection => collection.ItemCollectionKey["pk"].S), Is.All.EqualTo("a"));
            Assert.That(unasked.ItemCollectionMetrics, Is.Null);
            Assert.That(without.ItemCollectionMetrics, Is.Null);
        });
    }

    [Test]
    [Source("https://github.com/nubo-db/dynoxide/blob/main/tests/index_key_validation.rs")]
    public void An_index_key_of_another_type_is_a_reason_and_an_empty_one_refuses_the_request()
    {
        var error = Assert.ThrowsAsync<TransactionCanceledException>(() => DynamoDb.TransactWriteItemsAsync(new() { TransactItems = [Put(("pk", S("a")), ("g", N("1")))] }))!;
        Assert.That(error.CancellationReasons.Single().Code, Is.EqualTo("ValidationError"));
        var refused = Assert.ThrowsAsync<AmazonDynamoDBException>(() => DynamoDb.TransactWriteItemsAsync(new() { TransactItems = [Put(("pk", S("a")), ("g", S("")))] }))!;
        Assert.That(refused.ErrorCode, Is.EqualTo("ValidationException"));
        Assert.That(Assert.ThrowsAsync<AmazonDynamoDBException>(() => DynamoDb.TransactWriteItemsAsync(new() { TransactItems = [Update("a", "SET g = :v", "")] }))!.ErrorCode, Is.EqualTo("ValidationException"));
    }

    private async Task ConsumesAsync(string units, params TransactWriteItem[] items)
    {
        var table = (await DynamoDb.TransactWriteItemsAsync(new() { ReturnConsumedCapacity = "INDEXES", TransactItems = [.. items] })).ConsumedCapacity.Single();
        Assert.That($"{table.CapacityUnits}: {table.Table.WriteCapacityUnits}, {Units(table.GlobalSecondaryIndexes, "global")}, {Units(table.LocalSecondaryIndexes, "local")}", Is.EqualTo(units));
    }

    private static string Units(Dictionary<string, Capacity>? indexes, string name) => indexes?.GetValueOrDefault(name)?.WriteCapacityUnits?.ToString() ?? "-";

    private static TransactWriteItem Put(params (string Name, AttributeValue Value)[] item) => Put("1", item);

    private static TransactWriteItem Put(string sk, params (string Name, AttributeValue Value)[] item) => new() { Put = new() { TableName = Table, Item = Item([.. item, ("sk", S(sk))]) } };

    private static TransactWriteItem Update(string pk, string expression, string value) =>
        new() { Update = new() { TableName = Table, Key = Item(("pk", S(pk)), ("sk", S("1"))), UpdateExpression = expression, ExpressionAttributeValues = new() { [":v"] = S(value) } } };
}
