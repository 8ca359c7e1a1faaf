using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.GlobalTables;
using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.TimeToLive;
using Emulator.Storage;

namespace Emulator.DynamoDb.Items;

/// <summary>The one door through which items are read and changed: what hangs from a change (indexes, statistics, history, stream records, expiry) happens here.</summary>
internal static class TableItems
{
    /// <summary>The item of a key, or one that is absent.</summary>
    public static Item Get(IReader reader, ReadOnlySpan<byte> key) =>
        reader.TryGet(TableSpace.Items, key, out var record) ? Item.Read(record) : default;

    /// <summary>Puts the new item in the place of the old one; an absent one deletes.</summary>
    public static void Replace(IWriteTransaction transaction, Table table, byte[] key, Item before, Item after, in ItemChange change)
    {
        if (!after.IsAbsent) transaction.Put(TableSpace.Items, key, after.Record);
        else if (!before.IsAbsent) transaction.Delete(TableSpace.Items, key);
        else return;
        if (table.IndexSpaces is not null) IndexEntries.Follow(transaction, table, before, after);
        ItemHistory.Follow(transaction, table, key, before, change);
        ExpiryEntries.Follow(transaction, table, key, before, after);
        StreamEntries.Follow(transaction, table, key, before, after, change);
        ReplicaEntries.Follow(transaction, table, key, before, after, change);
        TableStatistics.Add(transaction, table, (after.IsAbsent ? 0 : 1) - (before.IsAbsent ? 0 : 1), after.Size - before.Size);
    }
}
