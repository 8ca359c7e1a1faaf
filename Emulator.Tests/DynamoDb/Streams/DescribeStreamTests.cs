using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html")]
internal sealed class DescribeStreamTests : StreamsFixture
{
    [Test]
    public async Task A_stream_is_described_with_its_table_s_keys_and_open_shards()
    {
        var arn = await CreateStreamAsync("Notes", "NEW_IMAGE");
        var stream = await Streams.DescribeStreamAsync(arn);
        Assert.Multiple(() =>
        {
            Assert.That((stream.StreamArn, stream.TableName, stream.StreamStatus, stream.StreamViewType), Is.EqualTo((arn, "Notes", "ENABLED", "NEW_IMAGE")));
            Assert.That(stream.StreamLabel, Is.EqualTo(arn[^23..]));
            Assert.That(stream.CreationRequestDateTime, Is.EqualTo(Aws.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0));
            Assert.That(stream.KeySchema.Select(key => $"{key.AttributeName} {key.KeyType}"), Is.EqualTo(new[] { "p HASH", "c RANGE" }));
            Assert.That(stream.Shards, Has.Count.EqualTo(4));
            Assert.That(stream.Shards.Select(shard => shard.ShardId), Is.Ordered.And.Unique.And.All.Matches("^shardId-[0-9]{20}-[0-9a-f]{8}$"));
            Assert.That(stream.Shards.Select(shard => shard.SequenceNumberRange.StartingSequenceNumber), Is.All.EqualTo("100000000000000000000"));
            Assert.That(stream.Shards.Select(shard => shard.SequenceNumberRange.EndingSequenceNumber), Is.All.Null);
            Assert.That(stream.Shards.Select(shard => shard.ParentShardId), Is.All.Null);
        });
    }

    [Test]
    public async Task A_provisioned_table_s_stream_has_one_open_shard()
    {
        var table = await DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Small",
            AttributeDefinitions = [new("p", ScalarAttributeType.S)],
            KeySchema = [new("p", KeyType.HASH)],
            ProvisionedThroughput = new(1, 1),
            StreamSpecification = new() { StreamEnabled = true, StreamViewType = "KEYS_ONLY" },
        });
        foreach (var p in new[] { "a", "b", "c", "d", "e" }) await PutAsync("Small", ("p", S(p)));
        var arn = table.TableDescription.LatestStreamArn;
        Assert.That((await Streams.DescribeStreamAsync(arn)).Shards, Has.Count.EqualTo(1));
        Assert.That((await ReadAsync(arn)).Select(record => Key(record, "p")), Is.EqualTo(new[] { "a", "b", "c", "d", "e" }));
    }

    [Test]
    [Source("https://aws.amazon.com/blogs/database/dynamodb-streams-use-cases-and-design-patterns/")]
    public async Task After_four_hours_each_shard_has_a_child_and_after_a_day_is_gone()
    {
        var arn = await CreateStreamAsync("Notes", "KEYS_ONLY");
        await PutAsync("Notes", ("p", S("a")), ("c", S("1")));
        var parent = await ShardOfAsync(arn, "a");
        Aws.Clock.Advance(TimeSpan.FromHours(5));
        await PutAsync("Notes", ("p", S("a")), ("c", S("2")));
        var shards = (await Streams.DescribeStreamAsync(arn)).Shards;
        var children = (await Streams.DescribeStreamAsync(arn, filter: new("CHILD_SHARDS", parent.ShardId))).Shards;
        var records = await ReadAsync(arn);
        Assert.Multiple(() =>
        {
            Assert.That(shards, Has.Count.EqualTo(8));
            Assert.That(shards.Take(4).Select(shard => shard.SequenceNumberRange.EndingSequenceNumber), Is.All.Not.Null);
            Assert.That(shards.Single(shard => shard.ShardId == parent.ShardId).SequenceNumberRange.EndingSequenceNumber, Is.EqualTo(Number(records[0])));
            Assert.That(shards.Skip(4).Select(shard => shard.SequenceNumberRange.EndingSequenceNumber), Is.All.Null);
            Assert.That(shards.Skip(4).Select(shard => shard.ParentShardId), Is.EqualTo(shards.Take(4).Select(shard => shard.ShardId)));
            Assert.That(shards.Skip(4).Select(shard => shard.SequenceNumberRange.StartingSequenceNumber), Is.All.StartsWith("200000000"));
            Assert.That(children.Select(shard => shard.ParentShardId), Is.EqualTo(new[] { parent.ShardId }));
            Assert.That(records.Select(record => Key(record, "c")), Is.EqualTo(new[] { "1", "2" }));
            Assert.That(Number(records[1]), Does.StartWith("2"));
        });
        var iterator = await Streams.GetShardIteratorAsync(arn, shards.Single(shard => shard.ParentShardId == parent.ShardId).ShardId, "TRIM_HORIZON");
        Aws.Clock.Advance(TimeSpan.FromHours(23));
        Assert.That((await Streams.DescribeStreamAsync(arn)).Shards.Select(shard => shard.ShardId).ToList(), Does.Not.Contain(parent.ShardId).And.Count.EqualTo(4 * 7));
        Fails(() => Streams.GetShardIteratorAsync(arn, parent.ShardId, "TRIM_HORIZON"), "ResourceNotFoundException", "Requested resource not found: Shard does not exist");
        Fails(() => Streams.GetRecordsAsync(iterator), "ExpiredIteratorException", "The shard iterator has expired and can no longer be used to retrieve stream records.");
    }

    [Test]
    public async Task Shards_come_page_by_page()
    {
        var arn = await CreateStreamAsync("Notes", "KEYS_ONLY");
        var all = (await Streams.DescribeStreamAsync(arn)).Shards.Select(shard => shard.ShardId).ToList();
        var first = await Streams.DescribeStreamAsync(arn, limit: 3);
        var second = await Streams.DescribeStreamAsync(arn, limit: 3, after: first.LastEvaluatedShardId);
        var none = await Streams.DescribeStreamAsync(arn, after: all[3]);
        Assert.Multiple(() =>
        {
            Assert.That(first.Shards.Select(shard => shard.ShardId), Is.EqualTo(all.Take(3)));
            Assert.That(first.LastEvaluatedShardId, Is.EqualTo(all[2]));
            Assert.That(second.Shards.Select(shard => shard.ShardId), Is.EqualTo(all.Skip(3)));
            Assert.That(second.LastEvaluatedShardId, Is.Null);
            Assert.That(none.Shards, Is.Empty);
        });
    }

    [Test]
    [Observed("test_describe_stream_nonexistent_table and test_stream_shard_filtering_* of scylladb/scylladb test/alternator; recorded answer test_non_existent_stream")]
    public async Task What_does_not_fit_is_refused()
    {
        var arn = await CreateStreamAsync("Notes", "KEYS_ONLY");
        var shard = (await Streams.DescribeStreamAsync(arn)).Shards[0].ShardId;
        Assert.Multiple(() =>
        {
            Refuses(() => Streams.DescribeStreamAsync("x"), "1 validation error detected: Value 'x' at 'streamArn' failed to satisfy constraint: Member must have length greater than or equal to 37");
            Refuses(() => Streams.DescribeStreamAsync(new string('x', 60)), "Invalid StreamArn");
            var other = arn.Replace("Notes", "Other");
            Fails(() => Streams.DescribeStreamAsync(other), "ResourceNotFoundException", $"Requested resource not found: Stream: {other} not found");
            Filtered(new("foo", shard), "1 validation error detected: Value 'foo' at 'shardFilter.type' failed to satisfy constraint: Member must satisfy enum value set: [CHILD_SHARDS]");
            Filtered(new("CHILD_SHARDS", "qwerty"), "1 validation error detected: Value 'qwerty' at 'shardFilter.shardId' failed to satisfy constraint: Member must have length greater than or equal to 28");
            Filtered(new("CHILD_SHARDS", null), "1 validation error detected: Value null at 'shardFilter.shardId' failed to satisfy constraint: Member must not be null");
            Filtered(new(null, shard), "1 validation error detected: Value null at 'shardFilter.type' failed to satisfy constraint: Member must not be null");
        });

        void Filtered(ShardFilter filter, string message) => Refuses(() => Streams.DescribeStreamAsync(arn, filter: filter), message);
    }
}
