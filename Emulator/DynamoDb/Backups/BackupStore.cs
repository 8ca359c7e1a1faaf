using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Backups;

/// <summary>The backups of all accounts and regions.</summary>
internal static class BackupStore
{
    private static readonly TableParts<Backup> Backups = new("dynamodb.backups", BackupJson.Default.Backup, backup => backup.Part);

    /// <summary>The backup of an ARN; else AWS's error that there is none.</summary>
    public static Backup Require(IReader reader, Call call, string arn) =>
        TablePart.Parse(call, arn, "backup") is { } part && Backups.Find(reader, part) is { } backup && !backup.IsExpiredAt(call.Now) ? backup : throw BackupErrors.BackupNotFound(arn);

    public static void Put(IWriteTransaction transaction, Backup backup) => Backups.Put(transaction, backup);

    /// <summary>Removes the backup with its items.</summary>
    public static void Delete(IWriteTransaction transaction, Backup backup)
    {
        Backups.Delete(transaction, backup);
        transaction.DeleteRange(TableSpace.Items, KeyRange.Prefix(backup.Table.Space.Whole));
    }

    /// <summary>Those of an account and region, or of one table of it, after one of them.</summary>
    public static IEnumerable<Backup> List(IReader reader, TableName table, TablePart? after, DateTimeOffset now) =>
        Backups.List(reader, table, after).Where(backup => !backup.IsExpiredAt(now));

    /// <summary>Removes those of an account and region whose time is over.</summary>
    public static void DeleteExpired(IWriteTransaction transaction, string account, string region, DateTimeOffset now)
    {
        foreach (var backup in Backups.List(transaction, new(account, region, "")).Where(backup => backup.IsExpiredAt(now)).ToList()) Delete(transaction, backup);
    }
}
