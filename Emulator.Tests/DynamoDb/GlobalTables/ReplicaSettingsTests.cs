using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.GlobalTables;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html#V2globaltables_HowItWorks.setting-synchronization")]
[Observed("2026-10: DDB-TABLE-230, 250, 252, 294 to 297 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller")]
internal sealed class ReplicaSettingsTests : GlobalTableFixture
{
    private const string Orders = "Orders";

    [Test]
    public async Task Tags_recovery_policy_insights_and_protection_belong_to_a_region()
    {
        await AddAsync(DynamoDb, Hash, West);
        var table = await DescribeAsync(DynamoDb, Hash);
        await DynamoDb.TagResourceAsync(new TagResourceRequest { ResourceArn = table.TableArn, Tags = [new() { Key = "stage", Value = "test" }] });
        await DynamoDb.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest { TableName = Hash, PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true } });
        await DynamoDb.UpdateContributorInsightsAsync(new UpdateContributorInsightsRequest { TableName = Hash, ContributorInsightsAction = ContributorInsightsAction.ENABLE });
        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, DeletionProtectionEnabled = true });

        var replica = await DescribeAsync(InWest, Hash);
        Assert.Multiple(async () =>
        {
            Assert.That((await InWest.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = replica.TableArn })).Tags ?? [], Is.Empty);
            Assert.That((await InWest.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = Hash })).ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus.Value, Is.EqualTo("DISABLED"));
            Assert.That((await InWest.DescribeContributorInsightsAsync(new DescribeContributorInsightsRequest { TableName = Hash })).ContributorInsightsStatus.Value, Is.EqualTo("DISABLED"));
            Assert.That(replica.DeletionProtectionEnabled, Is.False);
        });
    }

    [Test]
    public async Task Time_to_live_is_that_of_all_regions_and_lives_on_with_any_of_them()
    {
        await AddAsync(DynamoDb, Hash, West);
        await InWest.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest { TableName = Hash, TimeToLiveSpecification = new() { Enabled = true, AttributeName = "expires" } });
        Assert.That((await DynamoDb.DescribeTimeToLiveAsync(Hash)).TimeToLiveDescription.AttributeName, Is.EqualTo("expires"));

        await PutAsync(Hash, ("p", S("1")), ("expires", N($"{Start.AddDays(2).ToUnixTimeSeconds()}")));
        await RemoveAsync(DynamoDb, Hash, West);
        Aws.Clock.Advance(TimeSpan.FromDays(3));
        Assert.That(await GetAsync(Hash, ("p", S("1"))), Is.Null);
    }

    [Test]
    public async Task Indexes_are_those_of_all_regions_whichever_adds_them()
    {
        await PutAsync(Hash, ("p", S("1")), ("date", S("2030")));
        await AddAsync(DynamoDb, Hash, West);
        await InWest.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = Hash,
            AttributeDefinitions = [new("date", ScalarAttributeType.S)],
            GlobalSecondaryIndexUpdates = [new() { Create = new() { IndexName = "byDate", KeySchema = [new("date", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL } } }],
        });
        var answer = await DynamoDb.QueryAsync(new QueryRequest
        {
            TableName = Hash,
            IndexName = "byDate",
            KeyConditionExpression = "#date = :date",
            ExpressionAttributeNames = new() { ["#date"] = "date" },
            ExpressionAttributeValues = new() { [":date"] = S("2030") },
        });
        Assert.That(answer.Count, Is.EqualTo(1));
        Assert.That((await DescribeAsync(DynamoDb, Hash)).Replicas.Single().GlobalSecondaryIndexes.Single().IndexName, Is.EqualTo("byDate"));

        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, GlobalSecondaryIndexUpdates = [new() { Delete = new() { IndexName = "byDate" } }] });
        Assert.That((await DescribeAsync(InWest, Hash)).GlobalSecondaryIndexes?.Count ?? 0, Is.Zero);
    }

    [Test]
    public async Task The_kind_of_encryption_is_that_of_all_regions_with_the_key_of_each()
    {
        await AddAsync(DynamoDb, Hash, West);
        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, SSESpecification = new() { Enabled = true, SSEType = SSEType.KMS } });
        var replica = await DescribeAsync(InWest, Hash);
        Assert.That(replica.SSEDescription.KMSMasterKeyArn, Does.StartWith("arn:aws:kms:us-west-2:000000000000:key/"));
        Assert.That((await DescribeAsync(DynamoDb, Hash)).Replicas.Single().KMSMasterKeyId, Is.EqualTo(replica.SSEDescription.KMSMasterKeyArn));
    }

    [Test]
    public async Task Units_are_those_of_all_regions_whichever_changes_them()
    {
        await CreateOnDemandThenProvisionAsync();
        await InWest.UpdateTableAsync(new UpdateTableRequest { TableName = Orders, ProvisionedThroughput = new(7, 20) });
        var table = await DescribeAsync(DynamoDb, Orders);
        Assert.That((table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits, table.Replicas.Single().ProvisionedThroughputOverride), Is.EqualTo(((long?)7, (long?)20, (ProvisionedThroughputOverride?)null)));

        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Orders, BillingMode = BillingMode.PAY_PER_REQUEST });
        Assert.That((await DescribeAsync(InWest, Orders)).BillingModeSummary.BillingMode, Is.EqualTo(BillingMode.PAY_PER_REQUEST));
    }

    [Test]
    public async Task Read_units_can_be_overridden_in_one_region_until_they_are_named_as_they_are_elsewhere()
    {
        await CreateOnDemandThenProvisionAsync();
        var answer = await ChangeAsync(DynamoDb, Orders, new() { RegionName = West, ProvisionedThroughputOverride = new() { ReadCapacityUnits = 10 } });
        Assert.That(answer.TableDescription.Replicas.Single().ProvisionedThroughputOverride, Is.Null, "told by the next description");
        Assert.That((await DescribeAsync(DynamoDb, Orders)).Replicas.Single().ProvisionedThroughputOverride.ReadCapacityUnits, Is.EqualTo(10));
        Assert.That((await DescribeAsync(InWest, Orders)).ProvisionedThroughput.ReadCapacityUnits, Is.EqualTo(10));

        await ChangeAsync(DynamoDb, Orders, new() { RegionName = West, ProvisionedThroughputOverride = new() { ReadCapacityUnits = 5 } });
        Assert.That((await DescribeAsync(DynamoDb, Orders)).Replicas.Single().ProvisionedThroughputOverride, Is.Null);
    }

    [Test]
    public async Task Limits_on_demand_of_reading_can_be_overridden_in_one_region()
    {
        await AddAsync(DynamoDb, Hash, West, create => create.OnDemandThroughputOverride = new() { MaxReadRequestUnits = 100 });
        Assert.That((await DescribeAsync(DynamoDb, Hash)).Replicas.Single().OnDemandThroughputOverride.MaxReadRequestUnits, Is.EqualTo(100));
        Assert.That((await DescribeAsync(InWest, Hash)).OnDemandThroughput.MaxReadRequestUnits, Is.EqualTo(100));
    }

    [Test]
    public async Task The_class_is_that_of_all_regions_but_of_one_that_names_its_own()
    {
        await AddAsync(DynamoDb, Hash, West);
        await ChangeAsync(DynamoDb, Hash, new() { RegionName = West, TableClassOverride = TableClass.STANDARD_INFREQUENT_ACCESS });
        var table = await DescribeAsync(DynamoDb, Hash);
        Assert.That((table.TableClassSummary, table.Replicas.Single().ReplicaTableClassSummary.TableClass.Value), Is.EqualTo(((TableClassSummary?)null, "STANDARD_INFREQUENT_ACCESS")));
        Assert.That((await DescribeAsync(InWest, Hash)).TableClassSummary.TableClass.Value, Is.EqualTo("STANDARD_INFREQUENT_ACCESS"));

        await AddAsync(DynamoDb, Range, West);
        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Range, TableClass = TableClass.STANDARD_INFREQUENT_ACCESS });
        Assert.That((await DescribeAsync(InWest, Range)).TableClassSummary.TableClass.Value, Is.EqualTo("STANDARD_INFREQUENT_ACCESS"));
    }

    /// <summary>A table of 5 units and its replica.</summary>
    private async Task CreateOnDemandThenProvisionAsync()
    {
        await CreateAsync(Orders, ("p", ScalarAttributeType.S));
        await AddAsync(DynamoDb, Orders, West);
        await DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Orders, BillingMode = BillingMode.PROVISIONED, ProvisionedThroughput = new(5, 5) });
        Assert.That((await DescribeAsync(InWest, Orders)).ProvisionedThroughput.ReadCapacityUnits, Is.EqualTo(5));
    }
}
