using System.Buffers.Binary;
using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>The serial of a stream's latest record, and the one at which old records were last removed.</summary>
internal readonly record struct StreamPosition(long Last, long Trimmed)
{
    public static StreamPosition Read(IReader reader, TableStream stream) =>
        reader.TryGet(StreamSpace.Positions, stream.Prefix, out var row)
            ? new(BinaryPrimitives.ReadInt64LittleEndian(row.Span), BinaryPrimitives.ReadInt64LittleEndian(row.Span[8..]))
            : default;

    public void Write(IWriteTransaction transaction, TableStream stream)
    {
        var row = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(row, Last);
        BinaryPrimitives.WriteInt64LittleEndian(row.AsSpan(8), Trimmed);
        transaction.Put(StreamSpace.Positions, stream.Prefix, row);
    }
}
