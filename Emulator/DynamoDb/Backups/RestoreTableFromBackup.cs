using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Backups;

/// <summary>Creates a table from a backup.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html</remarks>
internal static class RestoreTableFromBackup
{
    public static IReadOnlyList<Permission> Permissions(string action, DynamoDbService service, Call call, RestoreTableFromBackupInput input) =>
        RestoredTable.Permissions(action, call, input.BackupArn ?? Arns.Table(call, null), input.TargetTableName);

    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, RestoreTableFromBackupInput input)
    {
        input.CheckConstraints();
        using var snapshot = service.Store.Snapshot();
        RestoredTable.RequireFree(snapshot, call.Account, call.Region, input.TargetTableName!, call.Now);
        var backup = BackupStore.Require(snapshot, call, input.BackupArn!);
        var table = input.TableOf(service, call, backup.Table, new(backup.Arn, backup.Table.Arn, backup.Created));
        return await RestoredTable.CreateAsync(service, call, table, StoredItem.All(snapshot, backup.Table));
    }
}

internal sealed class RestoreTableFromBackupInput : RestoreOverrides
{
    public string? BackupArn { get; private set; }

    public void CheckConstraints()
    {
        var constraints = new Constraints();
        constraints.PartArn(BackupArn, "backupArn");
        AddTo(ref constraints);
        constraints.Require();
    }

    public static RestoreTableFromBackupInput Decode(ref InputReader json)
    {
        var input = new RestoreTableFromBackupInput();
        while (json.NextMember())
        {
            if (json.Is("BackupArn"u8)) input.BackupArn = json.String();
            else if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }
}
