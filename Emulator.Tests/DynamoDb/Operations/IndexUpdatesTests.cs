using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html")]
[Observed("docs/api-quirks of aws-controllers-k8s/dynamodb-controller (DDB-TABLE-123 to 175), on AWS in October 2026")]
internal sealed class IndexUpdatesTests : DynamoDbFixture
{
    [Test]
    public async Task An_index_is_added_with_the_items_that_are_there()
    {
        await PutAsync(Hash, ("p", S("1")), ("a", S("x")), ("n", N("2")));
        await PutAsync(Hash, ("p", S("2")), ("a", S("x")));
        await PutAsync(Hash, ("p", S("3")), ("a", S("")), ("n", N("3")));
        await PutAsync(Hash, ("p", S("4")), ("a", S(new string('x', 2049))), ("n", N("4")));
        var answer = (await DynamoDb.UpdateTableAsync(Create("index", "a", "n"))).TableDescription;
        var described = (await DynamoDb.DescribeTableAsync(Hash)).Table;
        Assert.Multiple(() =>
        {
            Assert.That((answer.TableStatus.Value, answer.GlobalSecondaryIndexes[0].IndexStatus.Value, answer.GlobalSecondaryIndexes[0].Backfilling), Is.EqualTo(("UPDATING", "CREATING", (bool?)false)));
            Assert.That((described.TableStatus.Value, described.GlobalSecondaryIndexes[0].IndexStatus.Value, described.GlobalSecondaryIndexes[0].Backfilling, described.GlobalSecondaryIndexes[0].ItemCount), Is.EqualTo(("ACTIVE", "ACTIVE", (bool?)null, (long?)1)));
            Assert.That(string.Join(' ', described.AttributeDefinitions.Select(definition => $"{definition.AttributeName}:{definition.AttributeType}")), Is.EqualTo("a:S n:N p:S"));
        });
        await PutAsync(Hash, ("p", S("5")), ("a", S("x")), ("n", N("1")));
        Assert.That(await KeysAsync("index", "a = :a", (":a", S("x"))), Is.EqualTo("5 1"));
    }

    [Test]
    public async Task A_deleted_index_is_gone_with_the_definitions_that_only_it_used()
    {
        await DynamoDb.UpdateTableAsync(Create("index", "a", "n"));
        Refuses(() => PutAsync(Hash, ("p", S("1")), ("a", N("1"))), "One or more parameter values were invalid: Type mismatch for Index Key a Expected: S Actual: N IndexName: index");
        var answer = (await DynamoDb.UpdateTableAsync(Update(new GlobalSecondaryIndexUpdate { Delete = new() { IndexName = "index" } }))).TableDescription;
        Assert.That((answer.TableStatus.Value, answer.GlobalSecondaryIndexes.Single().IndexStatus.Value), Is.EqualTo(("UPDATING", "DELETING")));
        var described = (await DynamoDb.DescribeTableAsync(Hash)).Table;
        Assert.That((described.GlobalSecondaryIndexes?.Count ?? 0, described.AttributeDefinitions.Count), Is.EqualTo((0, 1)));
        await PutAsync(Hash, ("p", S("1")), ("a", N("1")));
        Refuses(() => KeysAsync("index", "a = :a", (":a", S("x"))), "The table does not have the specified index: index");
    }

    [Test]
    public async Task Units_of_an_index_are_changed_and_those_of_all_are_needed_to_leave_on_demand()
    {
        await DynamoDb.UpdateTableAsync(Create("index", "a", "n"));
        Refuses(() => DynamoDb.UpdateTableAsync(Update(new GlobalSecondaryIndexUpdate { Update = new() { IndexName = "index", ProvisionedThroughput = new(5, 5) } })),
            "One or more parameter values were invalid: The only Updates for index: index when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput");
        var provisioned = new UpdateTableRequest { TableName = Hash, BillingMode = BillingMode.PROVISIONED, ProvisionedThroughput = new(5, 5) };
        Refuses(() => DynamoDb.UpdateTableAsync(provisioned), "One or more parameter values were invalid: ProvisionedThroughput must be specified for index: index");
        provisioned.GlobalSecondaryIndexUpdates = [new() { Update = new() { IndexName = "index", ProvisionedThroughput = new(6, 5) } }];
        await DynamoDb.UpdateTableAsync(provisioned);
        Refuses(() => DynamoDb.UpdateTableAsync(Update(provisioned.GlobalSecondaryIndexUpdates[0])),
            "The provisioned throughput for the index index will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for index index: 6. Requested ReadCapacityUnits: 6. " +
            "Current WriteCapacityUnits provisioned for index index: 5. Requested WriteCapacityUnits: 5. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");

        var answer = (await DynamoDb.UpdateTableAsync(Update(new GlobalSecondaryIndexUpdate { Update = new() { IndexName = "index", ProvisionedThroughput = new(7, 5) } }))).TableDescription;
        var described = (await DynamoDb.DescribeTableAsync(Hash)).Table.GlobalSecondaryIndexes[0];
        Assert.That((answer.TableStatus.Value, answer.GlobalSecondaryIndexes[0].IndexStatus.Value, answer.GlobalSecondaryIndexes[0].ProvisionedThroughput.ReadCapacityUnits, described.ProvisionedThroughput.ReadCapacityUnits, described.WarmThroughput.ReadUnitsPerSecond),
            Is.EqualTo(("ACTIVE", "UPDATING", (long?)6, (long?)7, (long?)12000)));
        Assert.That(described.ProvisionedThroughput.LastIncreaseDateTime, Is.Not.Null);

        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, BillingMode = BillingMode.PAY_PER_REQUEST });
        described = (await DynamoDb.DescribeTableAsync(Hash)).Table.GlobalSecondaryIndexes[0];
        Assert.That((described.ProvisionedThroughput.ReadCapacityUnits, described.ProvisionedThroughput.NumberOfDecreasesToday), Is.EqualTo(((long?)0, (long?)1)));
    }

    [Test]
    public async Task What_no_update_of_indexes_can_be_is_refused()
    {
        await DynamoDb.UpdateTableAsync(Create("index", "a", "n"));
        Assert.Multiple(() =>
        {
            Refused("One or more parameter values were invalid: One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null", new GlobalSecondaryIndexUpdate());
            Refused("One or more parameter values were invalid: Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object", new GlobalSecondaryIndexUpdate { Delete = new() { IndexName = "index" }, Update = new() { IndexName = "index" } });
            Refused("One or more parameter values were invalid: Only one global secondary index update per index is allowed simultaneously. Index: index", Delete("index"), Delete("index"));
            Refused("Attempting to create an index which already exists", Create("index", "a", "n").GlobalSecondaryIndexUpdates[0]);
            Refused("One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [z, n], AttributeDefinitions: [a, n]", Create("other", "z", "n").GlobalSecondaryIndexUpdates[0]);
            RefusedRequest(request => request.AttributeDefinitions = null, "One or more parameter values were invalid: AttributeDefinitions is not specified for index: other");
            RefusedRequest(request => request.AttributeDefinitions[0].AttributeType = ScalarAttributeType.B, "One or more parameter values were invalid: Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: Schema:[SchemaElement: key{a:S:HASH}, SchemaElement: key{n:N:RANGE}] New schema: Schema:[SchemaElement: key{a:B:HASH}, SchemaElement: key{n:N:RANGE}]");
            RefusedRequest(request => request.GlobalSecondaryIndexUpdates[0].Create.ProvisionedThroughput = new(1, 1), "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: other when BillingMode is PAY_PER_REQUEST");
            RefusedRequest(request => request.DeletionProtectionEnabled = true, "One or more parameter values were invalid: DeletionProtection modification must be the only operation in the request");
            RefusedRequest(request => request.StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY }, "One or more parameter values were invalid: You cannot create or delete index while changing stream status");
            Fails(() => DynamoDb.UpdateTableAsync(Update(Delete("index"), Delete("other"))), "LimitExceededException", "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
            Fails(() => DynamoDb.UpdateTableAsync(Update(Delete("absent"))), "ResourceNotFoundException", $"Requested resource not found: Index absent for table {Hash}");
        });
    }

    private void Refused(string message, params GlobalSecondaryIndexUpdate[] updates)
    {
        var request = Update(updates);
        request.AttributeDefinitions = [new("a", ScalarAttributeType.S), new("n", ScalarAttributeType.N)];
        Refuses(() => DynamoDb.UpdateTableAsync(request), message);
    }

    private void RefusedRequest(Action<UpdateTableRequest> change, string message)
    {
        var request = Create("other", "a", "n");
        change(request);
        Refuses(() => DynamoDb.UpdateTableAsync(request), message);
    }

    private static GlobalSecondaryIndexUpdate Delete(string index) => new() { Delete = new() { IndexName = index } };

    private static UpdateTableRequest Update(params GlobalSecondaryIndexUpdate[] updates) => new() { TableName = Hash, GlobalSecondaryIndexUpdates = [.. updates] };

    private static UpdateTableRequest Create(string index, string hash, string range) => new()
    {
        TableName = Hash,
        AttributeDefinitions = [new(hash, ScalarAttributeType.S), new(range, ScalarAttributeType.N)],
        GlobalSecondaryIndexUpdates = [new() { Create = new() { IndexName = index, KeySchema = [new(hash, KeyType.HASH), new(range, KeyType.RANGE)], Projection = new() { ProjectionType = ProjectionType.ALL } } }],
    };

    private async Task<string> KeysAsync(string index, string condition, params (string, AttributeValue)[] values)
    {
        var answer = await DynamoDb.QueryAsync(new QueryRequest(Hash) { IndexName = index, KeyConditionExpression = condition, ExpressionAttributeValues = Item(values) });
        return string.Join(' ', answer.Items.Select(item => item["p"].S));
    }
}
