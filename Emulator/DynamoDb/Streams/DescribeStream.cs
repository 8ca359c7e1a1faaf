using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>Returns a stream's state and its shards.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html</remarks>
internal static class DescribeStream
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, DescribeStreamInput input)
    {
        CheckConstraints(input);
        var name = StreamName.Parse(input.StreamArn!);
        var now = service.Clock.GetUtcNow();
        using var snapshot = service.Store.Snapshot();
        var stream = StreamStore.Require(snapshot, name, now);
        var last = StreamPosition.Read(snapshot, stream).Last;
        var limit = input.Limit ?? DynamoDbLimits.DescribeStreamPage;
        var shards = Selected(stream, input, last, now).Take(limit + 1).ToList();
        var description = new StreamDescription
        {
            StreamArn = stream.Arn,
            StreamLabel = stream.Label,
            StreamStatus = stream.IsEnabled ? "ENABLED" : "DISABLED",
            StreamViewType = stream.ViewType,
            CreationRequestDateTime = stream.Created.ToUnixTimeMilliseconds() / 1000.0,
            TableName = stream.TableName,
            KeySchema = stream.KeySchema,
            Shards = shards.Take(limit).Select(shard => Describe(snapshot, shard, last, now)).ToList(),
            LastEvaluatedShardId = shards.Count > limit ? shards[limit - 1].Id : null,
        };
        return new(AwsJson.Encode(new DescribeStreamOutput(description), DynamoDbJson.Default.DescribeStreamOutput));
    }

    private static void CheckConstraints(DescribeStreamInput input)
    {
        var constraints = new Constraints();
        constraints.NotNull(input.StreamArn, "streamArn");
        constraints.Length(input.StreamArn, "streamArn", 37, 1024);
        constraints.Least(input.Limit, "limit", 1);
        constraints.Most(input.Limit, "limit", DynamoDbLimits.DescribeStreamPage);
        constraints.Length(input.ExclusiveStartShardId, "exclusiveStartShardId", 28, 65);
        if (input.ShardFilter is { } filter)
        {
            constraints.NotNull(filter.Type, "shardFilter.type");
            constraints.OneOf(filter.Type, "shardFilter.type", "CHILD_SHARDS");
            constraints.NotNull(filter.ShardId, "shardFilter.shardId");
            constraints.Length(filter.ShardId, "shardFilter.shardId", 28, 65);
        }
        constraints.Require();
    }

    private static IEnumerable<Shard> Selected(TableStream stream, DescribeStreamInput input, long last, DateTimeOffset now)
    {
        var shards = Shard.Of(stream, last, now);
        if (input.ShardFilter is { } filter)
        {
            var parent = Shard.Parse(stream, filter.ShardId!) ?? throw StreamErrors.ShardNotFound();
            shards = shards.Where(shard => shard == parent.Child);
        }
        return input.ExclusiveStartShardId is { } start ? shards.Where(shard => string.CompareOrdinal(shard.Id, start) > 0) : shards;
    }

    private static ShardDescription Describe(IReader reader, Shard shard, long last, DateTimeOffset now)
    {
        string? ending = null;
        if (shard.Stream.IsClosed(shard.Generation, last, now))
        {
            var record = shard.Records(reader, shard.FirstSerial, descending: true).FirstOrDefault();
            ending = SequenceNumber.Format(record.Key.IsEmpty ? shard.FirstSerial : StreamSpace.SerialOf(record.Key.Span));
        }
        return new(shard.Id, new(SequenceNumber.Format(shard.FirstSerial), ending), shard.Parent?.Id);
    }
}

internal sealed record DescribeStreamInput(string? StreamArn, int? Limit, string? ExclusiveStartShardId, ShardFilter? ShardFilter)
{
    public static DescribeStreamInput Decode(ref InputReader json)
    {
        string? arn = null, start = null;
        int? limit = null;
        ShardFilter? filter = null;
        while (json.NextMember())
        {
            if (json.Is("StreamArn"u8)) arn = json.String();
            else if (json.Is("Limit"u8)) limit = json.Integer();
            else if (json.Is("ExclusiveStartShardId"u8)) start = json.String();
            else if (json.Is("ShardFilter"u8)) filter = json.Struct("ShardFilter", DecodeFilter);
            else json.Skip();
        }
        return new(arn, limit, start, filter);
    }

    private static ShardFilter DecodeFilter(ref InputReader json)
    {
        string? type = null, shard = null;
        while (json.NextMember())
        {
            if (json.Is("Type"u8)) type = json.String();
            else if (json.Is("ShardId"u8)) shard = json.String();
            else json.Skip();
        }
        return new(type, shard);
    }
}

internal sealed record ShardFilter(string? Type, string? ShardId);

internal sealed record DescribeStreamOutput(StreamDescription StreamDescription);

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamDescription.html</summary>
internal sealed record StreamDescription
{
    public required string StreamArn { get; init; }
    public required string StreamLabel { get; init; }
    public required string StreamStatus { get; init; }
    public required string StreamViewType { get; init; }
    public required double CreationRequestDateTime { get; init; }
    public required string TableName { get; init; }
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }
    public required IReadOnlyList<ShardDescription> Shards { get; init; }
    public required string? LastEvaluatedShardId { get; init; }
}

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Shard.html</summary>
internal sealed record ShardDescription(string ShardId, SequenceNumberRange SequenceNumberRange, string? ParentShardId);

internal sealed record SequenceNumberRange(string StartingSequenceNumber, string? EndingSequenceNumber);
