using System.Buffers.Binary;
using Emulator.Storage;

namespace Emulator.DynamoDb.Tables;

/// <summary>How many items a table has and how many bytes they count; kept with each write.</summary>
internal readonly record struct TableStatistics(long ItemCount, long SizeBytes)
{
    public static TableStatistics Read(IReader reader, Table table) =>
        reader.TryGet(TableSpace.Statistics, table.Space.Whole, out var row)
            ? new(BinaryPrimitives.ReadInt64LittleEndian(row.Span), BinaryPrimitives.ReadInt64LittleEndian(row.Span[8..]))
            : default;

    /// <summary>Changes the row of a table; does nothing where nothing changes.</summary>
    public static void Add(IWriteTransaction transaction, Table table, int items, long bytes)
    {
        if (items == 0 && bytes == 0) return;
        var before = Read(transaction, table);
        var row = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(row, before.ItemCount + items);
        BinaryPrimitives.WriteInt64LittleEndian(row.AsSpan(8), before.SizeBytes + bytes);
        transaction.Put(TableSpace.Statistics, table.Space.Whole, row);
    }
}
