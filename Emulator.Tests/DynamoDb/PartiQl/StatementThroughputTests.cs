using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

/// <summary>What statements take from the capacity of a table that has one unit a second of either kind, and so 300 for bursts.</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-diagnosing-workflow.html")]
internal sealed class StatementThroughputTests : PartiQlFixture
{
    private const string Exceeded = "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";
    private const string Select = "SELECT * FROM Small WHERE p = 'a'";

    private static readonly string Large = new('x', (100 * 1024) - 40);

    protected override Task<AwsEmulator> StartAwsAsync() => AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = "dynamodb: { capacity: enforce }" });

    [SetUp]
    public async Task FillAsync()
    {
        Aws.Clock.Freeze();
        await DynamoDb.CreateTableAsync(new CreateTableRequest("Small", [new("p", "HASH")], [new("p", "S")], new(1, 1)));
        await InsertAsync("a");
    }

    [Test]
    public async Task Writes_are_throttled()
    {
        await InsertAsync("b");
        Assert.CatchAsync<DuplicateItemException>(() => InsertAsync("b"));
        Throttled(() => InsertAsync("c"));
        Throttled(() => RunAsync("DELETE FROM Small WHERE p = 'a'"));
        var batch = await DynamoDb.BatchExecuteStatementAsync(new BatchExecuteStatementRequest { Statements = [new() { Statement = "UPDATE Small SET n = 1 WHERE p = 'a'" }, new() { Statement = "INSERT INTO Hash VALUE {'p': 'other'}" }] });
        Assert.That(batch.Responses.Select(response => $"{response.Error?.Code} {response.Error?.Message}"), Is.EqualTo(new[] { $"ProvisionedThroughputExceeded {Exceeded}", " " }));
        var cancelled = Assert.ThrowsAsync<TransactionCanceledException>(() => DynamoDb.ExecuteTransactionAsync(new ExecuteTransactionRequest { TransactStatements = [new() { Statement = "DELETE FROM Small WHERE p = 'a'" }] }))!;
        Assert.That(cancelled.CancellationReasons.Single().Code, Is.EqualTo("ProvisionedThroughputExceeded"));
    }

    [TestCase(Select)]
    [TestCase("SELECT * FROM Small")]
    public async Task Reads_are_throttled(string statement)
    {
        for (var i = 0; i < 12; i++) Assert.That((await ReadAsync(statement)).Items, Has.Count.EqualTo(1));
        Throttled(() => ReadAsync(statement));
        Throttled(() => ReadAsync(Select));
        var batch = await DynamoDb.BatchExecuteStatementAsync(new BatchExecuteStatementRequest { Statements = [new() { Statement = Select }] });
        Assert.That(batch.Responses.Single().Error.Code.Value, Is.EqualTo("ProvisionedThroughputExceeded"));
        Assert.ThrowsAsync<TransactionCanceledException>(() => DynamoDb.ExecuteTransactionAsync(new ExecuteTransactionRequest { TransactStatements = [new() { Statement = Select }] }));
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync(statement);
    }

    private Task<ExecuteStatementResponse> InsertAsync(string p) => RunAsync("INSERT INTO Small VALUE {'p': ?, 'text': ?}", S(p), S(Large));

    private Task<ExecuteStatementResponse> ReadAsync(string statement) => DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, ConsistentRead = true });

    private static void Throttled(Func<Task> request) => Assert.That(Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => request())!.Message, Is.EqualTo(Exceeded));
}
