using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html")]
[Source("https://github.com/scylladb/scylladb/blob/master/test/alternator/test_transact.py")]
internal sealed class TransactWriteItemsTests : DynamoDbFixture
{
    [Test]
    public async Task All_actions_happen_at_once_across_tables()
    {
        await PutAsync(Hash, ("p", S("update")), ("n", N("5")));
        await PutAsync(Hash, ("p", S("delete")));
        await PutAsync(Hash, ("p", S("check")), ("state", S("open")));

        await WriteAsync(
            Put(Range, ("p", S("put")), ("c", S("1"))),
            new() { Update = new() { TableName = Hash, Key = Item(("p", S("update"))), UpdateExpression = "SET n = n + :one", ExpressionAttributeValues = new() { [":one"] = N("1") } } },
            new() { Delete = new() { TableName = Hash, Key = Item(("p", S("delete"))) } },
            Check("check", "#s = :open", new() { ["#s"] = "state" }, new() { [":open"] = S("open") }));

        Assert.Multiple(async () =>
        {
            Assert.That(await GetAsync(Range, ("p", S("put")), ("c", S("1"))), Is.Not.Null);
            Assert.That((await GetAsync(Hash, ("p", S("update"))))!["n"].N, Is.EqualTo("6"));
            Assert.That(await GetAsync(Hash, ("p", S("delete"))), Is.Null);
            Assert.That((await GetAsync(Hash, ("p", S("check"))))!, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task A_table_may_be_named_by_its_ARN()
    {
        var arn = (await DynamoDb.DescribeTableAsync(Hash)).Table.TableArn;
        await WriteAsync(Put(arn, ("p", S("a"))));
        Assert.That(await GetAsync(Hash, ("p", S("a"))), Is.Not.Null);
    }

    [Test]
    public async Task A_condition_that_does_not_hold_cancels_everything_and_every_action_has_its_reason()
    {
        await PutAsync(Hash, ("p", S("there")), ("x", S("old")));

        var error = Cancelled(
            Put(Hash, ("p", S("new"))),
            new() { Put = new() { TableName = Hash, Item = Item(("p", S("there"))), ConditionExpression = "attribute_not_exists(p)", ReturnValuesOnConditionCheckFailure = "ALL_OLD" } },
            Check("absent", "attribute_exists(p)"),
            new() { Delete = new() { TableName = Range, Key = Item(("p", S("a")), ("c", S("b"))), ConditionExpression = "attribute_exists(p)", ReturnValuesOnConditionCheckFailure = "ALL_OLD" } });

        Assert.Multiple(async () =>
        {
            Assert.That(error.Message, Is.EqualTo("Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed, ConditionalCheckFailed]"));
            Assert.That(error.CancellationReasons.Select(reason => reason.Code), Is.EqualTo(new[] { "None", "ConditionalCheckFailed", "ConditionalCheckFailed", "ConditionalCheckFailed" }));
            Assert.That(error.CancellationReasons.Select(reason => reason.Message), Is.EqualTo(new[] { null, "The conditional request failed", "The conditional request failed", "The conditional request failed" }));
            Assert.That(error.CancellationReasons[1].Item["x"].S, Is.EqualTo("old"));
            Assert.That(error.CancellationReasons[3].Item, Is.Null.Or.Empty, "there is no item to show");
            Assert.That(await GetAsync(Hash, ("p", S("new"))), Is.Null);
        });
    }

    [Test]
    public async Task An_update_that_its_item_does_not_allow_is_a_reason()
    {
        await PutAsync(Hash, ("p", S("a")), ("s", S("text")), ("full", S(new('x', 399_000))));
        await PutAsync(Hash, ("p", S("b")), ("s", S("text")));
        await PutAsync(Hash, ("p", S("c")), ("full", S(new('x', 399_000))));

        var error = Cancelled(
            Update("a", "SET n = absent + :v", N("1")),
            Update("b", "SET s = s + :v", N("1")),
            Update("c", "SET more = :v", S(new('x', 20_000))),
            Update("d", "SET fine = :v", N("1")));

        Assert.That(error.CancellationReasons.Select(reason => $"{reason.Code}: {reason.Message}"), Is.EqualTo(new[]
        {
            "ValidationError: The provided expression refers to an attribute that does not exist in the item",
            "ValidationError: An operand in the update expression has an incorrect data type",
            "ValidationError: Item size to update has exceeded the maximum allowed size",
            "None: ",
        }));
    }

    [Test]
    [Source("https://github.com/nubo-db/dynoxide/blob/main/tests/transactions.rs")]
    public void A_key_that_does_not_fit_the_table_is_the_reason_and_nothing_after_it_is_looked_at() => Assert.Multiple(() =>
    {
        Reasons("One or more parameter values were invalid: Type mismatch for key p expected: S actual: N", Put(Hash, ("p", N("5"))));
        Reasons("One or more parameter values were invalid: Missing the key p in the item", Put(Hash, ("x", N("5"))));
        Reasons("The provided key element does not match the schema", new TransactWriteItem { Delete = new() { TableName = Hash, Key = Item(("p", N("5"))) } });
        Reasons("The provided key element does not match the schema", new TransactWriteItem { Delete = new() { TableName = Range, Key = Item(("p", S(""))) } });
        Reasons("One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key", Update("a", "SET p = :v", S("b")));
        Reasons("One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes", Put(Hash, ("p", S(new('x', 2049)))));
    });

    [Test]
    [Source("https://github.com/nubo-db/dynoxide/blob/main/tests/transactions.rs")]
    public async Task Some_faults_refuse_the_whole_request()
    {
        const string empty = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p";
        Refuses(() => WriteAsync(Put(Hash, ("p", S("a"))), Put(Hash, ("p", S("")))), empty);
        Refuses(() => WriteAsync(Update("", "SET x = :v", S("b"))), empty);
        Refuses(() => WriteAsync(Put(Hash, ("p", S("a")), ("x", S(new('x', 410_000))))), "Item size has exceeded the maximum allowed size");
        Refuses(() => WriteAsync(Put(Hash, ("p", S("a"))), Check("a", "attribute_exists(p)")), "Transaction request cannot include multiple operations on one item");
        Refuses(() => WriteAsync(new TransactWriteItem { Put = new() { TableName = Hash, Item = Item(("p", S("a"))) }, Delete = new() { TableName = Hash, Key = Item(("p", S("b"))) } }), "TransactItems can only contain one of Check, Put, Update or Delete");
        Refuses(() => WriteAsync(new TransactWriteItem()), "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
        Refuses(() => WriteAsync(Check("a", "hello!")), "Invalid ConditionExpression: Syntax error; token: \"!\", near: \"hello!\"");
        Refuses(() => WriteAsync(Check("a", "attribute_exists(p)", new() { ["#x"] = "x" })), "Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}");
        Refuses(() => WriteAsync(Update("a", "SET #x = :v", S("b"))), "Invalid UpdateExpression: An expression attribute name used in the document path is not defined; attribute name: #x");
        Fails(() => WriteAsync(Put("Absent", ("p", S("a")))), "ResourceNotFoundException", "Requested resource not found");
        Assert.That(await GetAsync(Hash, ("p", S("a"))), Is.Null, "an earlier action had no effect");
    }

    [Test]
    [Source("https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier3/error-messages/valueLayers.test.ts")]
    [Source("https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier3/validation-ordering/transactions.test.ts")]
    public void Values_and_expressions_are_looked_at_first_action_by_action()
    {
        var twice = new AttributeValue { SS = ["b", "a", "b"] };
        const string duplicates = "One or more parameter values were invalid: Input collection [b, a, b] contains duplicates.";
        Refuses(() => WriteAsync(Put("Absent", ("p", S("a"))), Put(Hash, ("p", S("a")), ("s", twice))), duplicates);
        Refuses(() => WriteAsync(new TransactWriteItem { Delete = new() { TableName = Hash, Key = Item(("p", twice)) } }), duplicates);
        Refuses(() => WriteAsync(Update("a", "SET s = :v", twice)), $"ExpressionAttributeValues contains invalid value: {duplicates} for key :v");
        Refuses(() => WriteAsync(Put(Hash, ("p", S("a")), ("n", N("abc")))), "The parameter cannot be converted to a numeric value: abc");
        Refuses(() => WriteAsync(Put("Absent", ("p", S("a"))), Check("a", "attribute_exists(")), "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"(\"");
        Refuses(() => WriteAsync(Check("a", "attribute_exists("), Put(Hash, ("p", S("a")), ("n", N("abc")))), "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"(\"");
        Refuses(() => WriteAsync(Put(Hash, ("p", S("a")), ("n", N("abc"))), Check("a", "attribute_exists(")), "The parameter cannot be converted to a numeric value: abc");
    }

    [Test]
    [Source("https://github.com/nubo-db/dynamodb-conformance/blob/main/tests/tier3/error-messages/transactWriteItems.test.ts")]
    public void Constraints_of_the_shape_are_told_together()
    {
        Refuses(() => WriteAsync(), "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1");
        var error = Assert.CatchAsync<AmazonDynamoDBException>(() => WriteAsync([.. Enumerable.Range(0, 101).Select(i => Put(Hash, ("p", S($"{i}"))))]))!;
        Assert.That(error.Message, Does.Match(@"^1 validation error detected: Value '\[.+\]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$"));
        Refuses(() => DynamoDb.TransactWriteItemsAsync(new()
        {
            ClientRequestToken = new('x', 37),
            TransactItems =
            [
                new() { ConditionCheck = new() { TableName = "a", Key = Item(("p", S("a"))) } },
                new() { Update = new() { Key = Item(("p", S("a"))), ReturnValuesOnConditionCheckFailure = "dog" } },
            ],
        }),
            "6 validation errors detected: " +
            "Value 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36; " +
            "Value 'a' at 'transactItems.1.member.conditionCheck.tableName' failed to satisfy constraint: Member must have length greater than or equal to 3; " +
            "Value null at 'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy constraint: Member must not be null; " +
            "Value null at 'transactItems.2.member.update.tableName' failed to satisfy constraint: Member must not be null; " +
            "Value null at 'transactItems.2.member.update.updateExpression' failed to satisfy constraint: Member must not be null; " +
            "Value 'dog' at 'transactItems.2.member.update.returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]");
    }

    [Test]
    public async Task A_hundred_items_are_written_and_four_megabytes_are_not_exceeded()
    {
        await WriteAsync([.. Enumerable.Range(0, 100).Select(i => Put(Hash, ("p", S($"{i}"))))]);
        Assert.That((await DynamoDb.ScanAsync(new ScanRequest(Hash) { Select = "COUNT" })).Count, Is.EqualTo(100));

        var large = S(new('x', 350_000));
        await WriteAsync([.. Enumerable.Range(0, 11).Select(i => Put(Hash, ("p", S($"{i}")), ("x", large)))]);
        var error = Assert.CatchAsync<AmazonDynamoDBException>(() => WriteAsync([.. Enumerable.Range(0, 12).Select(i => Put(Hash, ("p", S($"{i}")), ("x", large)))]))!;
        Assert.That(error.Message, Does.StartWith("Transaction payload size cannot exceed 4MB. Payload Size: : Transaction payload size cannot exceed 4MB. Payload Size: 42000"));
        // The items that are deleted do not count: only the request does.
        await WriteAsync([.. Enumerable.Range(0, 100).Select(i => new TransactWriteItem { Delete = new() { TableName = Hash, Key = Item(("p", S($"{i}"))) } })]);
    }

    [Test]
    [Source("https://github.com/nubo-db/dynoxide/blob/main/tests/transactional_index_consumed_capacity.rs")]
    public async Task Each_action_consumes_twice_its_units_each_table_told_by_itself()
    {
        await PutAsync(Hash, ("p", S("three")), ("x", S(new('x', 3000))));
        var answer = await DynamoDb.TransactWriteItemsAsync(new()
        {
            ReturnConsumedCapacity = "INDEXES",
            TransactItems =
            [
                Put(Hash, ("p", S("one"))),
                new() { Delete = new() { TableName = Hash, Key = Item(("p", S("three"))) } },
                new() { ConditionCheck = new() { TableName = Range, Key = Item(("p", S("a")), ("c", S("b"))), ConditionExpression = "attribute_not_exists(p)" } },
            ],
        });
        Assert.That(answer.ConsumedCapacity.Select(table => (table.TableName, table.CapacityUnits, table.WriteCapacityUnits, table.ReadCapacityUnits, table.Table.WriteCapacityUnits)), Is.EqualTo(new (string, double?, double?, double?, double?)[]
        {
            (Hash, 8, 8, null, 8),
            (Range, 2, 2, null, 2),
        }));
        answer = await DynamoDb.TransactWriteItemsAsync(new() { ReturnConsumedCapacity = "TOTAL", TransactItems = [Put(Hash, ("p", S("one")))] });
        Assert.That(answer.ConsumedCapacity.Select(table => (table.CapacityUnits, table.Table)), Is.EqualTo(new (double?, Capacity?)[] { (2, null) }));
    }

    private Task WriteAsync(params TransactWriteItem[] items) => DynamoDb.TransactWriteItemsAsync(new() { TransactItems = [.. items] });

    private TransactionCanceledException Cancelled(params TransactWriteItem[] items) =>
        Assert.ThrowsAsync<TransactionCanceledException>(() => WriteAsync(items))!;

    /// <summary>The action stands between two others, of which the second is wrong too.</summary>
    private void Reasons(string message, TransactWriteItem action)
    {
        var error = Cancelled(Check("first", "attribute_exists(p)"), action, Put(Hash, ("p", N("7"))));
        Assert.That(error.CancellationReasons.Select(reason => $"{reason.Code}: {reason.Message}"), Is.EqualTo(new[] { "None: ", $"ValidationError: {message}", "None: " }));
    }

    private static TransactWriteItem Put(string table, params (string Name, AttributeValue Value)[] item) => new() { Put = new() { TableName = table, Item = Item(item) } };

    private static TransactWriteItem Update(string p, string expression, AttributeValue value) =>
        new() { Update = new() { TableName = Hash, Key = Item(("p", S(p))), UpdateExpression = expression, ExpressionAttributeValues = new() { [":v"] = value } } };

    private static TransactWriteItem Check(string p, string condition, Dictionary<string, string>? names = null, Dictionary<string, AttributeValue>? values = null) =>
        new() { ConditionCheck = new() { TableName = Hash, Key = Item(("p", S(p))), ConditionExpression = condition, ExpressionAttributeNames = names, ExpressionAttributeValues = values } };
}
