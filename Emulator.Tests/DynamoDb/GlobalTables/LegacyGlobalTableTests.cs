using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.GlobalTables;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables.V1.html")]
[Observed("2026-10: DDB-GLOBALTABLE-001 to 004 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller")]
internal sealed class LegacyGlobalTableTests : GlobalTableFixture
{
    private const string NotSupported = "One or more parameter values were invalid: DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 (Legacy).";

    [Test]
    public async Task Nobody_makes_a_table_of_the_old_version_any_more()
    {
        Refuses(() => DynamoDb.CreateGlobalTableAsync(new CreateGlobalTableRequest { GlobalTableName = Hash, ReplicationGroup = [new() { RegionName = East }, new() { RegionName = West }] }), NotSupported);
        Refuses(() => DynamoDb.UpdateGlobalTableAsync(new UpdateGlobalTableRequest { GlobalTableName = Hash, ReplicaUpdates = [new() { Create = new() { RegionName = West } }] }), NotSupported);
        Assert.That((await DynamoDb.ListGlobalTablesAsync(new ListGlobalTablesRequest())).GlobalTables ?? [], Is.Empty);
    }

    [Test]
    public async Task A_table_of_the_new_version_is_none_of_the_old()
    {
        const string Missing = "Global table with name: 'Hash' does not exist.";
        await AddAsync(DynamoDb, Hash, West);
        Fails(() => DynamoDb.DescribeGlobalTableAsync(new DescribeGlobalTableRequest { GlobalTableName = Hash }), "GlobalTableNotFoundException", "Global table not found: " + Missing);
        Fails(() => DynamoDb.DescribeGlobalTableSettingsAsync(new DescribeGlobalTableSettingsRequest { GlobalTableName = Hash }), "GlobalTableNotFoundException", Missing);
        Fails(() => DynamoDb.UpdateGlobalTableSettingsAsync(new UpdateGlobalTableSettingsRequest { GlobalTableName = Hash, GlobalTableBillingMode = BillingMode.PAY_PER_REQUEST }), "GlobalTableNotFoundException", Missing);
        Fails(() => DynamoDb.UpdateGlobalTableAsync(new UpdateGlobalTableRequest { GlobalTableName = Hash, ReplicaUpdates = [new() { Delete = new() { RegionName = West } }] }), "GlobalTableNotFoundException", Missing);
    }

    [TestCase("a/b")]
    public void Names_are_checked_first(string name) =>
        Refuses(() => DynamoDb.DescribeGlobalTableAsync(new DescribeGlobalTableRequest { GlobalTableName = name }),
            "1 validation error detected: Value 'a/b' at 'globalTableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
}
