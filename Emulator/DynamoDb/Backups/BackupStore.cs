using System.Text;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Backups;

/// <summary>The backups of all accounts and regions, in the order of their tables and times.</summary>
internal static class BackupStore
{
    private static readonly Space Space = new("dynamodb.backups");

    public static Backup? Find(IReader reader, TablePart part, DateTimeOffset now) =>
        reader.TryGet(Space, Key(part.Table, part.Id), out var row) && Decode(row) is var backup && !backup.IsExpiredAt(now) ? backup : null;

    /// <summary>The backup of an ARN; else AWS's error that there is none.</summary>
    public static Backup Require(IReader reader, Call call, string arn) =>
        TablePart.Parse(call, arn, "backup") is { } part && Find(reader, part, call.Now) is { } backup ? backup : throw BackupErrors.BackupNotFound(arn);

    public static void Put(IWriteTransaction transaction, Backup backup) => transaction.Put(Space, Key(backup), AwsJson.Encode(backup, BackupJson.Default.Backup));

    /// <summary>Removes the backup with its items.</summary>
    public static void Delete(IWriteTransaction transaction, Backup backup)
    {
        transaction.Delete(Space, Key(backup));
        transaction.DeleteRange(TableSpace.Items, KeyRange.Prefix(backup.Table.Space.Whole));
    }

    /// <summary>Those of an account and region, or of one table of it, after one of them.</summary>
    public static IEnumerable<Backup> List(IReader reader, string account, string region, string? table, TablePart? after)
    {
        var range = KeyRange.Prefix(table is null ? TableSpace.Prefix(account, region) : Key(new(account, region, table), ""));
        if (after is { } start && Key(start.Table, start.Id) is var key && key.AsSpan().SequenceCompareTo(range.From.Span) > 0) range = range with { From = (byte[])[.. key, 0] };
        return reader.Range(Space, range).Select(entry => Decode(entry.Value));
    }

    /// <summary>Removes those of an account and region whose time is over.</summary>
    public static void DeleteExpired(IWriteTransaction transaction, string account, string region, DateTimeOffset now)
    {
        foreach (var backup in List(transaction, account, region, null, null).Where(backup => backup.IsExpiredAt(now)).ToList()) Delete(transaction, backup);
    }

    private static Backup Decode(ReadOnlyMemory<byte> row) => AwsJson.Decode(row.Span, BackupJson.Default.Backup);

    private static byte[] Key(Backup backup) => Key(new(backup.Table.Account, backup.Table.Region, backup.Table.Name), backup.Id);

    private static byte[] Key(TableName table, string id) => [.. TableSpace.TableKey(table.Account, table.Region, table.Name), 0, .. Encoding.UTF8.GetBytes(id)];
}
