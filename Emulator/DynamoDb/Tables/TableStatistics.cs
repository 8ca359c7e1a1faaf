using System.Buffers.Binary;
using Emulator.Storage;

namespace Emulator.DynamoDb.Tables;

/// <summary>How many items a table or an index has and how many bytes they count; kept with each write.</summary>
internal readonly record struct TableStatistics(long ItemCount, long SizeBytes)
{
    public static TableStatistics Read(IReader reader, Table table) => Read(reader, table.Space.Whole);

    public static TableStatistics Read(IReader reader, IndexSpace index) => Read(reader, index.Prefix);

    private static TableStatistics Read(IReader reader, byte[] key) =>
        reader.TryGet(TableSpace.Statistics, key, out var row)
            ? new(BinaryPrimitives.ReadInt64LittleEndian(row.Span), BinaryPrimitives.ReadInt64LittleEndian(row.Span[8..]))
            : default;

    public static void Add(IWriteTransaction transaction, Table table, int items, long bytes) => Add(transaction, table.Space.Whole, items, bytes);

    public static void Add(IWriteTransaction transaction, IndexSpace index, int items, long bytes) => Add(transaction, index.Prefix, items, bytes);

    /// <summary>Changes a row; does nothing where nothing changes.</summary>
    private static void Add(IWriteTransaction transaction, byte[] key, long items, long bytes)
    {
        if (items == 0 && bytes == 0) return;
        var before = Read(transaction, key);
        var row = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(row, before.ItemCount + items);
        BinaryPrimitives.WriteInt64LittleEndian(row.AsSpan(8), before.SizeBytes + bytes);
        transaction.Put(TableSpace.Statistics, key, row);
    }
}
