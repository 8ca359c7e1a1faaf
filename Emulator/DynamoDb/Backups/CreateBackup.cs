using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Backups;

/// <summary>Makes a backup of a table as it is at one moment; it is there when the request is answered.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html</remarks>
internal static class CreateBackup
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, CreateBackupInput input)
    {
        var constraints = new Constraints();
        constraints.Table(input.TableName);
        constraints.NotNull(input.BackupName, "backupName");
        if (input.BackupName is { } name) constraints.Name(name, "backupName");
        constraints.Require();

        using var snapshot = service.Store.Snapshot();
        var table = TableStore.Read(snapshot, TableName.Parse(call, input.TableName!), call.Now) ?? throw BackupErrors.TableNotFound(input.TableName!);
        var backup = BackupOf(service, call, snapshot, table, input.BackupName!);
        await UnfinishedTables.FillAsync(service, backup.Table, StoredItem.All(snapshot, table),
            (transaction, item) => transaction.Put(TableSpace.Items, item.KeyIn(backup.Table), item.Record),
            transaction =>
            {
                BackupStore.DeleteExpired(transaction, table.Account, table.Region, call.Now);
                BackupStore.Put(transaction, backup);
                return true;
            });
        return AwsJson.Encode(new CreateBackupOutput(backup.Details("CREATING")), BackupJson.Default.CreateBackupOutput);
    }

    /// <summary>Keeps the items of a table that is deleted while it has point-in-time recovery: they stay where they are, as those of a backup.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html#howitworks_deleting</remarks>
    public static void OfDeleted(DynamoDbService service, Call call, IWriteTransaction transaction, Table table)
    {
        BackupStore.DeleteExpired(transaction, table.Account, table.Region, call.Now);
        var backup = BackupOf(service, call, transaction, table, $"{table.Name}$DeletedTableBackup") with { Type = Backup.System, Expires = call.Now.AddDays(DynamoDbLimits.SystemBackupDays) };
        if (table.GlobalTable is null) backup = backup with { Table = table };
        else
        {
            // The other replicas keep the items: the backup has a copy.
            foreach (var item in StoredItem.All(transaction, table).ToList()) transaction.Put(TableSpace.Items, item.KeyIn(backup.Table), item.Record);
        }
        BackupStore.Put(transaction, backup);
    }

    private static Backup BackupOf(DynamoDbService service, Call call, IReader reader, Table table, string name)
    {
        var kept = table with { Id = service.Ids.Uuid(), GlobalTable = null, ItemPlace = null };
        var statistics = TableStatistics.Read(reader, table);
        return new()
        {
            Id = TablePart.NewId(service, call.Now),
            Name = name,
            Type = Backup.User,
            Created = call.Now,
            Table = kept,
            SourceTableId = table.Id,
            ItemCount = statistics.ItemCount,
            SizeBytes = statistics.SizeBytes,
        };
    }
}

internal sealed record CreateBackupOutput(BackupDetails BackupDetails);

internal sealed record CreateBackupInput(string? TableName, string? BackupName)
{
    public static CreateBackupInput Decode(ref InputReader json)
    {
        string? table = null, name = null;
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) table = json.String();
            else if (json.Is("BackupName"u8)) name = json.String();
            else json.Skip();
        }
        return new(table, name);
    }
}
