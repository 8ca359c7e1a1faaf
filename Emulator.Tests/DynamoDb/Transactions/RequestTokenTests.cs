using Amazon.DynamoDBv2.Model;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Transactions;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken")]
internal sealed class RequestTokenTests : DynamoDbFixture
{
    [Test]
    public async Task A_request_that_succeeded_is_not_done_again_for_ten_minutes()
    {
        await IncrementAsync("token");
        Aws.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await IncrementAsync("token");
        Assert.That(await CountAsync(), Is.EqualTo("1"));
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await IncrementAsync("token");
        Assert.That(await CountAsync(), Is.EqualTo("2"));
    }

    [Test]
    public async Task Other_tokens_and_requests_without_one_are_done()
    {
        await IncrementAsync("one");
        await IncrementAsync("two");
        // The SDK gives a token of its own to a request that has none.
        await IncrementAsync(null);
        await IncrementAsync(null);
        Assert.That(await CountAsync(), Is.EqualTo("4"));
    }

    [Test]
    public async Task Another_request_with_the_same_token_is_refused()
    {
        await IncrementAsync("token");
        var error = Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => IncrementAsync("token", "2"))!;
        Assert.That((error.ErrorCode, error.Message), Is.EqualTo(("IdempotentParameterMismatchException", "DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.")));
        Assert.That(await CountAsync(), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_request_that_was_cancelled_may_be_tried_again()
    {
        var request = new TransactWriteItemsRequest
        {
            ClientRequestToken = "token",
            TransactItems = [new() { Update = new() { TableName = Hash, Key = Item(("p", S("n"))), UpdateExpression = "ADD n :v", ConditionExpression = "attribute_exists(p)", ExpressionAttributeValues = new() { [":v"] = N("1") } } }],
        };
        Assert.ThrowsAsync<TransactionCanceledException>(() => DynamoDb.TransactWriteItemsAsync(request));
        await PutAsync(Hash, ("p", S("n")));
        await DynamoDb.TransactWriteItemsAsync(request);
        Assert.That(await CountAsync(), Is.EqualTo("1"));
    }

    [Test]
    [Source("https://github.com/nubo-db/dynoxide/blob/main/tests/transactions.rs")]
    public async Task The_second_answer_tells_what_reading_the_items_costs()
    {
        var request = new TransactWriteItemsRequest
        {
            ClientRequestToken = "token",
            TransactItems = [new() { Put = new() { TableName = Hash, Item = Item(("p", S("a")), ("x", S(new('x', 4500)))) } }],
            ReturnConsumedCapacity = "TOTAL",
        };
        var first = (await DynamoDb.TransactWriteItemsAsync(request)).ConsumedCapacity.Single();
        request.ReturnConsumedCapacity = "INDEXES";
        var second = (await DynamoDb.TransactWriteItemsAsync(request)).ConsumedCapacity.Single();
        Assert.Multiple(() =>
        {
            Assert.That((first.CapacityUnits, first.WriteCapacityUnits, first.ReadCapacityUnits), Is.EqualTo(((double?)10, (double?)10, (double?)null)));
            Assert.That((second.CapacityUnits, second.WriteCapacityUnits, second.ReadCapacityUnits, second.Table.ReadCapacityUnits), Is.EqualTo(((double?)4, (double?)null, (double?)4, (double?)4)));
        });
    }

    [Test]
    public async Task A_fork_knows_the_tokens_of_its_origin()
    {
        await IncrementAsync("token");
        await using var fork = Aws.Fork();
        using var client = fork.CreateClient<Amazon.DynamoDBv2.AmazonDynamoDBClient>();
        await client.TransactWriteItemsAsync(Increment("token", "1"));
        Assert.That((await client.GetItemAsync(Hash, Item(("p", S("n"))))).Item["n"].N, Is.EqualTo("1"));
    }

    [Test]
    public async Task What_is_past_its_time_goes_as_new_requests_come()
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p");
        for (var i = 0; i < 100; i++)
        {
            if (i == 50) service.Service.Clock.Advance(TimeSpan.FromMinutes(10));
            await service.SendAsync("TransactWriteItems", $$$"""{"TransactItems":[{"Put":{"TableName":"Notes","Item":{"p":{"S":"a"} } } }],"ClientRequestToken":"{{{i}}}"}""");
        }
        using var snapshot = service.Store.Snapshot();
        Assert.That(new[] { "dynamodb.tokens", "dynamodb.tokenorder" }.Select(space => snapshot.Range(new(space), KeyRange.All).Count()), Is.All.EqualTo(50));
    }

    private Task IncrementAsync(string? token, string by = "1") => DynamoDb.TransactWriteItemsAsync(Increment(token, by));

    private static TransactWriteItemsRequest Increment(string? token, string by) => new()
    {
        ClientRequestToken = token,
        TransactItems = [new() { Update = new() { TableName = Hash, Key = Item(("p", S("n"))), UpdateExpression = "ADD n :v", ExpressionAttributeValues = new() { [":v"] = N(by) } } }],
    };

    private async Task<string> CountAsync() => (await GetAsync(Hash, ("p", S("n"))))!["n"].N;
}
