using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

internal sealed class RestartTests
{
    [Test]
    public async Task What_was_put_before_a_restart_scales_after_it()
    {
        using var folder = new TemporaryFolder();
        await using (var aws = await StartAsync(folder))
        {
            using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
            using var autoScaling = new AutoScalingClient(aws);
            await dynamoDb.CreateTableAsync(new CreateTableRequest("Orders", [new("id", KeyType.HASH)], [new("id", ScalarAttributeType.S)], new(50, 50)));
            foreach (var kind in new[] { "Read", "Write" })
            {
                await autoScaling.CallAsync("RegisterScalableTarget", Target(kind, ("MinCapacity", 5), ("MaxCapacity", 100)));
            }
            await autoScaling.CallAsync("PutScheduledAction", Target("Read", ("ScheduledActionName", "down"), ("Schedule", "rate(10 minutes)"), ("ScalableTargetAction", new JsonObject { ["MaxCapacity"] = 7 })));
            await autoScaling.CallAsync("PutScalingPolicy", Target("Write", ("PolicyName", "writes"), ("PolicyType", "TargetTrackingScaling"), ("TargetTrackingScalingPolicyConfiguration", new JsonObject
            {
                ["TargetValue"] = 70,
                ["PredefinedMetricSpecification"] = new JsonObject { ["PredefinedMetricType"] = "DynamoDBWriteCapacityUtilization" },
            })));
        }
        await using (var aws = await StartAsync(folder))
        {
            aws.Clock.Advance(TimeSpan.FromMinutes(17));
            using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
            var throughput = (await dynamoDb.DescribeTableAsync("Orders")).Table.ProvisionedThroughput;
            Assert.That((throughput.ReadCapacityUnits, throughput.WriteCapacityUnits), Is.EqualTo((7, 5)));
        }
    }

    [Test]
    public async Task What_was_due_while_no_host_was_up_is_done_once_at_the_start()
    {
        using var folder = new TemporaryFolder();
        await using (var aws = await StartAsync(folder))
        {
            using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
            using var autoScaling = new AutoScalingClient(aws);
            await dynamoDb.CreateTableAsync(new CreateTableRequest("Orders", [new("id", KeyType.HASH)], [new("id", ScalarAttributeType.S)], new(50, 50)));
            await autoScaling.CallAsync("RegisterScalableTarget", Target("Read", ("MinCapacity", 5), ("MaxCapacity", 100)));
            // The clock of the next host stands a day behind this one's.
            aws.Clock.Set(aws.Clock.GetUtcNow().AddDays(-1));
            await autoScaling.CallAsync("PutScheduledAction", Target("Read", ("ScheduledActionName", "down"), ("Schedule", "rate(1 minute)"), ("ScalableTargetAction", new JsonObject { ["MaxCapacity"] = 7 })));
        }
        await using (var aws = await StartAsync(folder))
        {
            aws.Clock.Freeze();
            aws.Clock.Advance(TimeSpan.FromSeconds(1));
            using var autoScaling = new AutoScalingClient(aws);
            var activities = (await autoScaling.CallAsync("DescribeScalingActivities", new() { ["ServiceNamespace"] = "dynamodb" }))["ScalingActivities"]!.AsArray();
            Assert.That(activities.Select(activity => (string)activity!["Description"]!), Is.EqualTo(new[] { "Setting read capacity units to 7.", "Setting max capacity to 7" }));
        }
    }

    private static async Task<AwsEmulator> StartAsync(TemporaryFolder folder) => await AwsEmulator.StartAsync(options => options.DataFolder = folder["data"]);

    private static JsonObject Target(string kind, params (string Name, JsonNode? Value)[] members)
    {
        var input = new JsonObject { ["ServiceNamespace"] = "dynamodb", ["ResourceId"] = "table/Orders", ["ScalableDimension"] = $"dynamodb:table:{kind}CapacityUnits" };
        foreach (var (name, value) in members) input[name] = value;
        return input;
    }
}
