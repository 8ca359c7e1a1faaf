using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.GlobalTables;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicationGroupUpdate.html")]
[Observed("2026-10: DDB-TABLE-048, 203, 222 to 225, 250, 265 to 267, 294, 297, 307, 309, 313, 442 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller")]
internal sealed class ReplicaRulesTests : GlobalTableFixture
{
    private const string NoAction = "There are no actions specified in the Replica Update Action of the request.";

    [Test]
    public void Each_update_has_one_action()
    {
        Refuses(() => UpdateAsync(DynamoDb, Hash, new ReplicationGroupUpdate()), NoAction);
        Refuses(() => ChangeAsync(DynamoDb, Hash, new() { RegionName = West }), NoAction);
        Refuses(() => UpdateAsync(DynamoDb, Hash, new ReplicationGroupUpdate { Create = new() { RegionName = West }, Delete = new() { RegionName = Ireland } }), "Update table operation with more than one type of replica actions not allowed.");
    }

    [Test]
    public async Task One_replica_a_request_is_created_or_deleted()
    {
        Refuses(() => UpdateAsync(DynamoDb, Hash, new ReplicationGroupUpdate { Create = new() { RegionName = West } }, new ReplicationGroupUpdate { Create = new() { RegionName = Ireland } }),
            "Update table operation with more than one create or delete replica actions not allowed");
        await UpdateAsync(DynamoDb, Hash, new ReplicationGroupUpdate { Create = new() { RegionName = West } }, new ReplicationGroupUpdate { Create = new() { RegionName = West } });
        Assert.That(await RegionsAsync(DynamoDb, Hash), Is.EqualTo(new[] { West }), "the same twice is once");
    }

    [Test]
    public void Replicas_are_changed_in_a_request_of_their_own() =>
        Refuses(() => DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, DeletionProtectionEnabled = true, ReplicaUpdates = [new() { Create = new() { RegionName = West } }] }),
            "One or more parameter values were invalid: Replica modification must be the only operation in the request");

    [Test]
    public async Task A_replica_is_created_where_there_is_no_table_of_its_name()
    {
        const string Exists = "Failed to create a the new replica of table with name: ‘Hash’ because one or more replicas already existed as tables.";
        await AddAsync(DynamoDb, Hash, West);
        Refuses(() => AddAsync(DynamoDb, Hash, West), Exists);
        await InIreland.CreateTableAsync(new CreateTableRequest { TableName = Hash, AttributeDefinitions = [new("p", ScalarAttributeType.S)], KeySchema = [new("p", KeyType.HASH)], BillingMode = BillingMode.PAY_PER_REQUEST });
        Refuses(() => AddAsync(DynamoDb, Hash, Ireland), Exists);
    }

    [Test]
    public void Only_replicas_are_changed_and_deleted()
    {
        const string NotPart = "Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [us-west-2].";
        Refuses(() => RemoveAsync(DynamoDb, Hash, West), NotPart);
        Refuses(() => ChangeAsync(DynamoDb, Hash, new() { RegionName = West, TableClassOverride = TableClass.STANDARD }), NotPart);
    }

    [Test]
    public void The_local_region_is_none_of_a_replica()
    {
        const string Local = "Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.";
        Refuses(() => AddAsync(DynamoDb, Hash, East), Local);
        Refuses(() => RemoveAsync(DynamoDb, Hash, East), Local);
    }

    [TestCase("us-fake-1")]
    [TestCase("EU-WEST-1")]
    public void A_region_must_be_one(string region) =>
        Assert.That(Assert.CatchAsync<AmazonDynamoDBException>(() => AddAsync(DynamoDb, Hash, region))!.Message,
            Does.StartWith($"Region {region} is not supported. The latest version of global tables are only supported in the following regions: [ap-south-2, ap-south-1, eu-south-1, eu-south-2, me-ce"));

    [Test]
    public async Task The_stream_of_a_replica_stays()
    {
        await AddAsync(DynamoDb, Hash, West);
        foreach (var region in new[] { DynamoDb, InWest })
        {
            Refuses(() => region.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, StreamSpecification = new() { StreamEnabled = false } }), "One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.");
            Refuses(() => region.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY } }), "Table already has an enabled stream: TableName: Hash");
        }
        await RemoveAsync(DynamoDb, Hash, West);
        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, StreamSpecification = new() { StreamEnabled = false } });
    }

    [Test]
    public async Task A_region_from_which_another_was_added_within_a_day_cannot_be_deleted_before_that()
    {
        const string Source = "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.";
        await AddAsync(DynamoDb, Hash, West);
        await AddAsync(InWest, Hash, Ireland);
        Refuses(() => DynamoDb.DeleteTableAsync(Hash), Source);
        Refuses(() => RemoveAsync(DynamoDb, Hash, West), Source);
        Refuses(() => InWest.DeleteTableAsync(Hash), Source);

        await RemoveAsync(DynamoDb, Hash, Ireland);
        await InWest.DeleteTableAsync(Hash);
        await DynamoDb.DeleteTableAsync(Hash);
    }

    [Test]
    public async Task A_replica_that_is_protected_is_not_deleted()
    {
        const string Protected = "Cannot delete table Hash in region us-west-2 because it has deletion protection enabled. Disable deletion protection first.";
        await AddAsync(DynamoDb, Hash, West);
        await InWest.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, DeletionProtectionEnabled = true });
        Refuses(() => RemoveAsync(DynamoDb, Hash, West), Protected);
        Refuses(() => InWest.DeleteTableAsync(Hash), Protected);
        Assert.That((await DescribeAsync(DynamoDb, Hash)).DeletionProtectionEnabled, Is.False);
    }

    [Test]
    public async Task A_table_whose_key_AWS_owns_has_replicas_without_keys()
    {
        const string Required = "One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica.";
        Refuses(() => AddAsync(DynamoDb, Hash, West, create => create.KMSMasterKeyId = "alias/aws/dynamodb"), Required);
        await AddAsync(DynamoDb, Hash, West);
        Refuses(() => ChangeAsync(DynamoDb, Hash, new() { RegionName = West, KMSMasterKeyId = "alias/aws/dynamodb" }), Required);
    }

    [Test]
    public async Task A_table_with_a_key_of_the_customer_has_replicas_with_such_keys_of_their_regions()
    {
        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, SSESpecification = new() { Enabled = true, SSEType = SSEType.KMS, KMSMasterKeyId = "134f2428-cec1-4b25-a1ae-9048164dba47" } });
        Refuses(() => AddAsync(DynamoDb, Hash, West), "One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica.");
        Refuses(() => AddAsync(DynamoDb, Hash, West, create => create.KMSMasterKeyId = "alias/aws/dynamodb"), "One or more parameter values were invalid: All replica keys must either be Customer Managed CMK or AWS Managed CMK.");
        await AddAsync(DynamoDb, Hash, West, create => create.KMSMasterKeyId = "234f2428-cec1-4b25-a1ae-9048164dba47");
        Assert.That((await DescribeAsync(DynamoDb, Hash)).Replicas.Single().KMSMasterKeyId, Is.EqualTo("arn:aws:kms:us-west-2:000000000000:key/234f2428-cec1-4b25-a1ae-9048164dba47"));
        Assert.That((await DescribeAsync(InWest, Hash)).Replicas.Single().KMSMasterKeyId, Is.EqualTo("arn:aws:kms:us-east-1:000000000000:key/134f2428-cec1-4b25-a1ae-9048164dba47"));
    }

    [Test]
    public async Task Overrides_are_of_the_kind_of_the_billing_mode()
    {
        await AddAsync(DynamoDb, Hash, West);
        Refuses(() => ChangeAsync(DynamoDb, Hash, new() { RegionName = West, ProvisionedThroughputOverride = new() { ReadCapacityUnits = 5 } }),
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    }

    [TestCase("ENABLED")]
    [TestCase("DISABLED")]
    public async Task How_settings_are_replicated_can_be_said_of_a_regional_table(string mode)
    {
        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, GlobalTableSettingsReplicationMode = mode });
        Assert.That((await DescribeAsync(DynamoDb, Hash)).GlobalTableSettingsReplicationMode.Value, Is.EqualTo(mode));
    }

    [Test]
    public void Overrides_cannot_be_said_of_a_regional_table() =>
        Refuses(() => DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, GlobalTableSettingsReplicationMode = GlobalTableSettingsReplicationMode.ENABLED_WITH_OVERRIDES }),
            "Value 'ENABLED_WITH_OVERRIDES' at 'GlobalTableSettingsReplicationMode' failed to satisfy constraint: Only ENABLED and DISABLED settings replication are supported for a Regional Table.");

    [Test]
    public void Strong_consistency_is_refused_by_name() =>
        Fails(() => DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, MultiRegionConsistency = MultiRegionConsistency.STRONG, ReplicaUpdates = [new() { Create = new() { RegionName = West } }] }),
            "NotImplemented", "The emulator does not implement the parameter MultiRegionConsistency of UpdateTable.");
}
