using Amazon.DynamoDBv2;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Statuses;

internal sealed class DeclaredStatusTests
{
    [Test]
    public async Task What_is_declared_is_ready_at_once()
    {
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions
        {
            Configuration = "dynamodb: { statuses: 10s, tables: { Notes: { partitionKey: id, replicas: [us-west-2, eu-west-1], items: [{ id: a }] } } }",
        });
        using var west = aws.CreateClient<AmazonDynamoDBClient>(config => config.RegionEndpoint = Amazon.RegionEndpoint.USWest2);
        var table = (await west.DescribeTableAsync("Notes")).Table;
        Assert.That((table.TableStatus.Value, table.Replicas.Select(replica => replica.ReplicaStatus.Value)), Is.EqualTo(("ACTIVE", (string[])["ACTIVE", "ACTIVE"])));
        Assert.That((await west.GetItemAsync("Notes", new() { ["id"] = new("a") })).IsItemSet, Is.True);
    }
}
