using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

/// <summary>Beside the tables of <see cref="DynamoDbFixture"/> a client of streams, and a clock that stands still.</summary>
internal abstract class StreamsFixture : DynamoDbFixture
{
    protected StreamsClient Streams { get; private set; } = null!;

    [SetUp]
    public void OpenStreams()
    {
        Streams = new(Aws);
        Aws.Clock.Freeze();
    }

    [TearDown]
    public void CloseStreams() => Streams.Dispose();

    /// <summary>Creates a table on demand, with the keys <c>p</c> and <c>c</c>, and returns the ARN of its stream.</summary>
    protected async Task<string> CreateStreamAsync(string table, string viewType)
    {
        var created = await DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            AttributeDefinitions = [new("p", ScalarAttributeType.S), new("c", ScalarAttributeType.S)],
            KeySchema = [new("p", KeyType.HASH), new("c", KeyType.RANGE)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
            StreamSpecification = new() { StreamEnabled = true, StreamViewType = viewType },
        });
        return created.TableDescription.LatestStreamArn;
    }

    protected Task<UpdateTableResponse> EnableAsync(string table, string viewType) =>
        DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = table, StreamSpecification = new() { StreamEnabled = true, StreamViewType = viewType } });

    protected Task<UpdateTableResponse> DisableAsync(string table) =>
        DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = table, StreamSpecification = new() { StreamEnabled = false } });

    /// <summary>All records that a stream still holds, shard by shard in the order of their ids.</summary>
    protected async Task<List<JsonNode>> ReadAsync(string stream)
    {
        var records = new List<JsonNode>();
        foreach (var shard in (await Streams.DescribeStreamAsync(stream)).Shards) records.AddRange((await ReadShardAsync(stream, shard)).Records);
        return records;
    }

    protected async Task<RecordPage> ReadShardAsync(string stream, Shard shard) =>
        await Streams.GetRecordsAsync(await Streams.GetShardIteratorAsync(stream, shard.ShardId, "TRIM_HORIZON"));

    /// <summary>The first shard that holds records of a partition.</summary>
    protected async Task<Shard> ShardOfAsync(string stream, string partition)
    {
        foreach (var shard in (await Streams.DescribeStreamAsync(stream)).Shards)
        {
            if ((await ReadShardAsync(stream, shard)).Records.Any(record => Key(record, "p") == partition)) return shard;
        }
        throw new AssertionException($"No shard has a record of {partition}.");
    }

    protected static string Key(JsonNode record, string name) => record["dynamodb"]!["Keys"]![name]!["S"]!.ToString();

    protected static string Number(JsonNode record) => record["dynamodb"]!["SequenceNumber"]!.ToString();
}
