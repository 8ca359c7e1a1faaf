using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>Writes the record of a change into the table's stream, in the transaction that makes the change.</summary>
internal static class StreamEntries
{
    public static void Follow(IWriteTransaction transaction, Table table, ReadOnlySpan<byte> key, Item before, Item after, in ItemChange change)
    {
        if (table.LatestStream is not { IsEnabled: true } stream) return;
        // An item that is replaced by itself leaves no record. Observed: do_updates_1 and test_streams_updateitem_identical of scylladb/scylladb test/alternator.
        if (before.Record.Span.SequenceEqual(after.Record.Span)) return;
        var position = StreamPosition.Read(transaction, stream);
        position = position with { Last = Math.Max(position.Last + 1, stream.Serial(change.At)) };
        if (StreamRetention.IsDue(position))
        {
            StreamRetention.TrimNowAndThen(transaction, change.At);
            position = position with { Trimmed = position.Last };
        }
        position.Write(transaction, stream);
        transaction.Put(StreamSpace.Records, StreamSpace.RecordKey(stream, stream.PartitionOf(table, key), position.Last), StreamRecord.Encode(stream, before, after, change));
    }
}
