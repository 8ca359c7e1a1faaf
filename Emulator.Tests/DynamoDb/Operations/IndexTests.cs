using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

/// <summary>Reading and writing through indexes: <c>local</c> (p, l) and <c>keys</c> (p, m) beside <c>global</c> (g, with x) and <c>wide</c> (h1, h2, r1, r2).</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/SecondaryIndexes.html")]
internal sealed class IndexTests : DynamoDbFixture
{
    private const string Indexed = "Indexed";

    [SetUp]
    public Task CreateIndexedAsync() => DynamoDb.CreateTableAsync(new CreateTableRequest
    {
        TableName = Indexed,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions = [.. new[] { "p", "c", "l", "m", "g", "h1", "h2", "r1", "r2" }.Select(name => new AttributeDefinition(name, name == "m" ? ScalarAttributeType.N : ScalarAttributeType.S))],
        KeySchema = [new("p", KeyType.HASH), new("c", KeyType.RANGE)],
        LocalSecondaryIndexes =
        [
            new() { IndexName = "local", KeySchema = [new("p", KeyType.HASH), new("l", KeyType.RANGE)], Projection = new() { ProjectionType = ProjectionType.ALL } },
            new() { IndexName = "keys", KeySchema = [new("p", KeyType.HASH), new("m", KeyType.RANGE)], Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } },
        ],
        GlobalSecondaryIndexes =
        [
            new() { IndexName = "global", KeySchema = [new("g", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = ["x"] } },
            new() { IndexName = "wide", KeySchema = [new("h1", KeyType.HASH), new("h2", KeyType.HASH), new("r1", KeyType.RANGE), new("r2", KeyType.RANGE)], Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } },
        ],
    });

    [Test]
    [Observed("test_gsi_query_select_2, test_lsi_query_select and test_lsi_get_not_projected_attribute of scylladb/scylladb test/alternator")]
    public async Task An_index_gives_what_it_projects_and_a_local_one_fetches_the_rest()
    {
        await PutAsync(Indexed, ("p", S("1")), ("c", S("a")), ("g", S("v")), ("m", N("1")), ("x", S("in")), ("y", S("out")));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await NamesAsync("global", "g = :v", S("v")), Is.EqualTo("c g p x"));
            Assert.That(await NamesAsync("keys", "p = :v", S("1")), Is.EqualTo("c m p"));
            Assert.That(await NamesAsync("keys", "p = :v", S("1"), request => request.Select = Select.ALL_ATTRIBUTES), Is.EqualTo("c g m p x y"));
            Assert.That(await NamesAsync("keys", "p = :v", S("1"), request => request.ProjectionExpression = "y, m"), Is.EqualTo("m y"));
            Assert.That(await NamesAsync("global", "g = :v", S("v"), request => request.ProjectionExpression = "x"), Is.EqualTo("x"));
            Assert.That(await NamesAsync("global", "g = :v", S("v"), request => request.Select = Select.ALL_PROJECTED_ATTRIBUTES), Is.EqualTo("c g p x"));
            RefusesQuery("global", "g = :v", request => request.ProjectionExpression = "y", "One or more parameter values were invalid: Global secondary index global does not project [y]");
            RefusesQuery("global", "g = :v", request => request.Select = Select.ALL_ATTRIBUTES, "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index global because its projection type is not ALL");
            RefusesQuery("keys", "p = :v", request => request.FilterExpression = "y = :v", "One or more parameter values were invalid: Secondary index keys does not project one or more filter attributes: [y]");
        });
    }

    [Test]
    [Observed("test/query.js of architect/dynalite, taken from AWS")]
    public void What_no_index_can_answer_is_refused() => Assert.Multiple(() =>
    {
        RefusesQuery("none", "g = :v", _ => { }, "The table does not have the specified index: none");
        RefusesQuery("global", "g = :v", request => request.ConsistentRead = true, "Consistent reads are not supported on global secondary indexes");
        RefusesQuery("global", "p = :v", _ => { }, "Query condition missed key schema element: g");
        RefusesQuery("global", "g = :v AND c = :v", _ => { }, "Query key condition not supported");
        RefusesQuery("local", "p = :v AND c = :v", _ => { }, "Query condition missed key schema element: l");
        RefusesQuery("keys", "p = :v AND m = :v", _ => { }, "One or more parameter values were invalid: Condition parameter type does not match schema type");
        RefusesQuery("local", "p = :v", request => request.FilterExpression = "l = :v", "Filter Expression can only contain non-primary key attributes: Primary key attribute: l");
        RefusesQuery("local", "p = :v", request => request.FilterExpression = "attribute_exists(g.x)", "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: g");
        RefusesQuery("global", "g = :v", request => request.ExclusiveStartKey = Item(("g", S("v")), ("p", S("v"))), "The provided starting key is invalid");
        RefusesQuery("global", "g = :v", request => request.ExclusiveStartKey = Item(("g", S("w")), ("p", S("v")), ("c", S("v"))), "The provided starting key is outside query boundaries based on provided conditions");
        RefusesQuery("global", "g = :v", request => request.ExclusiveStartKey = Item(("g", S("v")), ("p", N("1")), ("c", S("v"))), "The provided starting key is invalid: The provided key element does not match the schema");
        RefusesQuery("local", "p = :v AND l > :v", request => request.ExclusiveStartKey = Item(("p", S("v")), ("l", S("a")), ("c", S("v"))), "The provided starting key does not match the range key predicate");
        RefusesQuery("local", "p = :v AND l < :v", request => request.ExclusiveStartKey = Item(("p", S("w")), ("l", S("a")), ("c", S("v"))), "The query can return at most one row and cannot be restarted");
    });

    [Test]
    [Observed("the suite of nubo-db/dynamodb-conformance on AWS in October 2026")]
    public async Task A_key_of_several_attributes_is_asked_for_from_the_left()
    {
        foreach (var (p, r1, r2) in new[] { ("1", "a", "x"), ("2", "a", "y"), ("3", "b", "x"), ("4", "b", "z") })
        {
            await PutAsync(Indexed, ("p", S(p)), ("c", S("c")), ("h1", S("h")), ("h2", S("h")), ("r1", S(r1)), ("r2", S(r2)));
        }
        await PutAsync(Indexed, ("p", S("5")), ("c", S("c")), ("h1", S("h")), ("h2", S("h")), ("r1", S("a")));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await KeysAsync("h1 = :v AND h2 = :v"), Is.EqualTo("1 2 3 4"));
            Assert.That(await KeysAsync("h2 = :v AND r1 = :a AND h1 = :v"), Is.EqualTo("1 2"));
            Assert.That(await KeysAsync("h1 = :v AND h2 = :v AND r1 = :b AND r2 > :x"), Is.EqualTo("4"));
            Assert.That(await KeysAsync("h1 = :v AND h2 = :v AND r1 BETWEEN :a AND :b"), Is.EqualTo("1 2 3 4"));
            Assert.That(await KeysAsync("h1 = :v AND h2 = :v AND begins_with(r1, :b)"), Is.EqualTo("3 4"));
            RefusesQuery("wide", "h1 = :v", _ => { }, "HASH key attributes h2 must have equality conditions specified in the query");
            RefusesQuery("wide", "h1 = :v AND h2 > :v", _ => { }, "HASH key attributes h2 must have equality conditions specified in the query");
            RefusesQuery("wide", "h1 = :v AND h2 = :v AND r2 = :v", _ => { }, "RANGE key attributes r1 must have equality conditions specified in the query because a condition is present on key attribute r2");
            RefusesQuery("wide", "h1 = :v AND h2 = :v AND r1 > :v AND r2 = :v", _ => { }, "RANGE key attributes r1 must have equality conditions specified in the query because a condition is present on key attribute r2");
            RefusesQuery("local", "p = :v AND l = :v AND c = :v", _ => { }, "Conditions can be of length 1 or 2 only");
        });
    }

    [Test]
    [Observed("tests/index_key_validation.rs of nubo-db/dynoxide; test/putItem.js and test/updateItem.js of architect/dynalite; taken from AWS")]
    public async Task What_an_index_key_cannot_be_is_refused_of_items()
    {
        await PutAsync(Indexed, ("p", S("1")), ("c", S("a")), ("n", N("1")));
        Assert.Multiple(() =>
        {
            RefusesItem("g", N("1"), "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: global");
            RefusesItem("m", new AttributeValue { NULL = true }, "One or more parameter values were invalid: Type mismatch for Index Key m Expected: N Actual: NULL IndexName: keys");
            RefusesItem("g", S(""), "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: global, IndexKey: g");
            RefusesItem("g", S(new string('x', 2049)), "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes");
            RefusesItem("l", S(new string('x', 1025)), "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
            RefusesUpdate("SET g = :v", N("1"), "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: global");
            RefusesUpdate("ADD g :v", N("1"), "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: global");
            RefusesUpdate("SET g.x = :v", N("1"), "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: g");
            RefusesUpdate("SET g = if_not_exists(n, :v)", S("s"), "The update expression attempted to update the secondary index key to unsupported type");
            RefusesUpdate("SET g = :v", S(""), "One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.");
        });
        Refuses(() => DynamoDb.BatchWriteItemAsync(new BatchWriteItemRequest(new Dictionary<string, List<WriteRequest>>
        {
            [Indexed] = [new(new PutRequest(Item(("p", S("2")), ("c", S("a"))))), new(new PutRequest(Item(("p", S("3")), ("c", S("a")), ("g", N("1")))))],
        })), "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: global");
        Assert.That(await GetAsync(Indexed, ("p", S("2")), ("c", S("a"))), Is.Null);
    }

    [Test]
    [Observed("src/actions/index_capacity.rs of nubo-db/dynoxide, captured on AWS")]
    public async Task A_write_consumes_of_an_index_what_it_changes_there()
    {
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await PutUnitsAsync(("p", S("1")), ("c", S("a"))), Is.EqualTo("1 = 1"));
            Assert.That(await PutUnitsAsync(("p", S("1")), ("c", S("a")), ("g", S("v")), ("l", S("v"))), Is.EqualTo("3 = 1 + local 1 + global 1"));
            Assert.That(await PutUnitsAsync(("p", S("1")), ("c", S("a")), ("g", S("v")), ("l", S("v"))), Is.EqualTo("1 = 1"));
            Assert.That(await PutUnitsAsync(("p", S("1")), ("c", S("a")), ("g", S("v")), ("l", S("v")), ("y", S(new string('y', 3000)))), Is.EqualTo("6 = 3 + local 3"));
            Assert.That(await PutUnitsAsync(("p", S("1")), ("c", S("a")), ("g", S("w")), ("l", S("v")), ("y", S(new string('y', 3000)))), Is.EqualTo("8 = 3 + local 3 + global 2"));
            Assert.That(await PutUnitsAsync(("p", S("1")), ("c", S("a")), ("g", S("w")), ("l", S("w"))), Is.EqualTo("7 = 3 + local 4"));
            Assert.That(Text((await DynamoDb.DeleteItemAsync(new DeleteItemRequest(Indexed, Item(("p", S("1")), ("c", S("a")))) { ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES })).ConsumedCapacity), Is.EqualTo("3 = 1 + local 1 + global 1"));
        });
        var batch = await DynamoDb.BatchWriteItemAsync(new BatchWriteItemRequest
        {
            RequestItems = new() { [Indexed] = [new(new PutRequest(Item(("p", S("1")), ("c", S("a")), ("g", S("v"))))), new(new PutRequest(Item(("p", S("1")), ("c", S("b")), ("g", S("v")))))] },
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });
        Assert.That(Text(batch.ConsumedCapacity.Single()), Is.EqualTo("4 = 2 + global 2"));
    }

    [Test]
    [Observed("\"should return all attributes when specified for secondary indexes\" in test/query.js of architect/dynalite, taken from AWS")]
    public async Task A_read_consumes_of_its_index_and_of_the_table_what_is_fetched()
    {
        foreach (var c in new[] { "a", "b" }) await PutAsync(Indexed, ("p", S("1")), ("c", S(c)), ("m", N("1")), ("y", S(new string('y', 4100))));
        var request = Request("keys", "p = :v", S("1"));
        request.ConsistentRead = true;
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES;
        Assert.That(Text((await DynamoDb.QueryAsync(request)).ConsumedCapacity), Is.EqualTo("1 = 0 + keys 1"));
        request.Select = Select.ALL_ATTRIBUTES;
        Assert.That(Text((await DynamoDb.QueryAsync(request)).ConsumedCapacity), Is.EqualTo("4 = 3 + keys 1"));
    }

    [Test]
    public async Task A_page_ends_with_the_keys_of_index_and_table()
    {
        for (var i = 0; i < 5; i++) await PutAsync(Indexed, ("p", S($"{i}")), ("c", S("c")), ("g", S("v")));
        var request = Request("global", "g = :v", S("v"));
        request.Limit = 2;
        var first = await DynamoDb.QueryAsync(request);
        Assert.That(string.Join(' ', first.LastEvaluatedKey.Keys.Order()), Is.EqualTo("c g p"));
        var all = first.Items.Select(item => item["p"].S).ToList();
        for (var key = first.LastEvaluatedKey; key is { Count: > 0 };)
        {
            request.ExclusiveStartKey = key;
            var page = await DynamoDb.QueryAsync(request);
            all.AddRange(page.Items.Select(item => item["p"].S));
            key = page.LastEvaluatedKey;
        }
        Assert.That(all, Is.Unique.And.Count.EqualTo(5));
    }

    private async Task<string> NamesAsync(string index, string condition, AttributeValue value, Action<QueryRequest>? change = null)
    {
        var request = Request(index, condition, value);
        change?.Invoke(request);
        return string.Join(' ', (await DynamoDb.QueryAsync(request)).Items.Single().Keys.Order());
    }

    private async Task<string> KeysAsync(string condition)
    {
        var values = new[] { (":v", "h"), (":a", "a"), (":b", "b"), (":x", "x") }.Where(value => condition.Contains(value.Item1, StringComparison.Ordinal));
        var request = new QueryRequest(Indexed) { IndexName = "wide", KeyConditionExpression = condition, ExpressionAttributeValues = Item([.. values.Select(value => (value.Item1, S(value.Item2)))]) };
        return string.Join(' ', (await DynamoDb.QueryAsync(request)).Items.Select(item => item["p"].S));
    }

    private void RefusesQuery(string index, string condition, Action<QueryRequest> change, string message) => Refuses(() =>
    {
        var request = Request(index, condition, S("v"));
        change(request);
        return DynamoDb.QueryAsync(request);
    }, message);

    private void RefusesItem(string name, AttributeValue value, string message) => Refuses(() => PutAsync(Indexed, ("p", S("1")), ("c", S("a")), (name, value)), message);

    private void RefusesUpdate(string update, AttributeValue value, string message) => Refuses(() => DynamoDb.UpdateItemAsync(new UpdateItemRequest
    {
        TableName = Indexed,
        Key = Item(("p", S("1")), ("c", S("a"))),
        UpdateExpression = update,
        ExpressionAttributeValues = Item((":v", value)),
    }), message);

    private async Task<string> PutUnitsAsync(params (string, AttributeValue)[] attributes) =>
        Text((await DynamoDb.PutItemAsync(new PutItemRequest(Indexed, Item(attributes)) { ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES })).ConsumedCapacity);

    private static string Text(ConsumedCapacity consumed)
    {
        var indexes = (consumed.LocalSecondaryIndexes ?? []).Concat(consumed.GlobalSecondaryIndexes ?? []).Select(index => $" + {index.Key} {index.Value.CapacityUnits}");
        return $"{consumed.CapacityUnits} = {consumed.Table.CapacityUnits}{string.Concat(indexes)}";
    }

    private static QueryRequest Request(string index, string condition, AttributeValue value) =>
        new(Indexed) { IndexName = index, KeyConditionExpression = condition, ExpressionAttributeValues = Item((":v", value)) };
}
