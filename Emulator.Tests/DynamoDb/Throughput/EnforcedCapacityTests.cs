using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Throughput;

/// <summary>What happens where the capacity is used up. Each item is of 100 KB: 100 units of writing, 25 of reading.</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-diagnosing-workflow.html")]
internal sealed class EnforcedCapacityTests
{
    private const string TableText = "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";

    private AwsEmulator _aws = null!;
    private AmazonDynamoDBClient _dynamoDb = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = "dynamodb: { capacity: enforce }" });
        _aws.Clock.Freeze();
        _dynamoDb = _aws.CreateClient<AmazonDynamoDBClient>(config => config.MaxErrorRetry = 0);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _dynamoDb.Dispose();
        await _aws.DisposeAsync();
    }

    [Test]
    public async Task Five_minutes_of_units_are_there_for_a_burst_then_those_of_each_second()
    {
        await CreateAsync(2, 2);
        await PutAsync(6);
        Throttles<ProvisionedThroughputExceededException>(PutAsync, TableText, error => error.ThrottlingReasons, "TableWriteProvisionedThroughputExceeded", "table/Notes");
        _aws.Clock.Advance(TimeSpan.FromMilliseconds(500));
        await PutAsync();
        // That one cost a hundred units, of which one was there.
        _aws.Clock.Advance(TimeSpan.FromSeconds(49));
        Throttles<ProvisionedThroughputExceededException>(PutAsync, TableText, error => error.ThrottlingReasons, "TableWriteProvisionedThroughputExceeded", "table/Notes");
        _aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await PutAsync();
    }

    [Test]
    public async Task Reading_and_writing_have_units_of_their_own()
    {
        await CreateAsync(1, 2);
        await PutAsync(6);
        for (var i = 0; i < 12; i++) await GetAsync();
        Throttles<ProvisionedThroughputExceededException>(GetAsync, TableText, error => error.ThrottlingReasons, "TableReadProvisionedThroughputExceeded", "table/Notes");
        Throttles<ProvisionedThroughputExceededException>(() => _dynamoDb.QueryAsync(QueryOf(null)), TableText, error => error.ThrottlingReasons, "TableReadProvisionedThroughputExceeded", "table/Notes");
        Throttles<ProvisionedThroughputExceededException>(() => _dynamoDb.ScanAsync(new ScanRequest("Notes")), TableText, error => error.ThrottlingReasons, "TableReadProvisionedThroughputExceeded", "table/Notes");
    }

    [Test]
    public async Task More_units_help_at_once()
    {
        await CreateAsync(1, 1);
        await PutAsync(3);
        await _dynamoDb.UpdateTableAsync("Notes", new ProvisionedThroughput(1, 100));
        _aws.Clock.Advance(TimeSpan.FromSeconds(2));
        await PutAsync(2);
        Throttles<ProvisionedThroughputExceededException>(PutAsync, TableText, error => error.ThrottlingReasons, "TableWriteProvisionedThroughputExceeded", "table/Notes");
    }

    [Test]
    public async Task A_query_may_take_more_than_is_left()
    {
        await CreateAsync(1, 20);
        for (var i = 0; i < 8; i++) await PutAsync($"{i}");
        for (var i = 0; i < 11; i++) await GetAsync();
        Assert.That((await _dynamoDb.ScanAsync(new ScanRequest("Notes") { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL })).ConsumedCapacity.CapacityUnits, Is.EqualTo(100));
        _aws.Clock.Advance(TimeSpan.FromSeconds(75));
        Throttles<ProvisionedThroughputExceededException>(GetAsync, TableText, error => error.ThrottlingReasons, "TableReadProvisionedThroughputExceeded", "table/Notes");
        _aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await GetAsync();
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/gsi-throttling.html")]
    public async Task A_write_is_refused_where_a_global_index_that_it_changes_has_nothing_left()
    {
        await CreateAsync(1, 100, indexUnits: 1);
        await PutAsync(3, date: "2030");
        Throttles<ProvisionedThroughputExceededException>(() => PutAsync("other", "2030"),
            "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API",
            error => error.ThrottlingReasons, "IndexWriteProvisionedThroughputExceeded", "table/Notes/index/byDate");
        await PutAsync("other");
        Assert.That((await _dynamoDb.GetItemAsync("Notes", new() { ["id"] = new("other") })).Item.ContainsKey("date"), Is.False);
    }

    [Test]
    public async Task A_global_index_is_read_by_its_own_units()
    {
        await CreateAsync(100, 100, indexUnits: 1);
        await PutAsync(3, date: "2030");
        for (var i = 0; i < 24; i++) await _dynamoDb.QueryAsync(QueryOf("byDate"));
        Throttles<ProvisionedThroughputExceededException>(() => _dynamoDb.QueryAsync(QueryOf("byDate")),
            "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API",
            error => error.ThrottlingReasons, "IndexReadProvisionedThroughputExceeded", "table/Notes/index/byDate");
        await GetAsync();
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html")]
    public async Task A_batch_does_what_it_can_and_fails_where_that_is_nothing()
    {
        await CreateAsync(1, 1);
        var request = new Dictionary<string, List<WriteRequest>> { ["Notes"] = [.. Enumerable.Range(0, 5).Select(i => new WriteRequest(new PutRequest(Item($"{i}"))))] };
        var answer = await _dynamoDb.BatchWriteItemAsync(new BatchWriteItemRequest(request) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL });
        Assert.That(answer.UnprocessedItems["Notes"].Select(write => write.PutRequest.Item["id"].S), Is.EqualTo(new[] { "3", "4" }));
        Assert.That(answer.ConsumedCapacity.Single().CapacityUnits, Is.EqualTo(300));
        Throttles<ProvisionedThroughputExceededException>(() => _dynamoDb.BatchWriteItemAsync(answer.UnprocessedItems), TableText, error => error.ThrottlingReasons, "TableWriteProvisionedThroughputExceeded", "table/Notes");
        _aws.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.That((await _dynamoDb.BatchWriteItemAsync(answer.UnprocessedItems)).UnprocessedItems["Notes"], Has.Count.EqualTo(1));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html")]
    public async Task A_batch_of_reads_leaves_the_keys_that_it_cannot_pay()
    {
        await CreateAsync(1, 20);
        for (var i = 0; i < 15; i++)
        {
            await PutAsync($"{i}");
            _aws.Clock.Advance(TimeSpan.FromMilliseconds(100)); // a partition does a thousand units in a second
        }
        var request = new Dictionary<string, KeysAndAttributes> { ["Notes"] = new() { ConsistentRead = true, Keys = [.. Enumerable.Range(0, 15).Select(i => new Dictionary<string, AttributeValue> { ["id"] = new($"{i}") })] } };
        var answer = await _dynamoDb.BatchGetItemAsync(request);
        // Nor does a partition give more than a megabyte at once.
        Assert.That((answer.Responses["Notes"].Count, answer.UnprocessedKeys["Notes"].Keys.Count), Is.EqualTo((12, 3)));
        Throttles<ProvisionedThroughputExceededException>(() => _dynamoDb.BatchGetItemAsync(answer.UnprocessedKeys), TableText, error => error.ThrottlingReasons, "TableReadProvisionedThroughputExceeded", "table/Notes");
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html")]
    public async Task A_transaction_costs_twice_and_is_cancelled_where_that_is_too_much()
    {
        await CreateAsync(1, 1);
        await TransactAsync("a");
        await TransactAsync("b");
        var cancelled = Assert.ThrowsAsync<TransactionCanceledException>(() => TransactAsync("c"))!;
        Assert.That(cancelled.CancellationReasons.Select(reason => (reason.Code, reason.Message)), Is.EqualTo(new[] { ("ProvisionedThroughputExceeded", TableText) }));
        for (var i = 0; i < 6; i++) await TransactGetAsync();
        cancelled = Assert.ThrowsAsync<TransactionCanceledException>(TransactGetAsync)!;
        Assert.That(cancelled.CancellationReasons.Single().Code, Is.EqualTo("ProvisionedThroughputExceeded"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.ConditionalUpdate")]
    public async Task A_condition_that_does_not_hold_costs_too()
    {
        await CreateAsync(1, 1);
        await PutAsync();
        for (var i = 0; i < 2; i++)
        {
            Assert.ThrowsAsync<ConditionalCheckFailedException>(() => _dynamoDb.DeleteItemAsync(new DeleteItemRequest("Notes", Key()) { ConditionExpression = "attribute_not_exists(id)" }));
        }
        Throttles<ProvisionedThroughputExceededException>(PutAsync, TableText, error => error.ThrottlingReasons, "TableWriteProvisionedThroughputExceeded", "table/Notes");
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html")]
    public async Task One_partition_has_its_limit_on_demand_and_provisioned()
    {
        await CreateAsync(null, null);
        await PutAsync(10);
        Throttles<ThrottlingException>(PutAsync,
            "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html",
            error => error.ThrottlingReasons, "TableWriteKeyRangeThroughputExceeded", "table/Notes");
        // Keys of other partitions are as they were.
        var done = 0;
        for (var i = 0; i < 16; i++)
        {
            try
            {
                await PutAsync($"{i}");
                done++;
            }
            catch (ThrottlingException) { }
        }
        Assert.That(done, Is.GreaterThan(8));
        await _dynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = "Notes", BillingMode = BillingMode.PROVISIONED, ProvisionedThroughput = new(1, 5000) });
        _aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await PutAsync(10);
        Throttles<ProvisionedThroughputExceededException>(PutAsync, TableText, error => error.ThrottlingReasons, "TableWriteKeyRangeThroughputExceeded", "table/Notes");
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html")]
    public async Task A_maximum_of_a_table_on_demand_is_a_limit()
    {
        await CreateAsync(null, null);
        await _dynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = "Notes", OnDemandThroughput = new() { MaxWriteRequestUnits = 200 } });
        await PutAsync(2);
        Throttles<ThrottlingException>(PutAsync, "Throughput exceeds the maximum OnDemandThroughput configured on table or index", error => error.ThrottlingReasons, "TableWriteMaxOnDemandThroughputExceeded", "table/Notes");
        _aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await PutAsync(2);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchStatementError.html")]
    public async Task Statements_spend_what_the_operations_do()
    {
        await CreateAsync(1, 1);
        await PutAsync(3);
        Throttles<ProvisionedThroughputExceededException>(() => _dynamoDb.ExecuteStatementAsync(new() { Statement = "INSERT INTO Notes VALUE {'id':'9'}" }), TableText, error => error.ThrottlingReasons, "TableWriteProvisionedThroughputExceeded", "table/Notes");
        const string Select = "SELECT * FROM Notes WHERE id = '1'";
        for (var i = 0; i < 11; i++) await _dynamoDb.ExecuteStatementAsync(new() { Statement = Select, ConsistentRead = true });
        var batch = await _dynamoDb.BatchExecuteStatementAsync(new() { Statements = [new() { Statement = Select, ConsistentRead = true }, new() { Statement = "SELECT * FROM Notes WHERE id = '2'" }] });
        Assert.That(batch.Responses.Select(response => response.Error?.Code.Value), Is.EqualTo(new[] { null, "ProvisionedThroughputExceeded" }));
        Throttles<ProvisionedThroughputExceededException>(() => _dynamoDb.ExecuteStatementAsync(new() { Statement = Select }), TableText, error => error.ThrottlingReasons, "TableReadProvisionedThroughputExceeded", "table/Notes");
        var cancelled = Assert.ThrowsAsync<TransactionCanceledException>(() => _dynamoDb.ExecuteTransactionAsync(new() { TransactStatements = [new() { Statement = Select }] }))!;
        Assert.That(cancelled.CancellationReasons.Single().Code, Is.EqualTo("ProvisionedThroughputExceeded"));
    }

    [Test]
    public async Task Off_nothing_is_throttled()
    {
        await using var aws = await AwsEmulator.StartAsync();
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>(config => config.MaxErrorRetry = 0);
        aws.Clock.Freeze();
        await dynamoDb.CreateTableAsync(new CreateTableRequest("Notes", [new("id", KeyType.HASH)], [new("id", ScalarAttributeType.S)], new(1, 1)));
        for (var i = 0; i < 5; i++) await dynamoDb.PutItemAsync("Notes", Item("1"));
        Assert.That((await dynamoDb.GetItemAsync("Notes", Key())).IsItemSet, Is.True);
    }

    private Task CreateAsync(int? read, int? write, int? indexUnits = null) => _dynamoDb.CreateTableAsync(new CreateTableRequest
    {
        TableName = "Notes",
        AttributeDefinitions = indexUnits is null ? [new("id", ScalarAttributeType.S)] : [new("id", ScalarAttributeType.S), new("date", ScalarAttributeType.S)],
        KeySchema = [new("id", KeyType.HASH)],
        BillingMode = read is null ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
        ProvisionedThroughput = read is null ? null : new(read, write),
        GlobalSecondaryIndexes = indexUnits is null ? null
            : [new() { IndexName = "byDate", KeySchema = [new("date", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL }, ProvisionedThroughput = new(indexUnits, indexUnits) }],
    });

    private Task PutAsync() => PutAsync("1");

    private async Task PutAsync(int times, string? date = null)
    {
        // Each is another item: an index does not pay for what stays the same.
        for (var i = 0; i < times; i++) await PutAsync(date is null ? "1" : $"{i + 1}", date);
    }

    private Task PutAsync(string id, string? date = null) => _dynamoDb.PutItemAsync("Notes", Item(id, date));

    private Task GetAsync() => _dynamoDb.GetItemAsync("Notes", Key(), consistentRead: true);

    private Task TransactAsync(string id) => _dynamoDb.TransactWriteItemsAsync(new() { TransactItems = [new() { Put = new() { TableName = "Notes", Item = Item(id) } }] });

    private Task TransactGetAsync() => _dynamoDb.TransactGetItemsAsync(new() { TransactItems = [new() { Get = new() { TableName = "Notes", Key = new() { ["id"] = new("a") } } }] });

    private static QueryRequest QueryOf(string? index) => new()
    {
        TableName = "Notes",
        IndexName = index,
        KeyConditionExpression = index is null ? "id = :v" : "#d = :v",
        ExpressionAttributeNames = index is null ? null : new() { ["#d"] = "date" },
        ExpressionAttributeValues = new() { [":v"] = new(index is null ? "1" : "2030") },
        Limit = 1,
    };

    private static Dictionary<string, AttributeValue> Key() => new() { ["id"] = new("1") };

    private static Dictionary<string, AttributeValue> Item(string id, string? date = null)
    {
        var item = new Dictionary<string, AttributeValue> { ["id"] = new(id), ["text"] = new(new string('x', (100 * 1024) - 40)) };
        if (date is not null) item["date"] = new(date);
        return item;
    }

    private static void Throttles<TError>(Func<Task> request, string message, Func<TError, List<ThrottlingReason>> reasons, string reason, string resource) where TError : AmazonServiceException
    {
        var error = Assert.ThrowsAsync<TError>(() => request())!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Is.EqualTo(message));
            Assert.That(reasons(error).Select(one => (one.Reason, one.Resource)), Is.EqualTo(new[] { (reason, $"arn:aws:dynamodb:us-east-1:000000000000:{resource}") }));
        });
    }
}
