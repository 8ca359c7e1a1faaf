using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html")]
[Source("https://github.com/nubo-db/dynamodb-conformance/blob/main/tests/tier2/transactions/transactGet.test.ts")]
internal sealed class TransactGetItemsTests : DynamoDbFixture
{
    [Test]
    public async Task Items_come_in_the_order_of_the_request_and_an_empty_object_for_what_is_not_there()
    {
        await PutAsync(Hash, ("p", S("a")), ("x", S("1")));
        await PutAsync(Range, ("p", S("b")), ("c", S("c")), ("x", S("2")), ("y", S("3")));

        var answer = await GetAsync(
            Get(Range, null, ("p", S("b")), ("c", S("c"))),
            Get(Hash, null, ("p", S("absent"))),
            Get(Hash, "x", ("p", S("a"))),
            Get(Range, "z", ("p", S("b")), ("c", S("c2"))));

        Assert.Multiple(() =>
        {
            Assert.That(answer.Responses, Has.Count.EqualTo(4));
            Assert.That(answer.Responses[0].Item.Keys, Is.EquivalentTo(new[] { "p", "c", "x", "y" }));
            Assert.That(answer.Responses[1].Item, Is.Null.Or.Empty);
            Assert.That(answer.Responses[2].Item.Keys, Is.EquivalentTo(new[] { "x" }));
            Assert.That(answer.Responses[3].Item, Is.Null.Or.Empty);
        });
    }

    [Test]
    public async Task Each_read_consumes_twice_its_units_found_or_not()
    {
        await PutAsync(Hash, ("p", S("a")), ("x", S(new('x', 5000))));
        var answer = await DynamoDb.TransactGetItemsAsync(new() { ReturnConsumedCapacity = "INDEXES", TransactItems = [Get(Hash, "p", ("p", S("a"))), Get(Hash, null, ("p", S("b"))), Get(Range, null, ("p", S("b")), ("c", S("b")))] });
        Assert.That(answer.ConsumedCapacity.Select(table => (table.TableName, table.CapacityUnits, table.ReadCapacityUnits, table.Table.ReadCapacityUnits)), Is.EqualTo(new (string, double?, double?, double?)[] { (Hash, 6, 6, 6), (Range, 2, 2, 2) }));
    }

    [Test]
    [Source("https://github.com/nubo-db/dynamodb-conformance/blob/main/tests/tier3/error-messages/transactGetItems.test.ts")]
    public void A_key_that_does_not_fit_is_a_reason_even_an_empty_one() => Assert.Multiple(() =>
    {
        Reasons("The provided key element does not match the schema", Get(Hash, null));
        Reasons("The provided key element does not match the schema", Get(Hash, null, ("p", N("5"))));
        Reasons("One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p", Get(Hash, null, ("p", S(""))));
    });

    [Test]
    [Source("https://github.com/nubo-db/dynamodb-conformance/blob/main/tests/tier3/error-messages/transactGetItems.test.ts")]
    public void Other_faults_refuse_the_whole_request()
    {
        Refuses(() => GetAsync(), "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1");
        Refuses(() => GetAsync(new TransactGetItem()), "1 validation error detected: Value null at 'transactItems.1.member.get' failed to satisfy constraint: Member must not be null");
        var error = Assert.CatchAsync<AmazonDynamoDBException>(() => GetAsync([.. Enumerable.Range(0, 101).Select(i => Get(Hash, null, ("p", S($"{i}"))))]))!;
        Assert.That(error.Message, Does.Match(@"^1 validation error detected: Value '\[.+\]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$"));
        Refuses(() => GetAsync(Get(Hash, null, ("p", S("a"))), Get(Hash, "p", ("p", S("a")))), "Transaction request cannot include multiple operations on one item");
        Refuses(() => GetAsync(Get(Hash, "!!!", ("p", S("a")))), "Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"");
        Refuses(() => GetAsync(Get(Hash, "#x", ("p", S("a")))), "Invalid ProjectionExpression: An expression attribute name used in the document path is not defined; attribute name: #x");
        Refuses(() => GetAsync(Get("Absent", null, ("p", N("abc")))), "The parameter cannot be converted to a numeric value: abc");
        Fails(() => GetAsync(Get("Absent", null, ("p", S("a")))), "ResourceNotFoundException", "Requested resource not found");
    }

    private Task<TransactGetItemsResponse> GetAsync(params TransactGetItem[] items) => DynamoDb.TransactGetItemsAsync(new() { TransactItems = [.. items] });

    private void Reasons(string message, TransactGetItem get)
    {
        var error = Assert.ThrowsAsync<TransactionCanceledException>(() => GetAsync(Get(Hash, null, ("p", S("a"))), get))!;
        Assert.That((error.Message, error.CancellationReasons[1].Message), Is.EqualTo(("Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError]", message)));
    }

    private static TransactGetItem Get(string table, string? projection, params (string Name, AttributeValue Value)[] key) =>
        new() { Get = new() { TableName = table, Key = Item(key), ProjectionExpression = projection } };
}
