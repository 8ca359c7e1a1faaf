using System.Text.Json.Nodes;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

/// <summary>Names of streams, shards, places and numbers that are almost right.</summary>
internal sealed class StreamInputFuzzTests
{
    private const string Characters = "0123456789abcdefxyzABC/:|-+=. \0é";

    [Test]
    public async Task What_is_forged_is_refused_or_answered([Values(1, 2)] int seed)
    {
        await using var service = new DirectService();
        var created = await service.SendAsync("CreateTable", """
            {"TableName":"Notes","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],"KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
             "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"}}
            """);
        var arn = created["TableDescription"]!["LatestStreamArn"]!.ToString();
        await service.SendAsync("PutItem", """{"TableName":"Notes","Item":{"p":{"S":"a"}}}""");
        var shard = (await service.StreamsAsync("DescribeStream", new JsonObject { ["StreamArn"] = arn }))["StreamDescription"]!["Shards"]![0]!;
        var (id, number) = (shard["ShardId"]!.ToString(), shard["SequenceNumberRange"]!["StartingSequenceNumber"]!.ToString());
        var iterator = (await service.StreamsAsync("GetShardIterator", new JsonObject { ["StreamArn"] = arn, ["ShardId"] = id, ["ShardIteratorType"] = "TRIM_HORIZON" }))["ShardIterator"]!.ToString();

        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var (operation, input) = random.Next(5) switch
            {
                0 => ("DescribeStream", new JsonObject { ["StreamArn"] = Forge(random, arn), ["ExclusiveStartShardId"] = Forge(random, id) }),
                1 => ("DescribeStream", new JsonObject { ["StreamArn"] = arn, ["ShardFilter"] = new JsonObject { ["Type"] = "CHILD_SHARDS", ["ShardId"] = Forge(random, id) } }),
                2 => ("GetShardIterator", new JsonObject { ["StreamArn"] = arn, ["ShardId"] = Forge(random, id), ["ShardIteratorType"] = "LATEST" }),
                3 => ("GetShardIterator", new JsonObject { ["StreamArn"] = arn, ["ShardId"] = id, ["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER", ["SequenceNumber"] = Forge(random, number) }),
                _ => ("GetRecords", new JsonObject { ["ShardIterator"] = Forge(random, iterator) }),
            };
            try
            {
                await service.StreamsAsync(operation, input);
            }
            catch (AwsException)
            {
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(1_000));
    }

    private static string Forge(Random random, string text)
    {
        var letters = text.ToList();
        for (var changes = random.Next(4); changes > 0 && letters.Count > 0; changes--)
        {
            var at = random.Next(letters.Count);
            var letter = Characters[random.Next(Characters.Length)];
            switch (random.Next(3))
            {
                case 0: letters[at] = letter; break;
                case 1: letters.Insert(at, letter); break;
                default: letters.RemoveAt(at); break;
            }
        }
        return new string([.. letters]);
    }
}
