using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Emulator.Tests.ApplicationAutoScaling;
using Emulator.Tests.DynamoDb.GlobalTables;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.ReplicaScaling;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTableReplicaAutoScaling.html")]
[Observed("2026-10: DDB-TABLE-187 to 195, 232, 238, 240, 242, 253 to 255, 288 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller")]
internal sealed class ReplicaScalingTests : GlobalTableFixture
{
    private const string Orders = "Orders";
    private const string Failed = "Failed to update settings for global table with name: ‘Orders’";

    private AutoScalingClient _scaling = null!;

    [SetUp]
    public Task OpenAsync()
    {
        _scaling = new(Aws);
        return DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = Orders,
            AttributeDefinitions = [new("p", ScalarAttributeType.S)],
            KeySchema = [new("p", KeyType.HASH)],
            ProvisionedThroughput = new(5, 5),
        });
    }

    [TearDown]
    public void Close() => _scaling.Dispose();

    [Test]
    public async Task A_provisioned_table_needs_scaling_of_its_writes_to_have_replicas()
    {
        const string Needed = "Table write capacity should either be Pay-Per-Request or AutoScaled.";
        Refuses(() => AddAsync(DynamoDb, Orders, West), Needed);
        await RegisterAsync();
        Refuses(() => AddAsync(DynamoDb, Orders, West), Needed);
        await PutPolicyAsync();
        await AddAsync(DynamoDb, Orders, West);
        Assert.That(Writes(await DescribeScalingAsync(), West).ScalingPolicies.Single().PolicyName, Is.EqualTo("mine"), "the replica has it from the table");
    }

    [Test]
    public void A_regional_table_is_none_that_is_known()
    {
        foreach (var table in new[] { Orders, "None" })
        {
            var message = $"Global table with name: '{table}' does not exist.";
            Fails(() => DynamoDb.DescribeTableReplicaAutoScalingAsync(new DescribeTableReplicaAutoScalingRequest { TableName = table }), "ResourceNotFoundException", message);
            Fails(() => DynamoDb.UpdateTableReplicaAutoScalingAsync(new UpdateTableReplicaAutoScalingRequest { TableName = table, ProvisionedWriteCapacityAutoScalingUpdate = Scaling(1, 10, 70) }), "ResourceNotFoundException", message);
        }
    }

    [Test]
    public async Task All_regions_are_described_in_the_order_of_their_names()
    {
        await AddAsync(DynamoDb, Hash, West);
        await AddAsync(DynamoDb, Hash, Ireland);
        var table = (await DynamoDb.DescribeTableReplicaAutoScalingAsync(new DescribeTableReplicaAutoScalingRequest { TableName = Hash })).TableAutoScalingDescription;
        Assert.That(table.Replicas.Select(replica => (replica.RegionName, replica.ReplicaStatus.Value)), Is.EqualTo(new[] { (Ireland, "ACTIVE"), (East, "ACTIVE"), (West, "ACTIVE") }));
        var settings = table.Replicas[0].ReplicaProvisionedReadCapacityAutoScalingSettings;
        Assert.That((settings.AutoScalingDisabled, settings.ScalingPolicies?.Count ?? 0, settings.MinimumUnits), Is.EqualTo(((bool?)true, 0, (long?)null)));
    }

    [Test]
    public async Task Writing_is_scaled_in_all_regions_and_the_answer_tells_what_was_before()
    {
        await MakeGlobalAsync();
        var answer = await UpdateScalingAsync(request => request.ProvisionedWriteCapacityAutoScalingUpdate = Scaling(1, 12, 60));
        Assert.That((answer.TableStatus.Value, Writes(answer, East).MaximumUnits), Is.EqualTo(("UPDATING", (long?)10)));
        foreach (var region in new[] { East, West })
        {
            var settings = Writes(await DescribeScalingAsync(), region);
            Assert.Multiple(() =>
            {
                Assert.That((settings.MinimumUnits, settings.MaximumUnits, settings.AutoScalingDisabled), Is.EqualTo(((long?)1, (long?)12, (bool?)null)));
                Assert.That(settings.AutoScalingRoleArn, Does.EndWith("AWSServiceRoleForApplicationAutoScaling_DynamoDBTable"));
                Assert.That((settings.ScalingPolicies.Single().PolicyName, settings.ScalingPolicies.Single().TargetTrackingScalingPolicyConfiguration.TargetValue), Is.EqualTo(("DynamoDBWriteCapacityUtilization:table/Orders", (double?)60)));
            });
        }
    }

    [Test]
    public async Task Reading_is_scaled_in_one_region_at_once()
    {
        await MakeGlobalAsync();
        await UpdateScalingAsync(request => request.ReplicaUpdates = [new() { RegionName = West, ReplicaProvisionedReadCapacityAutoScalingUpdate = Scaling(8, 20, 70) }]);
        Assert.That((await DescribeAsync(InWest, Orders)).ProvisionedThroughput.ReadCapacityUnits, Is.EqualTo(8));
        var table = await DescribeAsync(DynamoDb, Orders);
        Assert.That((table.ProvisionedThroughput.ReadCapacityUnits, table.Replicas.Single().ProvisionedThroughputOverride.ReadCapacityUnits), Is.EqualTo(((long?)5, (long?)8)));
    }

    [Test]
    public async Task Scaling_is_taken_away_by_disabling_it()
    {
        await MakeGlobalAsync();
        await UpdateScalingAsync(request => request.ReplicaUpdates = [new() { RegionName = East, ReplicaProvisionedReadCapacityAutoScalingUpdate = Scaling(5, 20, 70) }]);
        await UpdateScalingAsync(request => request.ReplicaUpdates = [new() { RegionName = East, ReplicaProvisionedReadCapacityAutoScalingUpdate = new() { AutoScalingDisabled = true } }]);
        var settings = (await DescribeScalingAsync()).Replicas.Single(replica => replica.RegionName == East).ReplicaProvisionedReadCapacityAutoScalingSettings;
        Assert.That((settings.AutoScalingDisabled, settings.MinimumUnits), Is.EqualTo(((bool?)true, (long?)null)));
    }

    [Test]
    public async Task What_is_missing_or_too_much_is_told()
    {
        await MakeGlobalAsync();
        Refuses(() => UpdateScalingAsync(_ => { }), $"{Failed} because at least one update parameter must be specified.");
        Refuses(() => UpdateScalingAsync(request => request.ReplicaUpdates = [new() { RegionName = West }]), $"{Failed} because at least one update parameter must be specified for region: ‘us-west-2’.");
        Refuses(() => ReadsAsync(West, new()), $"{Failed}: Parameters 'MaximumUnits', 'ScalingPolicyUpdate', 'MinimumUnits' are required unless auto scaling is being disabled.");
        Refuses(() => ReadsAsync(West, new() { MinimumUnits = 1, MaximumUnits = 2 }), $"{Failed}: Parameters 'ScalingPolicyUpdate' are required unless auto scaling is being disabled.");
        Refuses(() => UpdateScalingAsync(request => request.ReplicaUpdates = [Reads(West), Reads(West)]), $"{Failed} because the regions: ‘[us-west-2]’ were specified more than once.");
        Fails(() => ReadsAsync(Ireland, Scaling(1, 2, 70)), "ResourceNotFoundException", $"{Failed} because a replica does not exist in regions: ‘[eu-west-1]’.");
        Fails(() => UpdateScalingAsync(request => request.GlobalSecondaryIndexUpdates = [new() { IndexName = "none", ProvisionedWriteCapacityAutoScalingUpdate = Scaling(1, 2, 70) }]), "ResourceNotFoundException",
            $"{Failed} because the global secondary indexes with names: ‘[none]’ do not exist.");
    }

    [Test]
    public async Task What_Application_Auto_Scaling_refuses_is_told_in_its_words()
    {
        await MakeGlobalAsync();
        Assert.That(Assert.CatchAsync<AmazonDynamoDBException>(() => ReadsAsync(West, Scaling(3, 2, 70)))!.Message, Does.StartWith("Maximum capacity cannot be less than minimum capacity (Service: AWSApplicationAutoScaling; Status Code: 400; Error Code: ValidationException; Request ID: "));
        Assert.That(Assert.CatchAsync<AmazonDynamoDBException>(() => ReadsAsync(West, Scaling(1, 2, 90.1)))!.Message, Does.StartWith("For predefined metric type DynamoDBReadCapacityUtilization, target value must be between '10.0' and '90.0', but was '90.1'. (Service: "));
    }

    [Test]
    public async Task A_table_on_demand_is_not_scaled()
    {
        await AddAsync(DynamoDb, Hash, West);
        Refuses(() => DynamoDb.UpdateTableReplicaAutoScalingAsync(new UpdateTableReplicaAutoScalingRequest { TableName = Hash, ProvisionedWriteCapacityAutoScalingUpdate = Scaling(1, 10, 70) }),
            "Failed to update global table with name ‘Hash‘. Replicas 'US-EAST-1', 'US-WEST-2' BillingMode is PayPerRequest. You must convert table's BillingMode to PROVISIONED to set parameters: 'GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate'.");
    }

    private async Task MakeGlobalAsync()
    {
        await RegisterAsync();
        await PutPolicyAsync();
        await AddAsync(DynamoDb, Orders, West);
    }

    private Task<JsonNode> RegisterAsync() => _scaling.CallAsync("RegisterScalableTarget", Target(("MinCapacity", 1), ("MaxCapacity", 10)));

    private Task<JsonNode> PutPolicyAsync() => _scaling.CallAsync("PutScalingPolicy", Target(("PolicyName", "mine"), ("PolicyType", "TargetTrackingScaling"), ("TargetTrackingScalingPolicyConfiguration", new JsonObject
    {
        ["TargetValue"] = 55,
        ["PredefinedMetricSpecification"] = new JsonObject { ["PredefinedMetricType"] = "DynamoDBWriteCapacityUtilization" },
    })));

    private static JsonObject Target(params (string Name, JsonNode Value)[] members)
    {
        var input = new JsonObject { ["ServiceNamespace"] = "dynamodb", ["ResourceId"] = "table/Orders", ["ScalableDimension"] = "dynamodb:table:WriteCapacityUnits" };
        foreach (var (name, value) in members) input[name] = value;
        return input;
    }

    private async Task<TableAutoScalingDescription> DescribeScalingAsync() =>
        (await DynamoDb.DescribeTableReplicaAutoScalingAsync(new DescribeTableReplicaAutoScalingRequest { TableName = Orders })).TableAutoScalingDescription;

    private async Task<TableAutoScalingDescription> UpdateScalingAsync(Action<UpdateTableReplicaAutoScalingRequest> change)
    {
        var request = new UpdateTableReplicaAutoScalingRequest { TableName = Orders };
        change(request);
        return (await DynamoDb.UpdateTableReplicaAutoScalingAsync(request)).TableAutoScalingDescription;
    }

    private Task<TableAutoScalingDescription> ReadsAsync(string region, AutoScalingSettingsUpdate reads) =>
        UpdateScalingAsync(request => request.ReplicaUpdates = [new() { RegionName = region, ReplicaProvisionedReadCapacityAutoScalingUpdate = reads }]);

    private static ReplicaAutoScalingUpdate Reads(string region) => new() { RegionName = region, ReplicaProvisionedReadCapacityAutoScalingUpdate = Scaling(1, 2, 70) };

    private static AutoScalingSettingsUpdate Scaling(int min, int max, double target) => new()
    {
        MinimumUnits = min,
        MaximumUnits = max,
        ScalingPolicyUpdate = new() { TargetTrackingScalingPolicyConfiguration = new() { TargetValue = target } },
    };

    private static AutoScalingSettingsDescription Writes(TableAutoScalingDescription table, string region) => table.Replicas.Single(replica => replica.RegionName == region).ReplicaProvisionedWriteCapacityAutoScalingSettings;
}
