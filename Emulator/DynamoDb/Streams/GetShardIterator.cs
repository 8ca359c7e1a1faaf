using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Output;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Streams;

/// <summary>Returns a place in a shard from which GetRecords reads.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html</remarks>
internal static class GetShardIterator
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, GetShardIteratorInput input)
    {
        CheckConstraints(input);
        var name = StreamName.Parse(input.StreamArn!);
        var serial = CheckSequenceNumber(input);
        var now = service.Clock.GetUtcNow();
        using var snapshot = service.Store.Snapshot();
        var stream = StreamStore.Require(snapshot, name, now);
        var last = StreamPosition.Read(snapshot, stream).Last;
        var shard = Shard.Parse(stream, input.ShardId!) is { } found && Shard.Of(stream, last, now).Contains(found) ? found : throw StreamErrors.ShardNotFound();
        if (serial is { } at)
        {
            if (at < shard.FirstSerial || at >= shard.EndSerial) throw StreamErrors.InvalidSequenceNumber();
            if (at < stream.Horizon(now)) throw StreamErrors.Trimmed();
        }
        var from = input.ShardIteratorType switch
        {
            "TRIM_HORIZON" => 0,
            "LATEST" => stream.Behind(last, now),
            "AT_SEQUENCE_NUMBER" => serial!.Value,
            _ => serial!.Value + 1,
        };
        using var json = new JsonOutput(256);
        json.BeginObject();
        json.Member("ShardIterator"u8);
        json.Text(ShardIterator.Encode(shard, from, now));
        json.EndObject();
        return new(json.ToArray());
    }

    private static void CheckConstraints(GetShardIteratorInput input)
    {
        var constraints = new Constraints();
        constraints.NotNull(input.StreamArn, "streamArn");
        constraints.Length(input.StreamArn, "streamArn", 37, 1024);
        constraints.NotNull(input.ShardId, "shardId");
        constraints.Length(input.ShardId, "shardId", 28, 65);
        constraints.NotNull(input.ShardIteratorType, "shardIteratorType");
        constraints.OneOf(input.ShardIteratorType, "shardIteratorType", Enums.ShardIteratorType);
        constraints.Length(input.SequenceNumber, "sequenceNumber", 21, 40);
        constraints.Require();
    }

    private static long? CheckSequenceNumber(GetShardIteratorInput input)
    {
        var isAsked = input.ShardIteratorType is "AT_SEQUENCE_NUMBER" or "AFTER_SEQUENCE_NUMBER";
        if (isAsked != input.SequenceNumber is not null)
        {
            throw DynamoDbErrors.Validation(isAsked
                ? $"SequenceNumber must be provided when ShardIteratorType is {input.ShardIteratorType}"
                : $"SequenceNumber must not be provided when ShardIteratorType is {input.ShardIteratorType}");
        }
        return isAsked ? SequenceNumber.Parse(input.SequenceNumber!) ?? throw StreamErrors.InvalidSequenceNumber() : null;
    }
}

internal sealed record GetShardIteratorInput(string? StreamArn, string? ShardId, string? ShardIteratorType, string? SequenceNumber)
{
    public static GetShardIteratorInput Decode(ref InputReader json)
    {
        string? arn = null, shard = null, type = null, number = null;
        while (json.NextMember())
        {
            if (json.Is("StreamArn"u8)) arn = json.String();
            else if (json.Is("ShardId"u8)) shard = json.String();
            else if (json.Is("ShardIteratorType"u8)) type = json.String();
            else if (json.Is("SequenceNumber"u8)) number = json.String();
            else json.Skip();
        }
        return new(arn, shard, type, number);
    }
}
