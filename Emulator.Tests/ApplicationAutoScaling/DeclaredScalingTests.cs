using Amazon.DynamoDBv2;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

internal sealed class DeclaredScalingTests
{
    private const string Declared = """
        dynamodb:
          capacity: enforce
          tables:
            Orders:
              partitionKey: id
              capacity: { read: 5, write: 50, autoScaling: { read: { min: 5, max: 20 }, write: { min: 2, max: 60, target: 50 } } }
        """;

    [Test]
    public async Task What_is_declared_scales_and_is_no_difference_afterwards()
    {
        var lines = new List<string>();
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Declared, Log = lines.Add });
        aws.Clock.Freeze();
        aws.Clock.Advance(TimeSpan.FromMinutes(20));
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
        Assert.That((await dynamoDb.DescribeTableAsync("Orders")).Table.ProvisionedThroughput.WriteCapacityUnits, Is.EqualTo(2));

        await aws.Host.ApplyAsync(CancellationToken.None);
        using var autoScaling = new AutoScalingClient(aws);
        var policies = await autoScaling.CallAsync("DescribeScalingPolicies", new() { ["ServiceNamespace"] = "dynamodb" });
        Assert.That(policies["ScalingPolicies"]!.AsArray().Select(policy => $"{policy!["PolicyName"]} {policy["TargetTrackingScalingPolicyConfiguration"]!["TargetValue"]}"), Is.EqualTo(new[]
        {
            "DynamoDBReadCapacityUtilization:table/Orders 70", "DynamoDBWriteCapacityUtilization:table/Orders 50",
        }));
        Assert.That(lines, Is.Empty);
    }
}
