using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.select.html")]
[Observed(Dynoxide + "; " + Floci + "; " + Conformance)]
internal sealed class SelectFromIndexTests : PartiQlFixture
{
    [SetUp]
    public async Task FillAsync()
    {
        GlobalSecondaryIndex Global(string name, string hash, ProjectionType projection, params string[] attributes) => new()
        {
            IndexName = name,
            KeySchema = [new KeySchemaElement(hash, KeyType.HASH)],
            Projection = new Projection { ProjectionType = projection, NonKeyAttributes = attributes.Length == 0 ? null : [.. attributes] },
        };
        LocalSecondaryIndex Local(string name, string range, ProjectionType projection) => new()
        {
            IndexName = name,
            KeySchema = [new KeySchemaElement("p", KeyType.HASH), new KeySchemaElement(range, KeyType.RANGE)],
            Projection = new Projection { ProjectionType = projection },
        };
        await DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Indexed",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [.. new[] { "p", "c", "g", "h", "l", "m" }.Select(name => new AttributeDefinition(name, ScalarAttributeType.S))],
            KeySchema = [new KeySchemaElement("p", KeyType.HASH), new KeySchemaElement("c", KeyType.RANGE)],
            GlobalSecondaryIndexes = [Global("gsi-all", "g", ProjectionType.ALL), Global("gsi-inc", "h", ProjectionType.INCLUDE, "proj"), Global("gsi-keys", "h", ProjectionType.KEYS_ONLY)],
            LocalSecondaryIndexes = [Local("lsi-all", "l", ProjectionType.ALL), Local("lsi-keys", "m", ProjectionType.KEYS_ONLY)],
        });
        foreach (var (c, key) in new[] { ("1", "x"), ("2", "y"), ("4", "x") })
        {
            await PutAsync("Indexed", ("p", S("p")), ("c", S(c)), ("g", S(key)), ("h", S(key + "2")), ("l", S("l" + c)), ("m", S("m" + c)), ("proj", S("P" + c)), ("non", S("N" + c)));
        }
        await PutAsync("Indexed", ("p", S("p")), ("c", S("3")), ("proj", S("P3")), ("non", S("N3")));
    }

    [TestCase("\"gsi-all\"", "1 2 4")]
    [TestCase("\"gsi-all\" WHERE g = 'x'", "1 4")]
    [TestCase("\"gsi-all\" WHERE non = 'N1'", "1")]
    [TestCase("\"gsi-all\" WHERE NOT g = 'x'", "2")]
    [TestCase("\"gsi-inc\" WHERE h = 'x2' AND proj = 'P1'", "1")]
    [TestCase("\"gsi-inc\" WHERE h = 'x2' AND proj IS MISSING", "")]
    [TestCase("\"gsi-inc\" WHERE non = 'N1'", "")]
    [TestCase("\"gsi-keys\" WHERE NOT non = 'N1'", "1 2 4")]
    [TestCase("\"gsi-inc\" WHERE (h = 'x2' AND non = 'N1') OR (h = 'y2')", "2")]
    [TestCase("\"gsi-inc\" WHERE (h = 'x2' AND proj = 'P1') OR (h = 'y2' AND non = 'N2')", "1")]
    [TestCase("\"gsi-inc\" WHERE h > 'a' AND zz = '1'", "")]
    [TestCase("\"gsi-inc\" WHERE h = 'x2' AND (h = 'y2' OR zz = '1')", "")]
    [TestCase("\"lsi-all\" WHERE p = 'p'", "1 2 4")]
    [TestCase("\"lsi-all\" WHERE p = 'p' AND l >= 'l2'", "2 4")]
    [TestCase("\"lsi-all\" WHERE p = 'p' ORDER BY l DESC", "4 2 1")]
    [TestCase("\"lsi-all\"", "1 2 4")]
    [TestCase("\"lsi-keys\" WHERE proj = 'P1'", "")]
    public async Task An_index_holds_what_has_its_key_and_is_filtered_by_what_it_projects(string rest, string rows)
    {
        var answer = await RunAsync($"SELECT c FROM \"Indexed\".{rest}");
        Assert.That(string.Join(' ', rest.Contains("ORDER", StringComparison.Ordinal) ? answer.Items.Select(item => item["c"].S) : answer.Items.Select(item => item["c"].S).Order()), Is.EqualTo(rows));
    }

    [TestCase("SELECT * FROM \"Indexed\".\"gsi-inc\" WHERE h = 'y2'", "c=2 h=y2 p=p proj=P2")]
    [TestCase("SELECT * FROM \"Indexed\".\"gsi-keys\" WHERE h = 'y2'", "c=2 h=y2 p=p")]
    [TestCase("SELECT * FROM \"Indexed\".\"lsi-keys\" WHERE p = 'p' AND m = 'm2'", "c=2 m=m2 p=p")]
    [TestCase("SELECT non, m FROM \"Indexed\".\"lsi-keys\" WHERE p = 'p' AND m = 'm2'", "m=m2 non=N2")]
    public async Task An_index_gives_what_it_projects_and_a_local_one_fetches_the_rest(string statement, string row) =>
        Assert.That(await RowsAsync(statement), Is.EqualTo(new[] { row }));

    [TestCase("SELECT non FROM \"Indexed\".\"gsi-inc\"", "One or more parameter values were invalid: Global secondary index gsi-inc does not project [non]")]
    [TestCase("SELECT * FROM \"Indexed\".\"Indexed\"", "The table does not have the specified index")]
    [TestCase("SELECT * FROM \"Indexed\".\"lsi-all\" WHERE p = 'p' ORDER BY c", "Attribute c in ORDER BY clause must be part of the primary key")]
    public void What_an_index_cannot_give_is_refused(string statement, string message) => Refused(statement, message);

    [TestCase("gsi-inc", "h = 'x2' AND non = 'N1'", "[non]")]
    [TestCase("gsi-inc", "h = 'x2' AND non IS MISSING", "[non]")]
    [TestCase("gsi-inc", "h IN ['x2', 'y2'] AND begins_with(non, 'N')", "[non]")]
    [TestCase("gsi-inc", "h = 'x2' AND NOT (non = 'N1' OR proj = 'x')", "[non]")]
    [TestCase("gsi-inc", "h = 'x2' AND b = '1' AND (a = '2' OR proj = '3')", "[a, b]")]
    [TestCase("gsi-inc", "h = 'x2' AND (zz = '1' OR aa = '2' OR mm = '3')", "[zz, aa, mm]")]
    [TestCase("gsi-inc", "(h = 'b' AND u1 = '1') OR (h = 'q' AND u2 = '1')", "[u2]")]
    [TestCase("gsi-inc", "(h = 'q' AND u1 = '1') OR (h = 'b' AND u2 = '1')", "[u1]")]
    [TestCase("lsi-keys", "p = 'p' AND NOT non = 'N1'", "[non]")]
    public void A_read_by_key_filters_by_what_is_projected_only(string index, string where, string names) =>
        Refused($"SELECT p FROM \"Indexed\".\"{index}\" WHERE {where}", $"One or more parameter values were invalid: Secondary index {index} does not project one or more filter attributes: {names}");

    [Test]
    public void Two_reads_of_a_partition_of_an_index_overlap() =>
        Refused("SELECT p FROM \"Indexed\".\"gsi-inc\" WHERE (h = 'y2' AND zz = '1') OR (h = 'y2' AND aa = '1')", "Overlapping conditions with range keys are not supported in where clause");

    [Test]
    public async Task A_global_index_is_not_read_consistently()
    {
        Refuses(() => DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM \"Indexed\".\"gsi-all\" WHERE g = 'x'", ConsistentRead = true }), "Strongly consistent read is not supported on Global Secondary Indexes");
        var local = await DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM \"Indexed\".\"lsi-all\" WHERE p = 'p'", ConsistentRead = true, ReturnConsumedCapacity = "INDEXES" });
        Assert.That((local.Items.Count, local.ConsumedCapacity.Table.CapacityUnits, local.ConsumedCapacity.LocalSecondaryIndexes["lsi-all"].CapacityUnits), Is.EqualTo((3, 0.0, 1.0)));
    }

    [TestCase("SELECT * FROM \"Indexed\".\"gsi-all\" WHERE g = 'x'", 0, 0.5)]
    [TestCase("SELECT * FROM \"Indexed\".\"lsi-keys\" WHERE p = 'p'", 0, 0.5)]
    [TestCase("SELECT proj FROM \"Indexed\".\"lsi-keys\" WHERE p = 'p'", 1.5, 0.5)]
    [TestCase("SELECT proj FROM \"Indexed\".\"lsi-keys\" WHERE p = 'p' AND m = 'm1'", 0.5, 0.5)]
    public async Task Reads_are_charged_to_the_index_and_what_is_fetched_to_the_table(string statement, double table, double index)
    {
        var capacity = (await DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, ReturnConsumedCapacity = "INDEXES" })).ConsumedCapacity;
        var indexes = capacity.GlobalSecondaryIndexes is { Count: > 0 } global ? global : capacity.LocalSecondaryIndexes;
        Assert.That((capacity.CapacityUnits, capacity.Table.CapacityUnits, indexes.Values.Single().CapacityUnits), Is.EqualTo((table + index, table, index)));
    }

    [Test]
    public async Task Items_with_the_same_index_key_come_on_different_pages()
    {
        ExecuteStatementRequest Request(string? token) => new() { Statement = "SELECT * FROM \"Indexed\".\"gsi-all\" WHERE g = 'x'", Limit = 1, NextToken = token };
        var first = await DynamoDb.ExecuteStatementAsync(Request(null));
        var second = await DynamoDb.ExecuteStatementAsync(Request(first.NextToken));
        Assert.Multiple(() =>
        {
            Assert.That(first.Items.Concat(second.Items).Select(item => item["c"].S).Order(), Is.EqualTo(new[] { "1", "4" }));
            Assert.That(first.LastEvaluatedKey.Keys.Order(), Is.EqualTo(new[] { "c", "g", "p" }));
        });
    }

    [TestCase("INSERT INTO \"Indexed\" VALUE {'p': 'n', 'c': '1', 'g': 'x', 'l': 'l'}", 3)]
    [TestCase("UPDATE \"Indexed\" SET g = 'z' WHERE p = 'p' AND c = '1'", 4)]
    [TestCase("DELETE FROM \"Indexed\" WHERE p = 'p' AND c = '3'", 1)]
    public async Task Writes_are_charged_to_the_indexes_that_change(string statement, double units)
    {
        var request = new ExecuteStatementRequest { Statement = statement, ReturnConsumedCapacity = "TOTAL" };
        Assert.That((await DynamoDb.ExecuteStatementAsync(request)).ConsumedCapacity.CapacityUnits, Is.EqualTo(units));
    }

    [Test]
    public async Task A_write_of_a_batch_that_fails_is_in_the_sum_only()
    {
        await RunAsync("INSERT INTO \"Indexed\" VALUE {'p': 'n', 'c': '1', 'g': 'x'}");
        var answer = await DynamoDb.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
        {
            Statements = [new BatchStatementRequest { Statement = "INSERT INTO \"Indexed\" VALUE {'p': 'n', 'c': '1', 'g': 'x'}" }, new BatchStatementRequest { Statement = "INSERT INTO \"Indexed\" VALUE {'p': 'n', 'c': '2', 'g': 'x'}" }],
            ReturnConsumedCapacity = "INDEXES",
        });
        var capacity = answer.ConsumedCapacity.Single();
        Assert.That((capacity.CapacityUnits, capacity.Table.CapacityUnits, capacity.GlobalSecondaryIndexes["gsi-all"].CapacityUnits), Is.EqualTo((3.0, 1.0, 1.0)));
    }
}
