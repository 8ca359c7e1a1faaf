using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Streams;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Tables;

/// <summary>Removes a table, or a replica of one, with what outlives it: its stream can be read for another day, its items are backed up where it has point-in-time recovery.</summary>
internal static class TableRemoval
{
    /// <returns>The description of a table that is being deleted.</returns>
    public static TableDescription Remove(DynamoDbService service, Call call, IWriteTransaction transaction, Table table)
    {
        var description = table.DescribeDeleting(transaction, call.Now);
        StreamStore.Disable(transaction, table, call.Now);
        var isBackedUp = table.PointInTimeRecovery is not null;
        if (isBackedUp) CreateBackup.OfDeleted(service, call, transaction, table);
        TableStore.Delete(transaction, table, keepItems: isBackedUp);
        if (service.Transitions.Until(call.Now) is { } until) DepartingTables.Add(transaction, table, description, call.Now, until);
        return description;
    }
}
