using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html")]
internal sealed class BatchExecuteStatementTests : PartiQlFixture
{
    private const string KeyRequired = "Select statements within BatchExecuteStatement must specify the primary key in the where clause.";

    private Task<BatchExecuteStatementResponse> BatchAsync(params string[] statements) => DynamoDb.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
    {
        Statements = [.. statements.Select(statement => new BatchStatementRequest { Statement = statement })],
        ReturnConsumedCapacity = "INDEXES",
    });

    /// <summary>Of each response the error, the table, the item.</summary>
    private static string[] Text(BatchExecuteStatementResponse answer) =>
        [.. answer.Responses.Select(response => string.Join(' ', new[] { response.Error?.Code.Value, response.Error?.Message, response.TableName, response.Item is { Count: > 0 } item ? Text(item) : null }.Where(part => part is not null)))];

    [SetUp]
    public async Task FillAsync()
    {
        await PutAsync(Hash, ("p", S("a")), ("n", N("1")));
        await PutAsync(Hash, ("p", S("b")), ("n", N("2")));
        await PutAsync(Range, ("p", S("r")), ("c", S("1")), ("flag", S("one")));
    }

    [Test]
    [Observed(Conformance)]
    public async Task Reads_find_one_item_each_and_fail_each_for_itself()
    {
        var answer = await BatchAsync(
            "SELECT * FROM \"Hash\" WHERE p = 'a'", "SELECT n FROM \"Hash\" WHERE p = 'b'", "SELECT * FROM \"Hash\" WHERE p = 'absent'", "SELECT * FROM \"Nope\" WHERE p = 'x'",
            "SELECT * FROM \"Hash\" WHERE n = 1", "SLECT * FROM \"Hash\"", "SELECT COUNT(*) FROM \"Hash\"", "SELECT * FROM \"Hash\".\"i\" WHERE p = 'a'");
        Assert.That(Text(answer), Is.EqualTo(new[]
        {
            "Hash n=1 p=a", "Hash n=2", "Hash", "ResourceNotFound Requested resource not found Nope",
            $"ValidationError {KeyRequired}", $"ValidationError {NotWellFormed}Expected data manipulation", "ValidationError Unexpected path component at 1:8:5", $"ValidationError {KeyRequired}",
        }));
    }

    [Test]
    [Observed(Floci)]
    public async Task A_read_names_the_key_and_nothing_else()
    {
        const string select = "SELECT flag FROM \"Range\" WHERE ";
        var answer = await BatchAsync(select + "p IN ['r'] AND c = '1'", select + "p = 'r' AND c = '1' AND flag = 'one'", select + "p = 'r' AND c = '1' AND p = 'other'", select + "p = 'r'",
            select + $"p IN [{string.Join(',', Enumerable.Range(0, 51).Select(i => $"'v{i}'"))}] AND c = '1'");
        Assert.That(Text(answer), Is.EqualTo(new[]
        {
            "Range flag=one", $"ValidationError {KeyRequired}", $"ValidationError {KeyRequired}", $"ValidationError {KeyRequired}", "ValidationError Too many decomposed read operations for a given query.",
        }));
    }

    [Test]
    [Observed(Dynoxide + "; " + Conformance)]
    public async Task Writes_are_done_each_for_itself()
    {
        var answer = await BatchAsync(
            "INSERT INTO \"Hash\" VALUE {'p': 'new'}", "INSERT INTO \"Hash\" VALUE {'p': 'a'}", "UPDATE \"Hash\" SET n = 3 WHERE p = 'b' RETURNING MODIFIED NEW *", "UPDATE \"Hash\" SET n = 3 WHERE p = 'absent'",
            "DELETE FROM \"Range\" WHERE p = 'r' AND c = '1' RETURNING ALL OLD *", "DELETE FROM \"Range\" WHERE p = 'x' RETURNING ALL NEW *");
        Assert.Multiple(async () =>
        {
            Assert.That(Text(answer), Is.EqualTo(new[]
            {
                "Hash", "DuplicateItem Duplicate primary key exists in table Hash", "Hash n=3", "ConditionalCheckFailed The conditional request failed Hash",
                "Range c=1 flag=one p=r", "ValidationError Invalid returning clause: RETURNING ALL NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
            }));
            Assert.That(await ItemAsync(Hash, ("p", S("new"))), Is.EqualTo("p=new"));
            Assert.That(await ItemAsync(Range, ("p", S("r")), ("c", S("1"))), Is.EqualTo("none"));
        });
    }

    [Test]
    [Observed(Conformance)]
    public async Task An_item_that_fails_its_condition_is_not_shown()
    {
        var answer = await DynamoDb.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
        {
            Statements = [new BatchStatementRequest { Statement = "UPDATE \"Hash\" SET n = 3 WHERE p = 'a' AND n = 9", ReturnValuesOnConditionCheckFailure = "ALL_OLD" }],
        });
        Assert.That((answer.Responses[0].Error.Code.Value, answer.Responses[0].Item is { Count: > 0 }, answer.Responses[0].Error.Item is { Count: > 0 }), Is.EqualTo(("ConditionalCheckFailed", false, false)));
    }

    [Test]
    [Observed(Dynoxide)]
    public void Reads_and_writes_do_not_mix_and_each_item_comes_once() => Assert.Multiple(() =>
    {
        Refuses(() => BatchAsync("NOT SQL", "SELECT * FROM \"Hash\" WHERE p = 'a'", "INSERT INTO \"Hash\" VALUE {'p': 'x'}"), "Read and write requests together in the same batch is not supported.");
        Refuses(() => BatchAsync("NOT SQL", "INSERT INTO \"Hash\" VALUE {'p': 'x'}", "UPDATE \"Hash\" SET n = 1 WHERE p = 'x'"), "Provided list of item keys contains duplicates");
        Refuses(() => BatchAsync("SELECT * FROM \"Hash\" WHERE p = 'a'", "SELECT * FROM \"Hash\" WHERE p = 'a'"), "Provided list of item keys contains duplicates");
    });

    [Test]
    public void A_batch_has_1_to_25_statements() => Assert.Multiple(() =>
    {
        Assert.That(() => DynamoDb.BatchExecuteStatementAsync(new BatchExecuteStatementRequest { Statements = [] }), Throws.InstanceOf<Amazon.DynamoDBv2.AmazonDynamoDBException>());
        Assert.That(() => BatchAsync([.. Enumerable.Repeat("SELECT 1", 26)]), Throws.InstanceOf<Amazon.DynamoDBv2.AmazonDynamoDBException>().With.Message.Contains("Member must have length less than or equal to 25"));
    });

    [Test]
    [Observed(Conformance)]
    public async Task Each_read_has_its_own_consistency()
    {
        var answer = await DynamoDb.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
        {
            Statements = [new BatchStatementRequest { Statement = "SELECT * FROM \"Hash\" WHERE p = 'a'", ConsistentRead = true }, new BatchStatementRequest { Statement = "SELECT * FROM \"Hash\" WHERE p = 'b'" }],
            ReturnConsumedCapacity = "TOTAL",
        });
        Assert.That(answer.ConsumedCapacity.Single().CapacityUnits, Is.EqualTo(1.5));
    }

    [Test]
    [Observed(Dynoxide)]
    public async Task What_fails_costs_where_something_else_of_its_table_succeeds()
    {
        await PutAsync(Hash, ("p", S("large")), ("x", S(new string('x', 2500))));
        var answer = await BatchAsync("INSERT INTO \"Hash\" VALUE {'p': 'large'}", "INSERT INTO \"Hash\" VALUE {'p': 'small'}", "INSERT INTO \"Range\" VALUE {'p': 'r', 'c': '1'}");
        var capacity = answer.ConsumedCapacity.Single();
        Assert.That((capacity.TableName, capacity.CapacityUnits, capacity.Table.CapacityUnits), Is.EqualTo((Hash, 4.0, 1.0)));
    }

    [Test]
    [Observed(Floci)]
    public async Task EXISTS_is_for_transactions()
    {
        var answer = await BatchAsync("EXISTS(SELECT * FROM \"Hash\" WHERE p = 'a' AND n = 1)");
        Assert.That(answer.Responses[0].Error.Message, Is.EqualTo("EXISTS can only be used in ExecuteTransaction write requests."));
    }

    [Test]
    [Observed("2025-10-08, localstack tests/aws/services/dynamodb, recorded on AWS: test_dynamodb_batch_execute_statement")]
    public async Task Responses_of_writes_name_the_table()
    {
        var answer = await BatchAsync("INSERT INTO \"Hash\" VALUE {'p': 'x'}", "UPDATE \"Hash\" SET \"Age\" = 20 WHERE p = 'a'");
        Assert.That(Text(answer), Is.EqualTo(new[] { Hash, Hash }));
    }
}
