using System.Buffers.Binary;
using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>Removes what is older than a day, which no reader sees any more: once an hour, with what is added to streams, or as the clock passes (<see cref="StreamTrimmer"/>).</summary>
internal static class StreamRetention
{
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Whether, by a stream's serials, it is time to look again.</summary>
    public static bool IsDue(StreamPosition position) => position.Last - position.Trimmed >= Pause.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Trims all streams unless that was done within the last hour.</summary>
    public static void TrimNowAndThen(IWriteTransaction transaction, DateTimeOffset now)
    {
        var last = transaction.TryGet(StreamSpace.Positions, [], out var row) ? BinaryPrimitives.ReadInt64LittleEndian(row.Span) : 0;
        if (Math.Abs(now.UtcTicks - last) >= Pause.Ticks) TrimAll(transaction, now);
    }

    /// <summary>Removes old records of all streams, and streams that were disabled a day ago.</summary>
    public static void TrimAll(IWriteTransaction transaction, DateTimeOffset now)
    {
        foreach (var stream in StreamStore.All(transaction).ToList())
        {
            if (stream.IsGone(now)) StreamStore.Delete(transaction, stream);
            else TrimRecords(transaction, stream, stream.Horizon(now));
        }
        var row = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(row, now.UtcTicks);
        transaction.Put(StreamSpace.Positions, ReadOnlyMemory<byte>.Empty, row);
    }

    private static void TrimRecords(IWriteTransaction transaction, TableStream stream, long horizon)
    {
        for (var partition = 0; horizon > 0 && partition < stream.Partitions; partition++)
        {
            transaction.DeleteRange(StreamSpace.Records, new(StreamSpace.RecordKey(stream, partition, 0), StreamSpace.RecordKey(stream, partition, horizon)));
        }
    }
}
