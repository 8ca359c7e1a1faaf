using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.select.html")]
internal sealed class SelectTests : PartiQlFixture
{
    [SetUp]
    public async Task FillAsync()
    {
        foreach (var (p, c) in new[] { ("o", "1"), ("o", "2"), ("o", "3"), ("p", "1"), ("p", "2"), ("p", "3") })
        {
            await PutAsync(Range, ("p", S(p)), ("c", S(c)), ("n", N(c)), ("flag", S(c == "1" ? "one" : "other")));
        }
    }

    [TestCase("p = 'o'", "1 2 3")]
    [TestCase("'o' = p AND c > '1'", "2 3")]
    [TestCase("p = 'o' AND c BETWEEN '2' AND '3'", "2 3")]
    [TestCase("p = 'o' AND begins_with(c, '3')", "3")]
    [TestCase("p = 'o' AND c >= '2' AND c < '3'", "2")]
    [TestCase("p = 'o' AND c = '2' AND n = 2", "2")]
    [TestCase("p = 'o' AND c = '2' AND n = 3", "")]
    [TestCase("p = 'o' AND (c = '1' OR c = '3')", "1 3")]
    [TestCase("p = 'o' AND c IN ['3', '1']", "3 1")]
    [TestCase("p = 'o' AND c IN ('3', '1')", "3 1")]
    [TestCase("p = 'o' AND (c < '1' OR c > '1' OR c = '1')", "2 3 1")]
    [TestCase("p = 'o' AND NOT c = '1'", "2 3")]
    [TestCase("p = 'o' AND c <> '1'", "2 3")]
    [TestCase("p = 'o' AND c != '1'", "2 3")]
    [TestCase("p = 'o' AND c = '1' AND c > '0'", "1")]
    [TestCase("p = 'o' AND p = 'p'", "")]
    [TestCase("p = 'o' AND (flag = 'one' OR n = 3)", "1 3")]
    [TestCase("p = 'o' AND attribute_exists(p)", "1 2 3")]
    [TestCase("(p = 'o') AND ((n > 1) AND (n < 3))", "2")]
    [Observed(Floci)]
    public async Task Keys_and_filters_select_what_they_say(string where, string rows) =>
        Assert.That(string.Join(' ', await RowsAsync($"SELECT c FROM \"Range\" WHERE {where}")), Is.EqualTo(string.Join(' ', rows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => $"c={c}"))));

    [TestCase("n = 2", 2)]
    [TestCase("p > 'o'", 3)]
    [TestCase("p > 1", 0)]
    [TestCase("p = 'o' OR c = '1'", 4)]
    [TestCase("p = 'o' OR p = 'p'", 6)]
    [TestCase("NOT p = 'o'", 3)]
    [TestCase("nope IS MISSING", 6)]
    [TestCase("nope IS NOT MISSING", 0)]
    [TestCase("p NOT IN ['o']", 3)]
    [TestCase("n NOT BETWEEN 2 AND 3", 2)]
    [Observed(Floci)]
    public async Task What_names_no_partition_is_scanned(string where, int count) =>
        Assert.That(await RowsAsync($"SELECT * FROM \"Range\" WHERE {where}"), Has.Length.EqualTo(count));

    [Test]
    public async Task Without_where_everything_is_returned() =>
        Assert.That(await RowsAsync("select * from Range"), Has.Length.EqualTo(6));

    [TestCase("p = 'o' ORDER BY c DESC", "o3 o2 o1")]
    [TestCase("p = 'o' ORDER BY c", "o1 o2 o3")]
    [TestCase("p = 'o' ORDER BY p ASC", "o3 o2 o1")]
    [TestCase("p IN ['o', 'p'] ORDER BY p DESC, c ASC", "p1 p2 p3 o1 o2 o3")]
    [TestCase("p IN ['p', 'o'] ORDER BY p", "o3 o2 o1 p3 p2 p1")]
    [Observed(Floci)]
    public async Task Order_follows_the_key_and_descends_within_a_partition_where_nothing_is_said(string where, string rows)
    {
        var answer = await RunAsync($"SELECT p, c FROM \"Range\" WHERE {where}");
        Assert.That(string.Join(' ', answer.Items.Select(item => item["p"].S + item["c"].S)), Is.EqualTo(rows));
    }

    [TestCase("ORDER BY c", "Must have WHERE clause in the statement when using ORDER BY clause.")]
    [TestCase("WHERE p = 'o' ORDER BY n DESC", "Attribute n in ORDER BY clause must be part of the primary key")]
    [TestCase("WHERE p > 'a' ORDER BY c", "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")]
    [TestCase("WHERE p IN ['o', 'p'] ORDER BY c DESC", "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.")]
    [Observed(Floci)]
    public void Order_is_refused_where_the_key_cannot_give_it(string rest, string message) => Refused($"SELECT c FROM \"Range\" {rest}", message);

    [TestCase("p IN ['o', 'o']")]
    [TestCase("p = 'o' OR p = 'o'")]
    [TestCase("p = 'o' AND (c > '0' OR c < '5')")]
    [TestCase("p = 'o' AND (c = '1' OR flag = 'two')")]
    [TestCase("(p = 'o' AND flag = 'one') OR (p = 'o' AND flag = 'two')")]
    [Observed(Floci)]
    public void Alternatives_that_read_the_same_items_are_refused(string where) =>
        Refused($"SELECT c FROM \"Range\" WHERE {where}", "Overlapping conditions with range keys are not supported in where clause");

    [TestCase("p = 1 OR p = 'o'", "p")]
    [TestCase("p = 'o' AND c IN ['1', 2]", "c")]
    [Observed(Floci)]
    public void Values_of_keys_have_the_type_of_the_key(string where, string key) =>
        Refused($"SELECT c FROM \"Range\" WHERE {where}", $"Key attribute's data type should match its data type in table's schema: Key {key}");

    [TestCase("p IN [{0}]", 51)]
    [TestCase("p = 'o' AND c IN [{0}]", 51)]
    [TestCase("p IN [{0}] AND c IN ['1', '2']", 26)]
    [Observed(Floci)]
    public void A_select_falls_into_at_most_50_reads(string where, int values) =>
        Refused($"SELECT c FROM \"Range\" WHERE {string.Format(where, Values(values))}", "Too many decomposed read operations for a given query.");

    [TestCase("p IN [{0}] OR flag = 'one'", 51)]
    [TestCase("p = 'o' AND flag IN [{0}]", 100)]
    [Observed(Floci)]
    public async Task More_values_are_taken_where_they_are_filters(string where, int values) =>
        Assert.That(await RowsAsync($"SELECT c FROM \"Range\" WHERE {string.Format(where, Values(values))}"), Is.Not.Null);

    [Test]
    [Observed(Floci)]
    public void IN_takes_100_operands() =>
        Refused($"SELECT c FROM \"Range\" WHERE p = 'o' AND flag IN [{Values(101)}]", "The IN operator is provided with too many operands; number of operands: 101");

    private static string Values(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"'v{i}'"));

    [Test]
    [Observed(Conformance)]
    public async Task Columns_are_named_by_their_last_part()
    {
        await PutAsync(Hash, ("p", S("x")), ("m", new AttributeValue { M = Item(("k", new AttributeValue { L = [S("c"), S("d")] }), ("s", S("deep"))) }), ("l", new AttributeValue { L = [S("a"), S("b")] }));
        Assert.Multiple(async () =>
        {
            Assert.That(await RowsAsync("SELECT m.s, l[1], p FROM \"Hash\" WHERE p = 'x'"), Is.EqualTo(new[] { "l[1]=b p=x s=deep" }));
            Assert.That(await RowsAsync("SELECT m.k[0], \"m\".\"nope\" FROM \"Hash\" WHERE p = 'x'"), Is.EqualTo(new[] { "k[0]=c" }));
            Assert.That(await RowsAsync("SELECT l[-0] FROM \"Hash\" WHERE p = 'x'"), Is.EqualTo(new[] { "l[0]=a" }));
            Assert.That(await RowsAsync("SELECT nope FROM \"Hash\" WHERE p = 'x'"), Is.EqualTo(new[] { "" }));
        });
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html")]
    public async Task Pages_follow_each_other_by_token()
    {
        var rows = new List<string>();
        var sizes = new List<int>();
        string? token = null;
        do
        {
            var page = await DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM \"Range\"", Limit = 4, NextToken = token });
            rows.AddRange(page.Items.Select(item => item["p"].S + item["c"].S));
            sizes.Add(page.Items.Count);
            Assert.That(page.LastEvaluatedKey is { Count: 2 }, Is.EqualTo(page.NextToken is not null));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.That((rows.Distinct().Count(), string.Join(' ', sizes)), Is.EqualTo((6, "4 2")));
    }

    [Test]
    [Observed(Floci)]
    public async Task Ordered_pages_go_on_where_they_ended()
    {
        const string statement = "SELECT p, c FROM \"Range\" WHERE p IN ['o', 'p'] ORDER BY p DESC";
        var first = await DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, Limit = 2 });
        var second = await DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, Limit = 2, NextToken = first.NextToken });
        Assert.That(string.Join(' ', first.Items.Concat(second.Items).Select(item => item["p"].S + item["c"].S)), Is.EqualTo("p3 p2 p1 o3"));
    }

    [Test]
    [Observed(Dynoxide)]
    public async Task Limit_counts_what_is_read_and_a_page_that_ends_with_it_has_a_token()
    {
        var page = await DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM \"Range\" WHERE p = 'o' AND flag = 'one'", Limit = 3 });
        Assert.That((page.Items.Count, page.NextToken is null), Is.EqualTo((1, false)));
        var last = await DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM \"Range\" WHERE p = 'o' AND flag = 'one'", NextToken = page.NextToken });
        Assert.That((last.Items.Count, last.NextToken is null), Is.EqualTo((0, true)));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-operators.html")]
    public async Task IN_returns_pages_of_ten()
    {
        for (var i = 0; i < 12; i++) await PutAsync(Range, ("p", S("many")), ("c", S($"{i:00}")));
        const string statement = "SELECT c FROM \"Range\" WHERE p IN ['many', 'o']";
        var first = await RunAsync(statement);
        var second = await DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, NextToken = first.NextToken });
        Assert.That((first.Items.Count, second.Items.Count, second.NextToken), Is.EqualTo((10, 5, (string?)null)));
    }

    [Test]
    [Observed(Dynoxide)]
    public async Task Tokens_belong_to_their_statement_and_parameters()
    {
        ExecuteStatementRequest Request(string statement, string value, string? token) => new() { Statement = statement, Parameters = [S(value)], Limit = 1, NextToken = token };
        const string statement = "SELECT * FROM \"Range\" WHERE p = ?";
        var token = (await DynamoDb.ExecuteStatementAsync(Request(statement, "o", null))).NextToken;
        Assert.Multiple(() =>
        {
            Refuses(() => DynamoDb.ExecuteStatementAsync(Request(statement, "p", token)), "NextToken does not match request");
            Refuses(() => DynamoDb.ExecuteStatementAsync(Request("SELECT c FROM \"Range\" WHERE p = ?", "o", token)), "NextToken does not match request");
            Refuses(() => DynamoDb.ExecuteStatementAsync(Request(statement, "o", "not-a-token")), "Invalid NextToken");
            Refuses(() => DynamoDb.ExecuteStatementAsync(Request(statement, "o", (token[0] == 'A' ? "B" : "A") + token[1..])), "Invalid NextToken");
        });
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html")]
    public async Task A_page_ends_with_a_megabyte()
    {
        for (var i = 0; i < 4; i++) await PutAsync(Range, ("p", S("big")), ("c", S($"{i}")), ("x", S(new string('x', 300_000))));
        var first = await RunAsync("SELECT c FROM \"Range\" WHERE p = 'big'");
        Assert.That((first.Items.Count, first.NextToken is not null), Is.EqualTo((4, true)).Or.EqualTo((3, true)));
    }

    [TestCase("WHERE p = 'o' AND c = '1'", false, 0.5)]
    [TestCase("WHERE p = 'o' AND c = '1'", true, 1)]
    [TestCase("WHERE p = 'absent'", true, 1)]
    [TestCase("WHERE p IN ['o', 'p']", false, 1)]
    [Observed(Dynoxide)]
    public async Task Reads_cost_as_those_of_other_operations(string where, bool consistent, double units)
    {
        var answer = await DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = $"SELECT * FROM \"Range\" {where}", ConsistentRead = consistent, ReturnConsumedCapacity = "INDEXES" });
        Assert.That((answer.ConsumedCapacity.TableName, answer.ConsumedCapacity.CapacityUnits, answer.ConsumedCapacity.Table.CapacityUnits), Is.EqualTo((Range, units, units)));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-gettingstarted.html")]
    public async Task Binary_keys_and_sets_come_as_parameters()
    {
        await PutAsync(Hash, ("p", S("x")), ("b", new AttributeValue { B = new MemoryStream([1, 2]) }), ("s", new AttributeValue { SS = ["a", "b"] }));
        Assert.That(await RowsAsync("SELECT p FROM \"Hash\" WHERE p = ? AND b < ? AND s = ?", S("x"), new AttributeValue { B = new MemoryStream([1, 3]) }, new AttributeValue { SS = ["b", "a"] }), Has.Length.EqualTo(1));
    }
}
