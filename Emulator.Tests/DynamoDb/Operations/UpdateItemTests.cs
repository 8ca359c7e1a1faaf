using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html")]
internal sealed class UpdateItemTests : DynamoDbFixture
{
    [Test]
    public async Task An_absent_item_is_created_with_its_key()
    {
        await UpdateAsync("SET a = :x", (":x", N("1")));
        Assert.That((await ItemAsync()).Keys, Is.EquivalentTo(new[] { "p", "a" }));
    }

    [Test]
    [Observed("test_update_item_non_existent of scylladb/scylladb test/alternator, which passes on AWS")]
    public async Task Removing_from_an_absent_item_creates_nothing()
    {
        await UpdateAsync("REMOVE a");
        Assert.That(await GetAsync(Hash, ("p", S("a"))), Is.Null);
    }

    [Test]
    public async Task Values_are_taken_from_the_item_as_it_was()
    {
        await PutAsync(Hash, ("p", S("a")), ("x", N("1")), ("y", N("2")));
        await UpdateAsync("SET x = y, y = x, z = y - x, n = if_not_exists(lost, x) + :ten", (":ten", N("10")));
        var item = await ItemAsync();
        Assert.That((item["x"].N, item["y"].N, item["z"].N, item["n"].N), Is.EqualTo(("2", "1", "1", "11")));
    }

    [Test]
    public async Task Lists_grow_shrink_and_change_in_place()
    {
        await PutAsync(Hash, ("p", S("a")), ("l", new() { L = [N("0"), N("1"), N("2")] }));
        await UpdateAsync("SET l[1] = :a, l[9] = :c, l[7] = :b REMOVE l[0]", (":a", S("a")), (":b", S("b")), (":c", S("c")));
        await UpdateAsync("SET l = list_append(:l, l)", (":l", new() { L = [S("first")] }));
        Assert.That((await ItemAsync())["l"].L.Select(value => value.S ?? value.N), Is.EqualTo(new[] { "first", "a", "2", "b", "c" }));
    }

    [Test]
    public async Task Sets_unite_and_lose_elements_and_vanish_when_empty()
    {
        await UpdateAsync("ADD s :s, n :n", (":s", new() { SS = ["b", "a"] }), (":n", N("-1.5")));
        await UpdateAsync("ADD s :s, n :n", (":s", new() { SS = ["c", "a"] }), (":n", N("1.5")));
        var united = await ItemAsync();
        await UpdateAsync("DELETE s :s", (":s", new() { SS = ["a", "x"] }));
        var smaller = await ItemAsync();
        await UpdateAsync("DELETE s :s", (":s", new() { SS = ["b", "c"] }));
        Assert.That((string.Join(' ', united["s"].SS), united["n"].N, string.Join(' ', smaller["s"].SS), (await ItemAsync()).ContainsKey("s")), Is.EqualTo(("a b c", "0", "b c", false)));
    }

    [Test]
    [Observed("test_update_item_returnvalues_nested of scylladb/scylladb test/alternator, which passes on AWS")]
    public async Task What_was_updated_is_returned_in_its_place()
    {
        await PutAsync(Hash, ("p", S("a")), ("d", S("x")), ("m", new() { M = Item(("b", S("old")), ("c", new() { L = [N("1"), N("2")] })) }));
        var old = await UpdateAsync("SET m.b = :v, m.c[1] = :v REMOVE d", ReturnValue.UPDATED_OLD, (":v", S("new")));
        var @new = await UpdateAsync("SET m.b = :v REMOVE d", ReturnValue.UPDATED_NEW, (":v", S("newer")));
        var all = await UpdateAsync("SET m.b = :v", ReturnValue.ALL_NEW, (":v", S("newest")));
        Assert.Multiple(() =>
        {
            Assert.That((old["m"].M["b"].S, old["m"].M["c"].L.Single().N, old["d"].S, old.Count), Is.EqualTo(("old", "2", "x", 2)));
            Assert.That((@new.Count, @new["m"].M.Single().Value.S), Is.EqualTo((1, "newer")));
            Assert.That(all.Keys, Is.EquivalentTo(new[] { "p", "m" }));
        });
    }

    [Test]
    [Observed("test/updateItem.js of architect/dynalite, taken from AWS")]
    public void An_update_that_cannot_be_is_refused() => Assert.Multiple(() =>
    {
        RefusesUpdate("SET", "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"SET\"");
        RefusesUpdate("INVALID SYNTAX HERE", "Invalid UpdateExpression: Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"");
        RefusesUpdate("ADD hits : incr", "Invalid UpdateExpression: Syntax error; token: \":\", near: \"hits : incr\"");
        RefusesUpdate("SET _123 = :v", "Invalid UpdateExpression: Syntax error; token: \"_\", near: \"SET _123\"");
        RefusesUpdate("SET a = :v SET b = :v", "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;");
        RefusesUpdate("SET a = f(b)", "Invalid UpdateExpression: Invalid function name; function: f");
        RefusesUpdate("SET a = list_append(list_append(:v, b), :v)", "Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: list_append");
        RefusesUpdate("SET a = if_not_exists(b)", "Invalid UpdateExpression: Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1");
        RefusesUpdate("SET a = if_not_exists(:v, b)", "Invalid UpdateExpression: Operator or function requires a document path; operator or function: if_not_exists");
        RefusesUpdate("SET a = :v + b", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S");
        RefusesUpdate("ADD a :v", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING");
        RefusesUpdate("SET a.b = :v, a = :v", "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]");
        RefusesUpdate("SET a = :w", "Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :w");
        RefusesUpdate("SET p = :v", "One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key");
        RefusesUpdate("SET a = :v, b = lost", "The provided expression refers to an attribute that does not exist in the item");
        RefusesUpdate("SET lost.a = :v", "The document path provided in the update expression is invalid for update");
        RefusesUpdate("REMOVE a", "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}");
    });

    [Test]
    public async Task Sums_that_do_not_fit_and_operands_of_the_wrong_type_are_refused()
    {
        await PutAsync(Hash, ("p", S("a")), ("n", N("1e50")), ("s", S("text")));
        Refuses(() => UpdateAsync("SET n = n + :one", (":one", N("1"))), "Number overflow. Attempting to store a number with magnitude larger than supported range");
        Refuses(() => UpdateAsync("SET n = s + :one", (":one", N("1"))), "An operand in the update expression has an incorrect data type");
        Refuses(() => UpdateAsync("ADD s :one", (":one", N("1"))), "An operand in the update expression has an incorrect data type");
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html")]
    public async Task Legacy_parameters_do_what_expressions_do()
    {
        await DynamoDb.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Hash,
            Key = Item(("p", S("a"))),
            AttributeUpdates = new() { ["n"] = new(N("5"), AttributeAction.ADD), ["s"] = new(S("x"), AttributeAction.PUT) },
            Expected = new() { ["s"] = new(false) },
        });
        Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Hash,
            Key = Item(("p", S("a"))),
            AttributeUpdates = new() { ["s"] = new() { Action = AttributeAction.DELETE } },
            Expected = new() { ["n"] = new() { ComparisonOperator = ComparisonOperator.GT, AttributeValueList = [N("5")] } },
        }));
        Refuses(() => DynamoDb.UpdateItemAsync(new UpdateItemRequest { TableName = Hash, Key = Item(("p", S("a"))), UpdateExpression = "SET a = b", AttributeUpdates = new() { ["a"] = new(N("1"), AttributeAction.PUT) } }),
            "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributeUpdates} Expression parameters: {UpdateExpression}");
        Assert.That((await ItemAsync())["n"].N, Is.EqualTo("5"));
    }

    private async Task<Dictionary<string, AttributeValue>> ItemAsync() => (await GetAsync(Hash, ("p", S("a"))))!;

    private Task<Dictionary<string, AttributeValue>> UpdateAsync(string expression, params (string Name, AttributeValue Value)[] values) => UpdateAsync(expression, ReturnValue.NONE, values);

    private async Task<Dictionary<string, AttributeValue>> UpdateAsync(string expression, ReturnValue returnValues, params (string Name, AttributeValue Value)[] values) =>
        (await DynamoDb.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Hash,
            Key = Item(("p", S("a"))),
            UpdateExpression = expression,
            ReturnValues = returnValues,
            ExpressionAttributeValues = values.Length == 0 ? null : Item(values),
        })).Attributes;

    private void RefusesUpdate(string expression, string message) => Refuses(() => UpdateAsync(expression, (":v", S("text"))), message);
}
