using System.Buffers.Binary;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Storage;

namespace Emulator.DynamoDb.Items;

/// <summary>How many bytes the items with one partition key count, with their entries in local indexes: kept with each write to a table that has local indexes, and limited there.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections</remarks>
internal static class CollectionSize
{
    /// <param name="partition">The partition key.</param>
    public static long Read(IReader reader, Table table, AttributeValue partition) => Read(reader, Key(table, partition));

    /// <param name="item">One of the collection.</param>
    public static void Add(IWriteTransaction transaction, Table table, AttributeMap item, long bytes)
    {
        if (bytes == 0) return;
        var key = Key(table, item.Get(table.Keys.Partition.Name));
        var size = Read(transaction, key) + bytes;
        if (bytes > 0 && size > DynamoDbLimits.ItemCollectionBytes) throw DynamoDbErrors.ItemCollectionTooLarge();
        if (size == 0)
        {
            transaction.Delete(TableSpace.Statistics, key);
            return;
        }
        var row = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(row, size);
        transaction.Put(TableSpace.Statistics, key, row);
    }

    private static byte[] Key(Table table, AttributeValue partition) => ItemKey.PartitionPrefix(table, partition);

    private static long Read(IReader reader, byte[] key) => reader.TryGet(TableSpace.Statistics, key, out var row) ? BinaryPrimitives.ReadInt64LittleEndian(row.Span) : 0;
}
