using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html")]
internal sealed class ExecuteTransactionTests : PartiQlFixture
{
    private const string Mismatch = "The provided key element does not match the schema";

    private Task<ExecuteTransactionResponse> TransactAsync(params string[] statements) => DynamoDb.ExecuteTransactionAsync(new ExecuteTransactionRequest
    {
        TransactStatements = [.. statements.Select(statement => new ParameterizedStatement { Statement = statement })],
        ReturnConsumedCapacity = "INDEXES",
    });

    private void Cancelled(string[] statements, params string[] reasons)
    {
        var error = Assert.ThrowsAsync<TransactionCanceledException>(() => TransactAsync(statements))!;
        Assert.Multiple(() =>
        {
            Assert.That(error.CancellationReasons.Select(reason => $"{reason.Code} {reason.Message}".Trim()), Is.EqualTo(reasons));
            Assert.That(error.Message, Is.EqualTo($"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", error.CancellationReasons.Select(reason => reason.Code))}]"));
        });
    }

    private void RefusedAt(int index, string message, params string[] statements) => Refuses(() => TransactAsync(statements), $"Validation failed in TransactStatements[{index}]: {message}");

    [SetUp]
    public async Task FillAsync()
    {
        await PutAsync(Hash, ("p", S("a")), ("n", N("1")));
        await PutAsync(Range, ("p", S("r")), ("c", S("1")), ("flag", S("one")));
    }

    [Test]
    [Observed(Dynoxide)]
    public async Task Writes_happen_together()
    {
        var answer = await TransactAsync("INSERT INTO \"Hash\" VALUE {'p': 'new'}", "UPDATE \"Hash\" SET n = n + 1 WHERE p = 'a'", "DELETE FROM \"Range\" WHERE p = 'r' AND c = '1'");
        Assert.Multiple(async () =>
        {
            Assert.That((await ItemAsync(Hash, ("p", S("new"))), await ItemAsync(Hash, ("p", S("a"))), await ItemAsync(Range, ("p", S("r")), ("c", S("1")))), Is.EqualTo(("p=new", "n=2 p=a", "none")));
            Assert.That(answer.Responses, Has.Count.EqualTo(3));
            Assert.That(answer.ConsumedCapacity.Select(table => $"{table.TableName} {table.CapacityUnits} {table.WriteCapacityUnits}"), Is.EqualTo(new[] { "Hash 4 4", "Range 2 2" }));
        });
    }

    [Test]
    [Observed(Conformance)]
    public async Task Or_not_at_all()
    {
        Cancelled(["INSERT INTO \"Hash\" VALUE {'p': 'a'}", "INSERT INTO \"Hash\" VALUE {'p': 'new'}", "UPDATE \"Hash\" SET n = 1 WHERE p = 'absent'"],
            "DuplicateItem Duplicate primary key exists in table", "None", "ConditionalCheckFailed The conditional request failed");
        Assert.That(await ItemAsync(Hash, ("p", S("new"))), Is.EqualTo("none"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-functions.exists.html")]
    [Observed(Floci)]
    public async Task EXISTS_checks_a_condition()
    {
        const string update = "UPDATE \"Range\" SET b = 1 WHERE p = 'r' AND c = '1'";
        await TransactAsync("EXISTS(SELECT * FROM \"Hash\" WHERE (p = 'a') AND nope IS MISSING)", update);
        Assert.That(await ItemAsync(Range, ("p", S("r")), ("c", S("1"))), Is.EqualTo("b=1 c=1 flag=one p=r"));
        Cancelled(["EXISTS(SELECT * FROM \"Hash\" WHERE p = 'a' AND n IS MISSING)", update], "ConditionalCheckFailed The conditional request failed", "None");
        Cancelled(["EXISTS(SELECT * FROM \"Hash\" WHERE p = 'a' AND p = 'other' AND n = 1)", update], "ConditionalCheckFailed The conditional request failed", "None");
        RefusedAt(0, "EXISTS() must contain a single item read with additional condition", "EXISTS(SELECT * FROM \"Hash\" WHERE p = 'a')", update);
        RefusedAt(0, "EXISTS() must contain a single item read with additional condition", "EXISTS(SELECT * FROM \"Hash\" WHERE p IN ['a'] AND n = 1)", update);
    }

    [Test]
    [Observed(Floci)]
    public async Task Reads_see_one_moment()
    {
        var answer = await TransactAsync("SELECT * FROM \"Hash\" WHERE p = 'a'", "SELECT flag FROM \"Range\" WHERE p IN ['r'] AND c IN ['1']", "SELECT * FROM \"Hash\" WHERE p = 'absent'");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Responses.Select(response => response.Item is { Count: > 0 } item ? Text(item) : ""), Is.EqualTo(new[] { "n=1 p=a", "flag=one", "" }));
            Assert.That(answer.ConsumedCapacity.Select(table => $"{table.TableName} {table.CapacityUnits} {table.ReadCapacityUnits}"), Is.EqualTo(new[] { "Hash 4 4", "Range 2 2" }));
        });
    }

    [TestCase("p = 'r' AND c = '1' AND flag = 'one'")]
    [TestCase("p = 'r' AND c = '1' AND p = 'a'")]
    [TestCase("p = 'r'")]
    [TestCase("p IN ['other'] AND p = 'r' AND c = '1'")]
    [TestCase("attribute_exists(flag)")]
    [Observed(Floci)]
    public void A_read_names_the_key_and_nothing_else(string where) =>
        RefusedAt(0, "Select statements within ExecuteTransaction must specify the primary key in the where clause.", $"SELECT * FROM \"Range\" WHERE {where}");

    [Test]
    [Observed(Floci)]
    public void What_is_wrong_with_a_statement_is_told_with_its_place() => Assert.Multiple(() =>
    {
        RefusedAt(1, "RETURNING clause is not supported in ExecuteTransaction.", "DELETE FROM \"Hash\" WHERE p = 'x'", "DELETE FROM \"Hash\" WHERE p = 'a' RETURNING ALL OLD *");
        RefusedAt(0, "Reads on indices are not supported within transactions.", "SELECT * FROM \"Hash\".\"i\" WHERE p = 'x'");
        RefusedAt(0, "One or more parameter values were invalid: Input collection [a, a] contains duplicates.", "INSERT INTO \"Hash\" VALUE {'p': 'x', 'l': [<<'a', 'a'>>]}");
        RefusedAt(0, "Incorrect operand type for operator or function; operator or function: +, operand type: L", "UPDATE \"Hash\" SET n = n + [1] WHERE p = 'a'");
        RefusedAt(0, "Overlapping conditions with range keys are not supported in where clause", "SELECT * FROM \"Range\" WHERE p IN ['r', 'r'] AND c = '1'");
        RefusedAt(1, $"{NotWellFormed}Expected data manipulation", "DELETE FROM \"Hash\" WHERE p = 'x'", "SLECT * FROM \"Hash\"");
    });

    [Test]
    [Observed(Floci)]
    public void Reads_and_writes_do_not_mix_and_each_item_comes_once() => Assert.Multiple(() =>
    {
        Refuses(() => TransactAsync("SELECT * FROM \"Hash\" WHERE p = 'a'", "DELETE FROM \"Hash\" WHERE p = 'a'"), "ExecuteTransaction API does not support both read and write operations in the same request.");
        Refuses(() => TransactAsync("SELECT * FROM \"Hash\" WHERE p = 'a'", "SELECT n FROM \"Hash\" WHERE p = 'a'"), "Transaction request cannot include multiple operations on one item");
        Refuses(() => TransactAsync("INSERT INTO \"Hash\" VALUE {'p': 'x'}", "DELETE FROM \"Hash\" WHERE p = 'x'"), "Transaction request cannot include multiple operations on one item");
        Cancelled(["SELECT * FROM \"Range\" WHERE p = 'r' AND c = '1'", "SELECT * FROM \"Range\" WHERE p = 'r' AND c = '1'", "SELECT * FROM \"Range\" WHERE p = 1 AND c = '1'"], "None", "None", $"ValidationError {Mismatch}");
    });

    [Test]
    [Observed(Floci)]
    public void Statements_that_do_not_name_an_item_of_their_table_cancel() => Assert.Multiple(() =>
    {
        const string update = "UPDATE \"Range\" SET a = 1 WHERE ";
        Cancelled([update + "p = 'r'", update + "p IN ['r'] AND c = '1'", update + "p = 'r' AND c = '1' AND p = 'other'", update + "p = 'r' AND c = 1", update + "p = 'r' AND c = '1'"],
            $"ValidationError {Mismatch}", $"ValidationError {Mismatch}", "ValidationError Multiple conditions on same key p. Only single item Update/Insert/Delete are supported", $"ValidationError {Mismatch}", "None");
        Cancelled(["INSERT INTO \"Range\" VALUE {'p': 'x'}", "DELETE FROM \"Range\" WHERE c = '1'"], "ValidationError One or more parameter values were invalid: Missing the key c in the item", $"ValidationError {Mismatch}");
    });

    [Test]
    [Observed(Floci)]
    public void A_table_that_is_not_there_cancels_unless_something_else_is_wrong() => Assert.Multiple(() =>
    {
        const string nope = "UPDATE \"Nope\" SET a = 1 WHERE p = 'x'";
        Cancelled([$"{nope} RETURNING ALL NEW *", "DELETE FROM \"Nope\" WHERE p = 'x'"], "ResourceNotFound Requested resource not found", "ResourceNotFound Requested resource not found");
        Cancelled(["SELECT * FROM \"Hash\" WHERE p = 'a'", "SELECT * FROM \"Nope\".\"i\" WHERE p = 'x'"], "None", "ResourceNotFound Requested resource not found");
        RefusedAt(1, "RETURNING clause is not supported in ExecuteTransaction.", nope, "UPDATE \"Hash\" SET a = 1 WHERE p = 'a' RETURNING ALL NEW *");
    });

    [Test]
    [Observed(Floci)]
    public async Task An_item_that_becomes_too_deep_cancels()
    {
        await RunAsync("INSERT INTO \"Hash\" VALUE {'p': 'deep', 'm': {}}");
        var value = S("x");
        for (var i = 0; i < 31; i++) value = new AttributeValue { M = Item(("a", value)) };
        var statement = new ParameterizedStatement { Statement = "UPDATE \"Hash\" SET m.deep = ? WHERE p = 'deep'", Parameters = [value] };
        var error = Assert.ThrowsAsync<TransactionCanceledException>(() => DynamoDb.ExecuteTransactionAsync(new ExecuteTransactionRequest { TransactStatements = [statement] }))!;
        Assert.That(error.CancellationReasons.Single().Message, Is.EqualTo("Nesting Levels have exceeded supported limits"));
        Refused(statement.Statement, "Nesting Levels have exceeded supported limits", value);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.multiplestatements.transactions.html")]
    public async Task A_token_makes_a_transaction_happen_once()
    {
        Task<ExecuteTransactionResponse> RequestAsync(string statement) => DynamoDb.ExecuteTransactionAsync(new ExecuteTransactionRequest
        {
            TransactStatements = [new ParameterizedStatement { Statement = statement }],
            ClientRequestToken = "token",
        });
        await RequestAsync("UPDATE \"Hash\" SET n = n + 1 WHERE p = 'a'");
        await RequestAsync("UPDATE \"Hash\" SET n = n + 1 WHERE p = 'a'");
        Assert.That(await ItemAsync(Hash, ("p", S("a"))), Is.EqualTo("n=2 p=a"));
        Assert.That(() => RequestAsync("UPDATE \"Hash\" SET n = n + 2 WHERE p = 'a'"), Throws.TypeOf<IdempotentParameterMismatchException>());
    }

    [Test]
    public void A_transaction_has_1_to_100_statements() => Assert.Multiple(() =>
    {
        Assert.That(() => TransactAsync(), Throws.InstanceOf<Amazon.DynamoDBv2.AmazonDynamoDBException>());
        Assert.That(() => TransactAsync([.. Enumerable.Repeat("DELETE FROM \"Hash\" WHERE p = 'x'", 101)]), Throws.InstanceOf<Amazon.DynamoDBv2.AmazonDynamoDBException>().With.Message.Contains("Member must have length less than or equal to 100"));
    });
}
