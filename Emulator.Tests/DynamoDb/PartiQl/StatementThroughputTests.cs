using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

/// <summary>What statements take from the capacity of a table that has one unit a second of either kind, and so 300 for bursts.</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-diagnosing-workflow.html")]
internal sealed class StatementThroughputTests : PartiQlFixture
{
    private const string Exceeded = "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";

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

    [Test]
    public async Task Each_range_that_is_read_takes_what_it_costs()
    {
        await InsertAsync("b");
        for (var i = 0; i < 5; i++) Assert.That((await ReadAsync("SELECT * FROM Small WHERE p IN ['a', 'b']")).Items, Has.Count.EqualTo(2));
        Assert.That((await ReadAsync("SELECT * FROM Small")).Items, Has.Count.EqualTo(2));
        foreach (var statement in new[] { "SELECT * FROM Small WHERE p IN ['a', 'b']", "SELECT * FROM Small", "SELECT * FROM Small WHERE p = 'absent'" }) Throttled(() => ReadAsync(statement));
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync("SELECT * FROM Small");
    }

    private Task<ExecuteStatementResponse> InsertAsync(string p) => RunAsync("INSERT INTO Small VALUE {'p': ?, 'text': ?}", S(p), S(Large));

    private Task<ExecuteStatementResponse> ReadAsync(string statement) => DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, ConsistentRead = true });

    private static void Throttled(Func<Task> request) => Assert.That(Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => request())!.Message, Is.EqualTo(Exceeded));
}
