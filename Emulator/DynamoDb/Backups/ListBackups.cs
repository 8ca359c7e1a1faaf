using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Backups;

/// <summary>Lists the backups of an account in a region, or of one table, in the order of tables and times.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html</remarks>
internal static class ListBackups
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ListBackupsInput input)
    {
        CheckConstraints(input);
        var start = input.ExclusiveStartBackupArn is { } arn ? TablePart.Parse(call, arn, "backup") ?? throw BackupErrors.BackupNotFound(arn) : (TablePart?)null;
        var table = input.TableName is null ? new(call.Account, call.Region, "") : TableName.Parse(call, input.TableName);
        var limit = input.Limit ?? DynamoDbLimits.ListBackupsPage;

        using var snapshot = service.Store.Snapshot();
        var backups = BackupStore.List(snapshot, table, start, call.Now).Where(backup => IsListed(backup, input)).Take(limit + 1).ToList();
        var page = backups.Take(limit).Select(backup => backup.Summary()).ToList();
        return new(AwsJson.Encode(new ListBackupsOutput(page, backups.Count > limit ? page[^1].BackupArn : null), BackupJson.Default.ListBackupsOutput));
    }

    private static void CheckConstraints(ListBackupsInput input)
    {
        var constraints = new Constraints();
        if (input.TableName is not null) constraints.Table(input.TableName);
        constraints.OneOf(input.BackupType, "backupType", "USER, SYSTEM, AWS_BACKUP, ALL");
        constraints.Least(input.Limit, "limit", 1);
        constraints.Most(input.Limit, "limit", DynamoDbLimits.ListBackupsPage);
        if (input.ExclusiveStartBackupArn is not null) constraints.PartArn(input.ExclusiveStartBackupArn, "exclusiveStartBackupArn");
        constraints.Require();
    }

    private static bool IsListed(Backup backup, ListBackupsInput input) =>
        (input.BackupType == "ALL" || backup.Type == (input.BackupType ?? Backup.User))
        && !(backup.Created < input.TimeRangeLowerBound)
        && !(backup.Created >= input.TimeRangeUpperBound);
}

internal sealed record ListBackupsOutput(IReadOnlyList<BackupSummary> BackupSummaries, string? LastEvaluatedBackupArn);

internal sealed class ListBackupsInput
{
    public string? TableName { get; private set; }
    public string? BackupType { get; private set; }
    public int? Limit { get; private set; }
    public DateTimeOffset? TimeRangeLowerBound { get; private set; }
    public DateTimeOffset? TimeRangeUpperBound { get; private set; }
    public string? ExclusiveStartBackupArn { get; private set; }

    public static ListBackupsInput Decode(ref InputReader json)
    {
        var input = new ListBackupsInput();
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) input.TableName = json.String();
            else if (json.Is("BackupType"u8)) input.BackupType = json.String();
            else if (json.Is("Limit"u8)) input.Limit = json.Integer();
            else if (json.Is("TimeRangeLowerBound"u8)) input.TimeRangeLowerBound = json.Timestamp();
            else if (json.Is("TimeRangeUpperBound"u8)) input.TimeRangeUpperBound = json.Timestamp();
            else if (json.Is("ExclusiveStartBackupArn"u8)) input.ExclusiveStartBackupArn = json.String();
            else json.Skip();
        }
        return input;
    }
}
