using System.Text.Json.Nodes;
using Emulator.Protocols;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Transactions;

/// <summary>While the store is held up, a transaction stays under way.</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling")]
[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
internal sealed class ConflictTests(StoreEngine engine)
{
    private const string Put = """{"Put":{"TableName":"Notes","Item":{"p":{"S":"a"}}}}""";
    private const string Other = """{"Put":{"TableName":"Notes","Item":{"p":{"S":"b"}}}}""";

    private readonly TemporaryFolder _folder = new();
    private HeldStore _store = null!;
    private DirectService _service = null!;
    private Task<JsonNode> _transaction = null!;

    [SetUp]
    public async Task BeginAsync()
    {
        _store = new(engine.Open(_folder.Path));
        _service = new(_store);
        await _service.CreateTableAsync("Notes", "p");
        _store.Hold();
        _transaction = _service.SendAsync("TransactWriteItems", $$"""{"TransactItems":[{{Put}}],"ClientRequestToken":"token"}""");
        Assert.That(_transaction.IsCompleted, Is.False);
    }

    [TearDown]
    public async Task EndAsync()
    {
        _store.Release();
        await _transaction;
        _transaction.Dispose();
        await _service.SendAsync("PutItem", """{"TableName":"Notes","Item":{"p":{"S":"a"}}}""");
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public void Another_transaction_on_the_item_is_cancelled() => Cancelled("TransactWriteItems", $$"""{"TransactItems":[{{Other}},{{Put}}]}""");

    [Test]
    public void Reading_the_item_in_a_transaction_is_cancelled() =>
        Cancelled("TransactGetItems", """{"TransactItems":[{"Get":{"TableName":"Notes","Key":{"p":{"S":"b"}}}},{"Get":{"TableName":"Notes","Key":{"p":{"S":"a"}}}}]}""");

    [TestCase("PutItem", """{"TableName":"Notes","Item":{"p":{"S":"a"}}}""")]
    [TestCase("UpdateItem", """{"TableName":"Notes","Key":{"p":{"S":"a"}}}""")]
    [TestCase("DeleteItem", """{"TableName":"Notes","Key":{"p":{"S":"a"}}}""")]
    public void Writing_the_item_is_refused(string operation, string json)
    {
        var error = Assert.ThrowsAsync<AwsException>(() => _service.SendAsync(operation, json))!;
        Assert.That((error.Code, error.Message), Is.EqualTo(("TransactionConflictException", "Transaction is ongoing for the item")));
    }

    [Test]
    public async Task Reading_the_item_finds_it_as_it_was()
    {
        var answer = await _service.SendAsync("GetItem", """{"TableName":"Notes","Key":{"p":{"S":"a"}}}""");
        Assert.That(answer["Item"], Is.Null);
    }

    [Test]
    public async Task A_batch_leaves_the_item_unprocessed()
    {
        var batch = _service.SendAsync("BatchWriteItem", """{"RequestItems":{"Notes":[{"PutRequest":{"Item":{"p":{"S":"b"}}}},{"DeleteRequest":{"Key":{"p":{"S":"a"}}}}]}}""");
        _store.Release();
        Assert.That((await batch)["UnprocessedItems"]!.ToJsonString(), Is.EqualTo("""{"Notes":[{"DeleteRequest":{"Key":{"p":{"S":"a"}}}}]}"""));
        Assert.That((await _service.SendAsync("GetItem", """{"TableName":"Notes","Key":{"p":{"S":"b"}}}"""))["Item"], Is.Not.Null);
    }

    [Test]
    [Source("https://github.com/aws/aws-sdk-java-v2/issues/2518")]
    public void The_same_request_again_is_told_that_it_is_in_progress()
    {
        var error = Assert.ThrowsAsync<AwsException>(() => _service.SendAsync("TransactWriteItems", $$"""{"TransactItems":[{{Put}}],"ClientRequestToken":"token"}"""))!;
        Assert.That((error.Code, error.Message), Is.EqualTo(("TransactionInProgressException", "Transaction from previous request is still in progress")));
    }

    private void Cancelled(string operation, string json)
    {
        var error = Assert.ThrowsAsync<AwsException>(() => _service.SendAsync(operation, json))!;
        Assert.That((error.Code, error.Message), Is.EqualTo(("TransactionCanceledException", "Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict]")));
        Assert.That(error.Members.Single().Value!.ToString(), Is.EqualTo(new JsonArray(new JsonObject { ["Code"] = "None" }, new JsonObject { ["Code"] = "TransactionConflict", ["Message"] = "Transaction is ongoing for the item" }).ToString()));
    }
}
