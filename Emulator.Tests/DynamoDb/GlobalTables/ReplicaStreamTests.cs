using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Emulator.Tests.DynamoDb.Streams;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.GlobalTables;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html")]
internal sealed class ReplicaStreamTests : GlobalTableFixture
{
    [Test]
    public async Task A_change_stands_in_the_stream_of_each_region()
    {
        await AddAsync(DynamoDb, Hash, West);
        await InWest.PutItemAsync(Hash, Item(("p", S("1"))));
        foreach (var region in new[] { East, West })
        {
            var record = (await RecordsAsync(region)).Single();
            Assert.That(((string)record["eventName"]!, (string)record["awsRegion"]!, (string)record["dynamodb"]!["Keys"]!["p"]!["S"]!), Is.EqualTo(("INSERT", region, "1")));
        }
    }

    [Test]
    public async Task Who_deleted_an_item_that_had_expired_is_told_in_one_region_only()
    {
        await AddAsync(DynamoDb, Hash, West);
        await DynamoDb.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest { TableName = Hash, TimeToLiveSpecification = new() { Enabled = true, AttributeName = "expires" } });
        await PutAsync(Hash, ("p", S("1")), ("expires", N($"{Start.AddMinutes(1).ToUnixTimeSeconds()}")));
        Aws.Clock.Advance(TimeSpan.FromMinutes(2));

        var (east, west) = ((await RecordsAsync(East))[^1], (await RecordsAsync(West))[^1]);
        Assert.That(((string)east["eventName"]!, (string)west["eventName"]!), Is.EqualTo(("REMOVE", "REMOVE")));
        Assert.That((east["userIdentity"] is null, west["userIdentity"] is null), Is.EqualTo((false, true)));
    }

    [Test]
    [Observed("2025-10, test_streams_on_global_tables of localstack/localstack tests/aws/services/dynamodb")]
    public async Task Each_region_lists_the_stream_of_its_replica()
    {
        await AddAsync(DynamoDb, Hash, West);
        foreach (var region in new[] { East, West })
        {
            using var streams = Streams(region);
            var stream = (await streams.ListStreamsAsync()).Streams.Single();
            Assert.That(stream.StreamArn, Is.EqualTo($"arn:aws:dynamodb:{region}:000000000000:table/Hash/stream/{stream.StreamLabel}"));
        }
    }

    private async Task<List<JsonNode>> RecordsAsync(string region)
    {
        using var streams = Streams(region);
        var records = new List<JsonNode>();
        var stream = (await streams.ListStreamsAsync()).Streams.Single().StreamArn;
        foreach (var shard in (await streams.DescribeStreamAsync(stream)).Shards)
        {
            records.AddRange((await streams.GetRecordsAsync(await streams.GetShardIteratorAsync(stream, shard.ShardId, "TRIM_HORIZON"))).Records);
        }
        return records;
    }

    private StreamsClient Streams(string region) => new(Aws, $"https://streams.dynamodb.{region}.amazonaws.com/", region);
}
