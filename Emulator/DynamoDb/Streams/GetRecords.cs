using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Output;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Streams;

/// <summary>Returns records of a shard in their order, and the place behind them as long as more can come.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html</remarks>
internal static class GetRecords
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, GetRecordsInput input)
    {
        CheckConstraints(input);
        var iterator = ShardIterator.Decode(input.ShardIterator!);
        var now = service.Clock.GetUtcNow();
        using var snapshot = service.Store.Snapshot();
        var stream = StreamStore.Require(snapshot, iterator.Stream, now);
        var shard = iterator.Require(stream);
        if (now - iterator.Issued > DynamoDbLimits.ShardIteratorLifetime) throw StreamErrors.IteratorExpired();
        var horizon = stream.Horizon(now);
        if (iterator.From > 0 && iterator.From < horizon) throw StreamErrors.Trimmed();

        using var json = new JsonOutput();
        json.BeginObject();
        json.Member("Records"u8);
        json.BeginArray();
        var next = NextAfter(shard, StreamPosition.Read(snapshot, stream).Last, now);
        int count = 0, bytes = 0;
        foreach (var entry in shard.Records(snapshot, Math.Max(iterator.From, horizon)))
        {
            var serial = StreamSpace.SerialOf(entry.Key.Span);
            var record = StreamRecord.Read(stream, entry.Value);
            if (count == (input.Limit ?? DynamoDbLimits.GetRecordsPage) || (count > 0 && bytes + record.SizeBytes > DynamoDbLimits.PageBytes))
            {
                next = serial;
                break;
            }
            StreamRecordJson.Write(json, stream, serial, record);
            count++;
            bytes += record.SizeBytes;
        }
        json.EndArray();
        if (next is { } from)
        {
            json.Member("NextShardIterator"u8);
            json.Text(ShardIterator.Encode(shard, from, now));
        }
        json.EndObject();
        return new(json.ToArray());
    }

    private static void CheckConstraints(GetRecordsInput input)
    {
        var constraints = new Constraints();
        constraints.NotNull(input.ShardIterator, "shardIterator");
        constraints.Length(input.ShardIterator, "shardIterator", 1, 2048);
        constraints.Least(input.Limit, "limit", 1);
        // Observed: test_get_records_too_high_limit of scylladb/scylladb test/alternator; the reference names LimitExceededException.
        constraints.Most(input.Limit, "limit", DynamoDbLimits.GetRecordsPage);
        constraints.Require();
    }

    /// <summary>Where reading goes on when the shard is read to its end; null where it is closed.</summary>
    private static long? NextAfter(Shard shard, long last, DateTimeOffset now) =>
        shard.Stream.IsClosed(shard.Generation, last, now) ? null : shard.Stream.Behind(last, now);
}

internal sealed record GetRecordsInput(string? ShardIterator, int? Limit)
{
    public static GetRecordsInput Decode(ref InputReader json)
    {
        string? iterator = null;
        int? limit = null;
        while (json.NextMember())
        {
            if (json.Is("ShardIterator"u8)) iterator = json.String();
            else if (json.Is("Limit"u8)) limit = json.Integer();
            else json.Skip();
        }
        return new(iterator, limit);
    }
}
