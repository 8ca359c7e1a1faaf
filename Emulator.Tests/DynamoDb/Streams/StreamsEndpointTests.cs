using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

/// <summary>Where streams are asked for, and what IAM is asked then.</summary>
internal sealed class StreamsEndpointTests : StreamsFixture
{
    [TestCase("https://streams.dynamodb.us-east-1.amazonaws.com/")]
    [TestCase("https://streams-dynamodb.us-east-1.api.aws/")]
    [TestCase("http://localhost:4566/")]
    [TestCase("http://dynamodb.localhost:4566/")]
    public async Task Streams_answer_at_their_endpoint_and_at_the_emulators(string url)
    {
        await CreateStreamAsync("Notes", "KEYS_ONLY");
        using var client = new StreamsClient(Aws, url);
        Assert.That((await client.ListStreamsAsync()).Streams.Select(stream => stream.TableName), Is.EqualTo(new[] { "Notes" }));
        Assert.That(Aws.Journal.Entries[^1].Service, Is.EqualTo("dynamodbstreams"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html")]
    public async Task Each_operation_asks_for_its_stream()
    {
        var arn = await CreateStreamAsync("Notes", "KEYS_ONLY");
        var shard = (await Streams.DescribeStreamAsync(arn)).Shards[0].ShardId;
        await Streams.GetRecordsAsync(await Streams.GetShardIteratorAsync(arn, shard, "LATEST"));
        await Streams.ListStreamsAsync("Notes");
        await Streams.ListStreamsAsync();
        Assert.That(Aws.Journal.Entries.Where(entry => entry.Service == "dynamodbstreams").Select(entry => $"{entry.Operation} {entry.Resources.Single()}"), Is.EqualTo(new[]
        {
            $"DescribeStream {arn}",
            $"GetShardIterator {arn}",
            $"GetRecords {arn}",
            "ListStreams arn:aws:dynamodb:us-east-1:000000000000:table/Notes/stream/*",
            "ListStreams arn:aws:dynamodb:us-east-1:000000000000:table/*/stream/*",
        }));
    }
}
