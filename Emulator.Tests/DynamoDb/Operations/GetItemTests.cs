using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html")]
internal sealed class GetItemTests : DynamoDbFixture
{
    [Test]
    public async Task An_absent_item_is_an_empty_answer() => Assert.That(await GetAsync(Hash, ("p", S("nothing"))), Is.Null);

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html")]
    public async Task A_projection_keeps_the_shape_of_documents_and_closes_up_lists()
    {
        await PutAsync(Hash, ("p", S("a")), ("l", new() { L = [N("0"), N("1"), new() { M = Item(("x", N("2")), ("y", N("3"))) }] }), ("m", new() { M = Item(("x", S("in")), ("y", S("out"))) }));
        var item = (await DynamoDb.GetItemAsync(new GetItemRequest
        {
            TableName = Hash,
            Key = Item(("p", S("a"))),
            ProjectionExpression = "m.x, l[2].#y, l[0], lost, m.lost.z",
            ExpressionAttributeNames = new() { ["#y"] = "y" },
        })).Item;
        Assert.That((item.Count, item["m"].M.Single().Value.S, item["l"].L[0].N, item["l"].L[1].M.Single().Value.N), Is.EqualTo((2, "in", "0", "3")));
    }

    [Test]
    [Observed("tests/tier3 of nubo-db/dynamodb-conformance, test_projection_expression.py of scylladb/scylladb test/alternator: texts of AWS")]
    public void A_projection_that_cannot_be_is_refused() => Assert.Multiple(() =>
    {
        RefusesProjection("!!! INVALID !!!", "Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"");
        RefusesProjection("", "Invalid ProjectionExpression: The expression can not be empty;");
        RefusesProjection("a,", "Invalid ProjectionExpression: Syntax error; token: \"<EOF>\", near: \",\"");
        RefusesProjection("abort", "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: abort");
        RefusesProjection("#x", "Invalid ProjectionExpression: An expression attribute name used in the document path is not defined; attribute name: #x");
        RefusesProjection("a.b, a", "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]");
        RefusesProjection("a.b, a[1]", "Invalid ProjectionExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [1]]");
        RefusesProjection("a[99999999999999]", "Invalid ProjectionExpression: List index is not within the allowable range; index: [99999999999999]");
        RefusesProjection("a" + string.Concat(Enumerable.Repeat(".b", 32)), "Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33");
        RefusesProjection(new string('x', 4097), "Invalid ProjectionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097");
    });

    [Test]
    [Observed("recorded constraints, and tests/tier3/error-messages of nubo-db/dynamodb-conformance, taken from AWS")]
    public void A_key_must_match_the_schema() => Assert.Multiple(() =>
    {
        Refuses(() => GetAsync(Range, ("p", S("a"))), "The provided key element does not match the schema");
        Refuses(() => GetAsync(Hash, ("p", N("1"))), "The provided key element does not match the schema");
        Refuses(() => GetAsync(Hash, ("p", S("a")), ("q", S("a"))), "The provided key element does not match the schema");
        Refuses(() => GetAsync(Hash, ("p", S(""))), "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p");
        Fails(() => GetAsync("absent", ("p", S("a"))), "ResourceNotFoundException", "Requested resource not found");
        Refuses(() => DynamoDb.GetItemAsync(new GetItemRequest { ReturnConsumedCapacity = "some", TableName = Hash, Key = Item(("p", S("a"))) }),
            "1 validation error detected: Value 'some' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]");
    });

    [Test]
    public async Task Numbers_are_the_same_key_however_they_are_written()
    {
        await CreateAsync("Numbers", ("p", ScalarAttributeType.N));
        await PutAsync("Numbers", ("p", N("1e3")));
        Assert.That((await GetAsync("Numbers", ("p", N("+01000.0"))))!["p"].N, Is.EqualTo("1000"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html")]
    public async Task Four_kilobytes_are_a_unit_or_half_of_one()
    {
        await PutAsync(Hash, ("p", S("a")), ("x", S(new string('x', 5000))));
        var request = new GetItemRequest { TableName = Hash, Key = Item(("p", S("a"))), ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES };
        var eventual = (await DynamoDb.GetItemAsync(request)).ConsumedCapacity;
        request.ConsistentRead = true;
        var consistent = (await DynamoDb.GetItemAsync(request)).ConsumedCapacity;
        Assert.That((eventual.CapacityUnits, consistent.CapacityUnits, consistent.Table.CapacityUnits, consistent.TableName), Is.EqualTo(((double?)1, (double?)2, (double?)2, Hash)));
    }

    private void RefusesProjection(string projection, string message) =>
        Refuses(() => DynamoDb.GetItemAsync(new GetItemRequest { TableName = Hash, Key = Item(("p", S("a"))), ProjectionExpression = projection }), message);
}
