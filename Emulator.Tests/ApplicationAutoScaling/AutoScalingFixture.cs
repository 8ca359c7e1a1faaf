using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Emulator.Tests.Clients;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

/// <summary>An emulator that enforces capacity, its clock frozen, with a table <c>Orders</c> of 5 read and 5 write units and an index <c>byDate</c> of as many.</summary>
internal abstract class AutoScalingFixture
{
    protected const string Table = "table/Orders";
    protected const string Index = "table/Orders/index/byDate";
    protected const string Writes = "dynamodb:table:WriteCapacityUnits";
    protected const string Reads = "dynamodb:table:ReadCapacityUnits";

    protected static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected AwsEmulator Aws { get; private set; } = null!;

    protected AmazonDynamoDBClient DynamoDb { get; private set; } = null!;

    protected AutoScalingClient AutoScaling { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = "dynamodb: { capacity: enforce }" });
        Aws.Clock.Freeze();
        Aws.Clock.Set(Start);
        DynamoDb = Aws.CreateClient<AmazonDynamoDBClient>(config => config.MaxErrorRetry = 0);
        AutoScaling = new(Aws);
        await DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Orders",
            AttributeDefinitions = [new("id", ScalarAttributeType.S), new("date", ScalarAttributeType.S)],
            KeySchema = [new("id", KeyType.HASH)],
            ProvisionedThroughput = new(5, 5),
            GlobalSecondaryIndexes =
            [
                new() { IndexName = "byDate", KeySchema = [new("date", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY }, ProvisionedThroughput = new(5, 5) },
            ],
        });
    }

    [TearDown]
    public async Task StopAsync()
    {
        AutoScaling.Dispose();
        DynamoDb.Dispose();
        await Aws.DisposeAsync();
    }

    /// <summary>The members that name a target.</summary>
    protected static JsonObject Target(string dimension = Writes, string resource = Table) => new() { ["ServiceNamespace"] = "dynamodb", ["ResourceId"] = resource, ["ScalableDimension"] = dimension };

    protected static JsonObject With(JsonObject input, params (string Name, JsonNode? Value)[] members)
    {
        foreach (var (name, value) in members) input[name] = value;
        return input;
    }

    protected Task<JsonNode> RegisterAsync(int min, int max, string dimension = Writes, string resource = Table) =>
        AutoScaling.CallAsync("RegisterScalableTarget", With(Target(dimension, resource), ("MinCapacity", min), ("MaxCapacity", max)));

    protected Task<JsonNode> PutPolicyAsync(double target, params (string Name, JsonNode? Value)[] settings) =>
        AutoScaling.CallAsync("PutScalingPolicy", With(Target(), ("PolicyName", "writes"), ("PolicyType", "TargetTrackingScaling"), ("TargetTrackingScalingPolicyConfiguration", Tracking(target, settings))));

    protected static JsonObject Tracking(double target, params (string Name, JsonNode? Value)[] settings) =>
        With(new() { ["TargetValue"] = target, ["PredefinedMetricSpecification"] = new JsonObject { ["PredefinedMetricType"] = "DynamoDBWriteCapacityUtilization" } }, settings);

    protected async Task<JsonArray> ActivitiesAsync(bool notScaled = false) =>
        (await AutoScaling.CallAsync("DescribeScalingActivities", new() { ["ServiceNamespace"] = "dynamodb", ["IncludeNotScaledActivities"] = notScaled }))["ScalingActivities"]!.AsArray();

    protected async Task<long> WriteUnitsAsync() => (await DynamoDb.DescribeTableAsync("Orders")).Table.ProvisionedThroughput.WriteCapacityUnits!.Value;

    /// <summary>Writes so many units, each item a hundred.</summary>
    protected async Task WriteAsync(int hundreds)
    {
        for (var i = 0; i < hundreds; i++) await PutAsync();
    }

    protected Task PutAsync() => DynamoDb.PutItemAsync("Orders", new() { ["id"] = new("1"), ["text"] = new(new string('x', (100 * 1024) - 20)) });

    protected static async Task FailsAsync(Task<JsonNode> call, string code, string message)
    {
        var error = Assert.CatchAsync<AwsJsonError>(() => call)!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Is.EqualTo(message));
            Assert.That(error.Code, Is.EqualTo(code));
        });
        await Task.CompletedTask;
    }
}
