using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html")]
internal sealed class QueryTests : DynamoDbFixture
{
    [SetUp]
    public async Task FillAsync()
    {
        foreach (var c in new[] { "a", "ab", "b", "ba", "c" }) await PutAsync(Range, ("p", S("x")), ("c", S(c)), ("v", N($"{c.Length}")));
        await PutAsync(Range, ("p", S("y")), ("c", S("other")));
    }

    [TestCase("p = :p", "a ab b ba c")]
    [TestCase("p = :p AND c = :c", "b")]
    [TestCase("p = :p AND c < :c", "a ab")]
    [TestCase("p = :p AND c <= :c", "a ab b")]
    [TestCase("c > :c AND p = :p", "ba c")]
    [TestCase("(:c <= c) and (p = :p)", "b ba c")]
    [TestCase("p = :p AND c BETWEEN :c AND :d", "b ba")]
    [TestCase("p = :p AND begins_with(c, :c)", "b ba")]
    public async Task Sort_keys_are_narrowed_down(string condition, string expected)
    {
        var forward = await KeysAsync(condition, forward: true);
        var backward = await KeysAsync(condition, forward: false);
        Assert.That((forward, backward), Is.EqualTo((expected, string.Join(' ', expected.Split(' ').Reverse()))));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html")]
    public async Task Pages_go_on_after_the_last_key_in_both_directions([Values(1, 2, 5, 6)] int limit, [Values] bool forward)
    {
        var request = Request("p = :p AND c >= :c", forward);
        request.Limit = limit;
        var keys = new List<string>();
        do
        {
            var page = await DynamoDb.QueryAsync(request);
            Assert.That(page.Count, Is.LessThanOrEqualTo(limit));
            keys.AddRange(page.Items.Select(item => item["c"].S));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        Assert.That(keys, Is.EqualTo(forward ? new[] { "b", "ba", "c" } : ["c", "ba", "b"]));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.FilterExpression.html")]
    public async Task A_filter_is_applied_after_the_limit()
    {
        var request = Request("p = :p");
        request.FilterExpression = "v = :two";
        request.ExpressionAttributeValues.Add(":two", N("2"));
        request.Limit = 3;
        var page = await DynamoDb.QueryAsync(request);
        Assert.That((page.Count, page.ScannedCount, page.Items.Single()["c"].S, page.LastEvaluatedKey["c"].S), Is.EqualTo(((int?)1, (int?)3, "ab", "b")));
    }

    [Test]
    public async Task Only_the_count_or_some_attributes_are_returned_on_request()
    {
        var request = Request("p = :p");
        request.Select = Select.COUNT;
        var count = await DynamoDb.QueryAsync(request);
        request.Select = null;
        request.ProjectionExpression = "v";
        var values = await DynamoDb.QueryAsync(request);
        Assert.That((count.Count, count.Items?.Count ?? 0, values.Items[1].Single().Value.N), Is.EqualTo(((int?)5, 0, "2")));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html")]
    public async Task A_page_ends_when_a_megabyte_is_read()
    {
        for (var i = 0; i < 4; i++) await PutAsync(Range, ("p", S("large")), ("c", S($"{i}")), ("x", S(new string('x', 390_000))));
        var request = Request("p = :p");
        request.ExpressionAttributeValues[":p"] = S("large");
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        var first = await DynamoDb.QueryAsync(request);
        request.ExclusiveStartKey = first.LastEvaluatedKey;
        var second = await DynamoDb.QueryAsync(request);
        Assert.That((first.Count, first.LastEvaluatedKey["c"].S, first.ConsumedCapacity.CapacityUnits, second.Count, second.LastEvaluatedKey?.Count ?? 0), Is.EqualTo(((int?)3, "2", (double?)143, (int?)1, 0)));
    }

    [Test]
    public async Task Numbers_are_ordered_as_numbers()
    {
        await CreateAsync("Numbers", ("p", ScalarAttributeType.S), ("c", ScalarAttributeType.N));
        foreach (var number in new[] { "10", "9", "-1", "-10", "0", "0.5", "-0.25", "1e20" }) await PutAsync("Numbers", ("p", S("x")), ("c", N(number)));
        var page = await DynamoDb.QueryAsync(new QueryRequest("Numbers") { KeyConditionExpression = "p = :p", ExpressionAttributeValues = Item((":p", S("x"))) });
        Assert.That(string.Join(' ', page.Items.Select(item => item["c"].N)), Is.EqualTo("-10 -1 -0.25 0 0.5 9 10 100000000000000000000"));
    }

    [Test]
    [Observed("test/query.js of architect/dynalite and tests/tier3/error-messages/query.test.ts of nubo-db/dynamodb-conformance, taken from AWS")]
    public void A_query_that_cannot_be_is_refused() => Assert.Multiple(() =>
    {
        RefusesCondition("c = :p", "Query condition missed key schema element: p");
        RefusesCondition("p = :p AND v = :c", "Query condition missed key schema element: c");
        RefusesCondition("p > :p", "Query key condition not supported");
        RefusesCondition("p = :p AND c = :n", "One or more parameter values were invalid: Condition parameter type does not match schema type");
        RefusesCondition("p = :p OR c = :c", "Invalid operator used in KeyConditionExpression: OR");
        RefusesCondition("p = :p AND c <> :c", "Invalid operator used in KeyConditionExpression: <>");
        RefusesCondition("p = :p AND c IN (:c)", "Invalid operator used in KeyConditionExpression: IN");
        RefusesCondition("p = :p AND contains(c, :c)", "Invalid operator used in KeyConditionExpression: contains");
        RefusesCondition("p = :p AND size(c) = :n", "KeyConditionExpressions cannot contain nested operations");
        RefusesCondition("p.x = :p", "KeyConditionExpressions cannot have conditions on nested attributes");
        RefusesCondition("p = :p AND p = :c", "KeyConditionExpressions must only contain one condition per key");
        RefusesCondition("p = :p AND begins_with(:c, c)", "Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand");
        RefusesCondition("p = :p AND c BETWEEN :d AND :c", "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:bz}, upper bound operand: AttributeValue: {S:b}");
        RefusesCondition("", "Invalid KeyConditionExpression: The expression can not be empty;");
        RefusesRequest(request => request.Limit = Nothing, "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
        RefusesRequest(request => request.IndexName = "none", "The table does not have the specified index: none");
        RefusesRequest(request => (request.FilterExpression, request.ExpressionAttributeValues[":f"]) = ("c = :f", S("a")), "Filter Expression can only contain non-primary key attributes: Primary key attribute: c");
        RefusesRequest(request => request.ExclusiveStartKey = Item(("p", S("x"))), "The provided starting key is invalid");
        RefusesRequest(request => request.ExclusiveStartKey = Item(("p", S("y")), ("c", S("a"))), "The provided starting key is outside query boundaries based on provided conditions");
    });

    /// <summary>A zero that the client's analyzer does not see.</summary>
    private static int Nothing => 0;

    private async Task<string> KeysAsync(string condition, bool forward) =>
        string.Join(' ', (await DynamoDb.QueryAsync(Request(condition, forward))).Items.Select(item => item["c"].S));

    private void RefusesCondition(string condition, string message) => Refuses(() => DynamoDb.QueryAsync(Request(condition)), message);

    private void RefusesRequest(Action<QueryRequest> change, string message) => Refuses(() =>
    {
        var request = Request("p = :p");
        change(request);
        return DynamoDb.QueryAsync(request);
    }, message);

    private static QueryRequest Request(string condition, bool forward = true) => new(Range)
    {
        KeyConditionExpression = condition,
        ScanIndexForward = forward,
        ExpressionAttributeValues = Item([.. Values.Where(value => value.Name == ":p" || condition.Contains(value.Name, StringComparison.Ordinal))]),
    };

    private static readonly (string Name, AttributeValue Value)[] Values = [(":p", S("x")), (":c", S("b")), (":d", S("bz")), (":n", N("1"))];
}
