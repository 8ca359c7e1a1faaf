using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Statuses;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html")]
[Observed("2026-10: DDB-TABLE-116, 163, 234, 442, 444, 446 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller")]
internal sealed class TableStatusTests : StatusFixture
{
    private const string NotFound = "Requested resource not found: Table: New not found";

    [Test]
    public async Task A_table_is_being_created_until_its_time_is_over()
    {
        Assert.That((await CreateNewAsync()).TableDescription.TableStatus.Value, Is.EqualTo("CREATING"));
        Wait(9);
        Assert.That(await StatusAsync(New), Is.EqualTo("CREATING"));
        Wait(1);
        Assert.That(await StatusAsync(New), Is.EqualTo("ACTIVE"));
        await PutAsync(New, ("p", S("1")));
    }

    [Test]
    public async Task Items_of_a_table_that_is_being_created_are_not_found()
    {
        await CreateNewAsync();
        Fails(() => PutAsync(New, ("p", S("1"))), "ResourceNotFoundException", "Requested resource not found");
        Fails(() => DynamoDb.ScanAsync(new ScanRequest { TableName = New }), "ResourceNotFoundException", "Requested resource not found");
        Fails(() => DynamoDb.TransactGetItemsAsync(new TransactGetItemsRequest { TransactItems = [new() { Get = new() { TableName = New, Key = Item(("p", S("1"))) } }] }), "ResourceNotFoundException", "Requested resource not found");
    }

    [Test]
    public async Task A_table_that_is_being_created_is_in_use()
    {
        await CreateNewAsync();
        InUse(CreateNewAsync, Creating);
        InUse(() => UpdateAsync(New, request => request.DeletionProtectionEnabled = true), Creating);
        InUse(() => DynamoDb.DeleteTableAsync(New), Creating);
        Assert.That((await DynamoDb.ListTablesAsync()).TableNames, Does.Contain(New));
    }

    [Test]
    public async Task Settings_of_a_table_that_is_being_created_are_not_found()
    {
        var arn = (await CreateNewAsync()).TableDescription.TableArn;
        Fails(() => DynamoDb.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest { TableName = New, TimeToLiveSpecification = new() { Enabled = true, AttributeName = "expires" } }), "ResourceNotFoundException", NotFound);
        Fails(() => DynamoDb.DescribeContributorInsightsAsync(new DescribeContributorInsightsRequest { TableName = New }), "ResourceNotFoundException", NotFound);
        Fails(() => DynamoDb.DescribeKinesisStreamingDestinationAsync(new DescribeKinesisStreamingDestinationRequest { TableName = New }), "ResourceNotFoundException", NotFound);
        Fails(() => DynamoDb.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = [new() { Key = "a", Value = "b" }] }), "ResourceNotFoundException", $"Requested resource not found: ResourceArn: {arn} not found");
        Fails(() => DynamoDb.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = New }), "TableNotFoundException", "Table not found: New");
        Refuses(() => DynamoDb.DescribeTimeToLiveAsync(New), "Cannot describe time to live while table is in CREATING state: Current table state is CREATING");
    }

    [Test]
    public async Task A_table_is_being_deleted_until_its_time_is_over()
    {
        await PutAsync(Hash, ("p", S("1")));
        Assert.That((await DynamoDb.DeleteTableAsync(Hash)).TableDescription.TableStatus.Value, Is.EqualTo("DELETING"));
        Wait(9);
        Assert.That(await StatusAsync(Hash), Is.EqualTo("DELETING"));
        Assert.That((await DynamoDb.ListTablesAsync()).TableNames, Is.EqualTo(new[] { Hash, Range }));
        Fails(() => GetAsync(Hash, ("p", S("1"))), "ResourceNotFoundException", "Requested resource not found");
        Refuses(() => DynamoDb.DescribeTimeToLiveAsync(Hash), "Cannot describe time to live while table is in DELETING state: Current table state is DELETING");

        Wait(1);
        Fails(() => DynamoDb.DescribeTableAsync(Hash), "ResourceNotFoundException", "Requested resource not found: Table: Hash not found");
        Assert.That((await DynamoDb.ListTablesAsync()).TableNames, Is.EqualTo(new[] { Range }));
    }

    [Test]
    public async Task The_name_of_a_table_that_is_being_deleted_is_taken()
    {
        const string Deleting = "Attempt to change a resource which is still in use: Table is being deleted: Hash";
        await PutAsync(Hash, ("p", S("1")));
        await DynamoDb.DeleteTableAsync(Hash);
        InUse(() => CreateAsync(Hash, ("p", ScalarAttributeType.S)), "Table already exists: Hash");
        InUse(() => DynamoDb.DeleteTableAsync(Hash), Deleting);
        InUse(() => UpdateAsync(Hash, request => request.DeletionProtectionEnabled = true), Deleting);

        Wait(10);
        await CreateAsync(Hash, ("p", ScalarAttributeType.S));
        Wait(10);
        Assert.That((await DynamoDb.ScanAsync(new ScanRequest { TableName = Hash })).Count, Is.Zero);
    }

    [Test]
    public async Task A_table_is_updated_with_its_old_units_until_the_time_is_over()
    {
        await UpdateAsync(Hash, request => (request.BillingMode, request.ProvisionedThroughput) = (BillingMode.PROVISIONED, new(5, 5)));
        Wait(10);
        await UpdateAsync(Hash, request => request.ProvisionedThroughput = new(7, 8));
        var table = await DescribeAsync(Hash);
        Assert.That((table.TableStatus.Value, table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits), Is.EqualTo(("UPDATING", (long?)5, (long?)5)));
        await PutAsync(Hash, ("p", S("1")));

        Wait(10);
        table = await DescribeAsync(Hash);
        Assert.That((table.TableStatus.Value, table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits), Is.EqualTo(("ACTIVE", (long?)7, (long?)8)));
    }

    [Test]
    public async Task While_units_change_neither_they_nor_the_stream_can_be_changed()
    {
        await UpdateAsync(Hash, request => (request.BillingMode, request.ProvisionedThroughput) = (BillingMode.PROVISIONED, new(5, 5)));
        InUse(() => UpdateAsync(Hash, request => request.ProvisionedThroughput = new(6, 6)), "Attempt to change a resource which is still in use: Table IOPS are currently being updated. Table: Hash");
        InUse(() => UpdateAsync(Hash, request => request.StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY }), "Attempt to change a resource which is still in use: Can't enable or disable stream while table IOPS are being updated. Table: Hash");
        InUse(() => DynamoDb.DeleteTableAsync(Hash), "Attempt to change a resource which is still in use: Table: Hash is in the process of being updated.");
        InUse(() => UpdateAsync(Hash, request => request.DeletionProtectionEnabled = true), "Table needs to be in ACTIVE status to modify deletion protection setting.");
    }

    [Test]
    public async Task While_a_stream_is_enabled_units_and_table_stay()
    {
        await UpdateAsync(Hash, request => request.StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY });
        var label = (await DescribeAsync(Hash)).LatestStreamLabel;
        InUse(() => UpdateAsync(Hash, request => (request.BillingMode, request.ProvisionedThroughput) = (BillingMode.PROVISIONED, new(5, 5))),
            $"Attempt to change a resource which is still in use: Can't change table IOPS when stream status is being updated. Table: Hash Stream: {label} Operation: ENABLE");
        InUse(() => UpdateAsync(Hash, request => request.StreamSpecification = new() { StreamEnabled = false }),
            $"Attempt to change a resource which is still in use: A stream status change is currently in progress. Table: Hash Stream: {label} Operation: ENABLE");
        InUse(() => DynamoDb.DeleteTableAsync(Hash), "Attempt to change a resource which is still in use: Cannot delete table while stream is being enabled/disabled.");
    }

    [Test]
    public async Task While_a_class_changes_it_stays() =>
        InUse(await AfterAsync(UpdateAsync(Hash, request => request.TableClass = TableClass.STANDARD_INFREQUENT_ACCESS), () => UpdateAsync(Hash, request => request.TableClass = TableClass.STANDARD)),
            "Attempt to change a resource which is still in use: Can't update table class when a table class update is in progress. Table: Hash TableClassUpdateInProgress: STANDARD_INFREQUENT_ACCESS");

    [Test]
    public async Task What_takes_no_time_leaves_a_table_active()
    {
        await UpdateAsync(Hash, request => request.DeletionProtectionEnabled = true);
        Assert.That(await StatusAsync(Hash), Is.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task A_replica_is_being_created_while_the_table_is_updated()
    {
        using var west = Aws.CreateClient<AmazonDynamoDBClient>(config => (config.RegionEndpoint, config.MaxErrorRetry) = (Amazon.RegionEndpoint.USWest2, 0));
        await UpdateAsync(Hash, request => request.ReplicaUpdates = [new() { Create = new() { RegionName = "us-west-2" } }]);
        var table = await DescribeAsync(Hash);
        Assert.That((table.TableStatus.Value, table.Replicas.Single().ReplicaStatus.Value), Is.EqualTo(("UPDATING", "CREATING")));
        Assert.That((await west.DescribeTableAsync(Hash)).Table.TableStatus.Value, Is.EqualTo("CREATING"));
        Fails(() => west.GetItemAsync(Hash, Item(("p", S("1")))), "ResourceNotFoundException", "Requested resource not found");
        InUse(() => UpdateAsync(Hash, request => request.ReplicaUpdates = [new() { Create = new() { RegionName = "eu-west-1" } }]), "The resource which you are attempting to change is in use.");

        Wait(10);
        table = await DescribeAsync(Hash);
        Assert.That((table.TableStatus.Value, table.Replicas.Single().ReplicaStatus.Value), Is.EqualTo(("ACTIVE", "ACTIVE")));
        await west.PutItemAsync(Hash, Item(("p", S("1"))));
    }

    private static async Task<Func<Task>> AfterAsync(Task first, Func<Task> request)
    {
        await first;
        return request;
    }
}
