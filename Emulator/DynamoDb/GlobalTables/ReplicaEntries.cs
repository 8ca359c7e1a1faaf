using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.GlobalTables;

/// <summary>Tells a change of an item to the other replicas of its table: the item itself is theirs already, their streams are their own.</summary>
internal static class ReplicaEntries
{
    public static void Follow(IWriteTransaction transaction, Table table, ReadOnlySpan<byte> key, Item before, Item after, in ItemChange change)
    {
        if (table.GlobalTable is null) return;
        // Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html: who deleted an item that had expired is told in the region where it was deleted only.
        var replicated = change with { ByTimeToLive = false };
        foreach (var replica in table.Replicas) StreamEntries.Follow(transaction, replica, key, before, after, replicated);
    }
}
