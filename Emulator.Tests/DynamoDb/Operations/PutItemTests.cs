using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html")]
internal sealed class PutItemTests : DynamoDbFixture
{
    [Test]
    public async Task Every_type_comes_back_as_it_was()
    {
        var item = Item(
            ("p", S("\"quoted\" \\ \n \u0001 é \U0001F600")), ("n", N("-12.5")), ("b", new() { B = new([0, 1, 255]) }), ("empty", S("")),
            ("t", new() { BOOL = true }), ("f", new() { BOOL = false }), ("null", new() { NULL = true }),
            ("ss", new() { SS = ["b", "a"] }), ("ns", new() { NS = ["10", "9", "-1"] }), ("bs", new() { BS = [new([2]), new([1])] }),
            ("l", new() { L = [N("1"), S("x"), new() { L = [], IsLSet = true }] }), ("m", new() { M = Item(("b", N("1")), ("a", new() { M = [], IsMSet = true })) }));
        await DynamoDb.PutItemAsync(Hash, item);
        var got = (await GetAsync(Hash, ("p", item["p"])))!;
        Assert.Multiple(() =>
        {
            Assert.That(got.Keys, Is.EquivalentTo(item.Keys));
            Assert.That((got["p"].S, got["n"].N, got["empty"].S, got["t"].BOOL, got["f"].BOOL, got["null"].NULL), Is.EqualTo((item["p"].S, "-12.5", "", (bool?)true, (bool?)false, (bool?)true)));
            Assert.That(got["b"].B.ToArray(), Is.EqualTo(new byte[] { 0, 1, 255 }));
            Assert.That((string.Join(' ', got["ss"].SS), string.Join(' ', got["ns"].NS), string.Join(' ', got["bs"].BS.Select(b => b.ReadByte()))), Is.EqualTo(("a b", "-1 9 10", "1 2")));
            Assert.That((got["l"].L[0].N, got["l"].L[1].S, got["l"].L[2].L.Count), Is.EqualTo(("1", "x", 0)));
            Assert.That((got["m"].M["b"].N, got["m"].M["a"].M.Count), Is.EqualTo(("1", 0)));
        });
    }

    [Test]
    [Observed("recorded answer test_return_values_in_put_item")]
    public async Task The_old_item_is_returned_on_request()
    {
        var first = await PutAsync(ReturnValue.ALL_OLD, "1");
        var second = await PutAsync(ReturnValue.ALL_OLD, "2");
        var third = await PutAsync(ReturnValue.NONE, "3");
        Assert.That((first.Attributes?.Count ?? 0, second.Attributes["n"].N, third.Attributes?.Count ?? 0), Is.EqualTo((0, "1", 0)));
        Refuses(() => PutAsync(ReturnValue.ALL_NEW, "4"), "ReturnValues can only be ALL_OLD or NONE");
    }

    [Test]
    [Observed("recorded answer test_return_values_on_conditions_check_failure")]
    public async Task A_condition_that_fails_tells_of_the_item_on_request()
    {
        await PutAsync(Hash, ("p", S("a")), ("price", N("650")));
        var request = new PutItemRequest(Hash, Item(("p", S("a")))) { ConditionExpression = "price < :limit", ExpressionAttributeValues = Item((":limit", N("100"))) };
        var silent = Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.PutItemAsync(request))!;
        request.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD;
        var telling = Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.PutItemAsync(request))!;
        Assert.That((telling.Message, silent.Item?.Count ?? 0, telling.Item["price"].N), Is.EqualTo(("The conditional request failed", 0, "650")));
    }

    [Test]
    [Observed("test/putItem.js of architect/dynalite, taken from AWS")]
    public void Keys_must_be_there_and_of_their_type() => Assert.Multiple(() =>
    {
        Refuses(() => PutAsync(Range, ("p", S("a"))), "One or more parameter values were invalid: Missing the key c in the item");
        Refuses(() => PutAsync(Range, ("p", S("a")), ("c", N("1"))), "One or more parameter values were invalid: Type mismatch for key c expected: S actual: N");
        Refuses(() => PutAsync(Hash, ("p", S(""))), "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p");
        Refuses(() => PutAsync(Hash, ("p", S(new string('a', 2049)))), "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes");
        Refuses(() => PutAsync(Range, ("p", S("a")), ("c", S(new string('a', 1025)))), "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    });

    [Test]
    [Observed("test/putItem.js of architect/dynalite, taken from AWS")]
    public void Values_must_be_valid() => Assert.Multiple(() =>
    {
        RefusesValue(new(), "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        RefusesValue(new() { NULL = false }, "One or more parameter values were invalid: Null attribute value types must have the value of true");
        RefusesValue(new() { SS = ["a", "b", "a"] }, "One or more parameter values were invalid: Input collection [a, b, a] contains duplicates.");
        RefusesValue(new() { NS = ["1", "1.0"] }, "Input collection contains duplicates");
        RefusesValue(N("dog"), "The parameter cannot be converted to a numeric value: dog");
        RefusesValue(N("1e126"), "Number overflow. Attempting to store a number with magnitude larger than supported range");
        RefusesValue(N(new string('1', 39)), "Attempting to store more than 38 significant digits in a Number");
        RefusesValue(new() { S = "a", N = "1" }, "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
    });

    [Test]
    [Observed("test/putItem.js of architect/dynalite, taken from AWS")]
    public async Task An_item_has_400_KB_with_its_names()
    {
        await PutAsync(Hash, ("p", S("a")), ("name", S(new string('x', 409600 - 2 - 4))));
        Refuses(() => PutAsync(Hash, ("p", S("a")), ("name", S(new string('x', 409600 - 2 - 3)))), "Item size has exceeded the maximum allowed size");
    }

    [Test]
    [Observed("https://github.com/nubo-db/dynoxide/issues/110, measured on AWS")]
    public async Task A_value_has_32_levels()
    {
        await PutAsync(Hash, ("p", S("a")), ("v", Nested(31)));
        Refuses(() => PutAsync(Hash, ("p", S("a")), ("v", Nested(32))), "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit");
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html")]
    public async Task The_larger_of_old_and_new_item_is_consumed()
    {
        var large = await ConsumedAsync(new string('x', 3000));
        var small = await ConsumedAsync("x");
        var smallest = await ConsumedAsync("x");
        Assert.That((large, small, smallest), Is.EqualTo((3.0, 3.0, 1.0)));
    }

    private async Task<double> ConsumedAsync(string text) => (await DynamoDb.PutItemAsync(new PutItemRequest(Hash, Item(("p", S("a")), ("x", S(text)))) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL })).ConsumedCapacity.CapacityUnits!.Value;

    private Task<PutItemResponse> PutAsync(ReturnValue returnValues, string n) => DynamoDb.PutItemAsync(new PutItemRequest(Hash, Item(("p", S("a")), ("n", N(n)))) { ReturnValues = returnValues });

    private void RefusesValue(AttributeValue value, string message) => Refuses(() => PutAsync(Hash, ("p", S("a")), ("v", value)), message);

    private static AttributeValue Nested(int wraps) => wraps == 0 ? N("1") : new() { M = Item(("a", Nested(wraps - 1))) };
}
