using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Items;

/// <summary>The entries of the indexes of a table: each holds what is projected of an item that has the attributes of the index key.</summary>
internal static class IndexEntries
{
    /// <summary>Brings the entries of an item up to date with its change.</summary>
    public static void Follow(IWriteTransaction transaction, Table table, Item before, Item after)
    {
        var collected = (long)after.Size - before.Size;
        foreach (var index in table.IndexSpaces!)
        {
            var change = IndexChange.Of(index, before, after);
            if (change.Removes) transaction.Delete(TableSpace.Items, ItemKey.OfEntry(table, index, before.Attributes));
            if (change.Puts) transaction.Put(TableSpace.Items, ItemKey.OfEntry(table, index, after.Attributes), IndexChange.Entry(index, after).Record);
            var bytes = Math.Max(change.After, 0) - Math.Max(change.Before, 0);
            TableStatistics.Add(transaction, index, (change.After >= 0 ? 1 : 0) - (change.Before >= 0 ? 1 : 0), bytes);
            if (index.Index.IsLocal) collected += bytes;
        }
        if (table.HasLocalIndexes) CollectionSize.Add(transaction, table, (after.IsAbsent ? before : after).Attributes, collected);
    }

    /// <summary>Makes the entries of an index that is new to the table; an item whose attributes do not fit the index key gets none.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.ViolationDetection.html</remarks>
    public static void Backfill(IWriteTransaction transaction, Table table, IndexSpace index)
    {
        var (count, bytes) = (0, 0L);
        foreach (var entry in transaction.Range(TableSpace.Items, KeyRange.Prefix(table.Space.ItemPrefix)))
        {
            var item = Item.Read(entry.Value);
            var change = IndexChange.Of(index, default, item);
            if (!change.Puts) continue;
            transaction.Put(TableSpace.Items, ItemKey.OfEntry(table, index, item.Attributes), IndexChange.Entry(index, item).Record);
            count++;
            bytes += change.After;
        }
        TableStatistics.Add(transaction, index, count, bytes);
    }

    /// <summary>Removes all entries of an index that the table shall no longer have.</summary>
    public static void Remove(IWriteTransaction transaction, IndexSpace index)
    {
        transaction.DeleteRange(TableSpace.Items, KeyRange.Prefix(index.Prefix));
        transaction.Delete(TableSpace.Statistics, index.Prefix);
    }
}
