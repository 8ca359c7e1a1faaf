using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.GlobalTables;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html")]
[Observed("2026-10: DDB-TABLE-201, 204, 221, 226, 229, 231, 265, 305 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller")]
internal sealed class ReplicaTests : GlobalTableFixture
{
    [Test]
    public async Task What_is_written_in_one_region_is_read_in_the_others()
    {
        await PutAsync(Hash, ("p", S("before")));
        await AddAsync(DynamoDb, Hash, West);
        await AddAsync(InWest, Hash, Ireland);
        await InIreland.PutItemAsync(Hash, Item(("p", S("from Ireland"))));
        await InWest.DeleteItemAsync(Hash, Item(("p", S("before"))));
        foreach (var region in new[] { DynamoDb, InWest, InIreland })
        {
            var items = (await region.ScanAsync(new ScanRequest { TableName = Hash })).Items;
            Assert.That(items.Select(item => item["p"].S), Is.EqualTo(new[] { "from Ireland" }));
            Assert.That((await DescribeAsync(region, Hash)).ItemCount, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_regional_table_says_nothing_of_replicas()
    {
        var table = await DescribeAsync(DynamoDb, Hash);
        Assert.That((table.GlobalTableVersion, table.Replicas?.Count ?? 0, table.GlobalTableSettingsReplicationMode, table.MultiRegionConsistency), Is.EqualTo(((string?)null, 0, (GlobalTableSettingsReplicationMode?)null, (MultiRegionConsistency?)null)));
    }

    [Test]
    public async Task The_answer_tells_the_replicas_as_they_were_and_the_next_description_as_they_are()
    {
        var added = (await AddAsync(DynamoDb, Hash, West)).TableDescription;
        Assert.That((added.TableStatus.Value, added.GlobalTableVersion, added.Replicas?.Count ?? 0, added.StreamSpecification.StreamViewType.Value), Is.EqualTo(("UPDATING", "2019.11.21", 0, "NEW_AND_OLD_IMAGES")));

        var table = await DescribeAsync(DynamoDb, Hash);
        var replica = table.Replicas.Single();
        Assert.Multiple(() =>
        {
            Assert.That((table.TableStatus.Value, table.GlobalTableVersion, table.GlobalTableSettingsReplicationMode.Value), Is.EqualTo(("ACTIVE", "2019.11.21", "ENABLED_WITH_OVERRIDES")));
            Assert.That((replica.RegionName, replica.ReplicaStatus.Value, replica.GlobalTableSettingsReplicationMode.Value), Is.EqualTo((West, "ACTIVE", "ENABLED_WITH_OVERRIDES")));
            Assert.That((replica.WarmThroughput.ReadUnitsPerSecond, replica.WarmThroughput.WriteUnitsPerSecond), Is.EqualTo(((long?)12000, (long?)4000)));
            Assert.That((replica.KMSMasterKeyId, replica.ProvisionedThroughputOverride, replica.OnDemandThroughputOverride, replica.ReplicaTableClassSummary), Is.EqualTo(((string?)null, (ProvisionedThroughputOverride?)null, (OnDemandThroughputOverride?)null, (TableClassSummary?)null)));
        });

        var removed = (await RemoveAsync(DynamoDb, Hash, West)).TableDescription;
        Assert.That((removed.TableStatus.Value, removed.Replicas.Single().ReplicaStatus.Value), Is.EqualTo(("UPDATING", "ACTIVE")));
    }

    [Test]
    public async Task A_replica_is_a_table_of_its_own_that_lists_the_others()
    {
        await AddAsync(DynamoDb, Hash, West);
        var (first, second) = (await DescribeAsync(DynamoDb, Hash), await DescribeAsync(InWest, Hash));
        Assert.Multiple(() =>
        {
            Assert.That(second.TableArn, Is.EqualTo("arn:aws:dynamodb:us-west-2:000000000000:table/Hash"));
            Assert.That(second.TableId, Is.Not.EqualTo(first.TableId));
            Assert.That(second.LatestStreamArn, Does.StartWith("arn:aws:dynamodb:us-west-2:000000000000:table/Hash/stream/"));
            Assert.That(second.StreamSpecification.StreamViewType, Is.EqualTo(StreamViewType.NEW_AND_OLD_IMAGES));
            Assert.That(second.Replicas.Select(replica => replica.RegionName), Is.EqualTo(new[] { East }));
        });
        Assert.That((await InWest.ListTablesAsync()).TableNames, Is.EqualTo(new[] { Hash }));
    }

    [Test]
    public async Task Each_region_lists_the_others_in_the_order_in_which_they_were_added()
    {
        await AddAsync(DynamoDb, Hash, West);
        await AddAsync(InWest, Hash, Ireland);
        Assert.Multiple(async () =>
        {
            Assert.That(await RegionsAsync(DynamoDb, Hash), Is.EqualTo(new[] { West, Ireland }));
            Assert.That(await RegionsAsync(InWest, Hash), Is.EqualTo(new[] { East, Ireland }));
            Assert.That(await RegionsAsync(InIreland, Hash), Is.EqualTo(new[] { East, West }));
        });
    }

    [Test]
    public async Task Without_its_last_replica_a_table_is_regional_again_and_keeps_items_and_stream()
    {
        await AddAsync(DynamoDb, Hash, West);
        await InWest.PutItemAsync(Hash, Item(("p", S("1"))));
        await RemoveAsync(DynamoDb, Hash, West);

        Fails(() => InWest.DescribeTableAsync(Hash), "ResourceNotFoundException", "Requested resource not found: Table: Hash not found");
        var table = await DescribeAsync(DynamoDb, Hash);
        Assert.That((table.GlobalTableVersion, table.Replicas?.Count ?? 0, table.StreamSpecification.StreamEnabled, table.ItemCount), Is.EqualTo(((string?)null, 0, (bool?)true, (long?)1)));
        Assert.That(await GetAsync(Hash, ("p", S("1"))), Is.Not.Null);
    }

    [Test]
    public async Task A_replica_survives_the_table_from_which_it_was_made_and_that_can_be_made_anew()
    {
        await PutAsync(Hash, ("p", S("1")));
        await AddAsync(DynamoDb, Hash, West);
        Aws.Clock.Advance(TimeSpan.FromHours(24));
        await DynamoDb.DeleteTableAsync(Hash);

        await InWest.PutItemAsync(Hash, Item(("p", S("2"))));
        await CreateAsync(Hash, ("p", ScalarAttributeType.S));
        Assert.Multiple(async () =>
        {
            Assert.That((await InWest.ScanAsync(new ScanRequest { TableName = Hash })).Count, Is.EqualTo(2));
            Assert.That((await DynamoDb.ScanAsync(new ScanRequest { TableName = Hash })).Count, Is.Zero);
            Assert.That(await RegionsAsync(InWest, Hash), Is.Empty);
        });

        await InWest.DeleteTableAsync(Hash);
        await InWest.CreateTableAsync(new CreateTableRequest { TableName = Hash, AttributeDefinitions = [new("p", ScalarAttributeType.S)], KeySchema = [new("p", KeyType.HASH)], BillingMode = BillingMode.PAY_PER_REQUEST });
        Assert.That((await DescribeAsync(InWest, Hash)).ItemCount, Is.Zero);
    }

    [TestCase("KEYS_ONLY")]
    [TestCase("OLD_IMAGE")]
    public async Task A_stream_that_is_enabled_is_the_replicas_too(string viewType)
    {
        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, StreamSpecification = new() { StreamEnabled = true, StreamViewType = viewType } });
        await AddAsync(DynamoDb, Hash, West);
        Assert.That((await DescribeAsync(DynamoDb, Hash)).StreamSpecification.StreamViewType.Value, Is.EqualTo(viewType));
        Assert.That((await DescribeAsync(InWest, Hash)).StreamSpecification.StreamViewType.Value, Is.EqualTo(viewType));
    }

    [Test]
    public async Task The_items_of_a_replica_with_point_in_time_recovery_are_backed_up_when_it_is_deleted()
    {
        await AddAsync(DynamoDb, Hash, West);
        await InWest.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest { TableName = Hash, PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true } });
        await PutAsync(Hash, ("p", S("1")));
        await InWest.DeleteTableAsync(Hash);
        await DynamoDb.DeleteItemAsync(Hash, Item(("p", S("1"))));

        var backup = (await InWest.ListBackupsAsync(new ListBackupsRequest { BackupType = "SYSTEM" })).BackupSummaries.Single();
        await InWest.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest { BackupArn = backup.BackupArn, TargetTableName = "Restored" });
        Assert.That((await InWest.ScanAsync(new ScanRequest { TableName = "Restored" })).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task The_past_of_a_replica_holds_what_was_written_in_other_regions()
    {
        await AddAsync(DynamoDb, Hash, West);
        await InWest.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest { TableName = Hash, PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true } });
        await PutAsync(Hash, ("p", S("1")));
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        await DynamoDb.DeleteItemAsync(Hash, Item(("p", S("1"))));
        await InWest.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest { SourceTableName = Hash, TargetTableName = "Past", RestoreDateTime = Start.UtcDateTime });
        Assert.That((await InWest.ScanAsync(new ScanRequest { TableName = "Past" })).Count, Is.EqualTo(1));
    }
}
