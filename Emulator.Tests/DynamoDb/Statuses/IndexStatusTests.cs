using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Statuses;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html")]
[Observed("2026-10: DDB-TABLE-163, 443, 444 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller")]
internal sealed class IndexStatusTests : StatusFixture
{
    [Test]
    public async Task An_index_is_given_its_place_then_filled_then_active()
    {
        await CreateIndexAsync(Hash);
        Assert.That((await StatusAsync(Hash), await IndexAsync(Hash)), Is.EqualTo(("UPDATING", ("CREATING", (bool?)false))));
        Wait(5);
        Assert.That((await StatusAsync(Hash), await IndexAsync(Hash)), Is.EqualTo(("ACTIVE", ("CREATING", (bool?)true))));
        Wait(5);
        Assert.That((await StatusAsync(Hash), await IndexAsync(Hash)), Is.EqualTo(("ACTIVE", ("ACTIVE", (bool?)null))));
    }

    [Test]
    [Observed("https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1075")]
    public async Task An_index_that_is_being_created_cannot_be_read()
    {
        const string Backfilling = "Cannot read from backfilling global secondary index";
        await PutAsync(Hash, ("p", S("1")), ("date", S("2030")));
        await CreateIndexAsync(Hash);
        Refuses(() => DynamoDb.ScanAsync(new ScanRequest { TableName = Hash, IndexName = "byDate" }), Backfilling);
        Refuses(() => DynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "SELECT * FROM \"Hash\".\"byDate\"" }), Backfilling);
        Wait(10);
        Assert.That((await DynamoDb.ScanAsync(new ScanRequest { TableName = Hash, IndexName = "byDate" })).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task An_index_that_is_being_created_is_in_the_way_of_others()
    {
        await CreateIndexAsync(Hash);
        InUse(() => DeleteIndexAsync(Hash), "Attempt to change a resource which is still in use: Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: Hash Index: byDate");
        InUse(() => UpdateAsync(Hash, request => (request.BillingMode, request.ProvisionedThroughput) = (Amazon.DynamoDBv2.BillingMode.PROVISIONED, new(5, 5))),
            "Attempt to change a resource which is still in use: Can't change table IOPS when an index is being created. Table: Hash Indexes: [byDate]");
        InUse(() => DynamoDb.DeleteTableAsync(Hash), "Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted.");
        Wait(5);
        Fails(() => CreateIndexAsync(Hash, "second"), "LimitExceededException", "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
        await DeleteIndexAsync(Hash);
    }

    [Test]
    public async Task An_index_is_being_deleted_until_its_time_is_over()
    {
        await CreateIndexAsync(Hash);
        Wait(10);
        await DeleteIndexAsync(Hash);
        Assert.That(await IndexAsync(Hash), Is.EqualTo(("DELETING", (bool?)null)));
        InUse(() => CreateIndexAsync(Hash), "Attempt to change a resource which is still in use: Index is being deleted. Table: Hash Index: byDate");
        Refuses(() => DynamoDb.ScanAsync(new ScanRequest { TableName = Hash, IndexName = "byDate" }), "The table does not have the specified index: byDate");
        Wait(10);
        Assert.That(await IndexAsync(Hash), Is.Null);
        await CreateIndexAsync(Hash);
    }

    [Test]
    public async Task The_indexes_of_a_new_table_are_created_with_it()
    {
        await DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = New,
            AttributeDefinitions = [new("p", Amazon.DynamoDBv2.ScalarAttributeType.S)],
            KeySchema = [new("p", Amazon.DynamoDBv2.KeyType.HASH)],
            GlobalSecondaryIndexes = [new() { IndexName = "byP", KeySchema = [new("p", Amazon.DynamoDBv2.KeyType.HASH)], Projection = new() { ProjectionType = Amazon.DynamoDBv2.ProjectionType.ALL } }],
            BillingMode = Amazon.DynamoDBv2.BillingMode.PAY_PER_REQUEST,
        });
        Assert.That((await IndexAsync(New))!.Value.Status, Is.EqualTo("CREATING"));
        Wait(10);
        Assert.That((await IndexAsync(New))!.Value.Status, Is.EqualTo("ACTIVE"));
    }
}
