using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Backups;

/// <summary>Describes the continuous backups of a table.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ContinuousBackupsDescription.html</remarks>
internal static class ContinuousBackups
{
    /// <remarks>Continuous backups are enabled on every table, some seconds after it was created (observed by test/alternator/test_backup.py of scylladb/scylladb).</remarks>
    private static readonly TimeSpan EnabledAfter = TimeSpan.FromSeconds(20);

    public static ContinuousBackupsOutput Describe(Table table, DateTimeOffset now)
    {
        var recovery = table.PointInTimeRecovery;
        return new(new(recovery is not null || now >= table.Created + EnabledAfter ? "ENABLED" : "DISABLED", recovery is null
            ? new("DISABLED", null, null, null)
            : new("ENABLED", recovery.RecoveryPeriodInDays, recovery.EarliestRestorable(now).EpochSeconds(), now.EpochSeconds())));
    }
}

internal sealed record ContinuousBackupsOutput(ContinuousBackupsDescription ContinuousBackupsDescription);

internal sealed record ContinuousBackupsDescription(string ContinuousBackupsStatus, PointInTimeRecoveryDescription PointInTimeRecoveryDescription);

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html</summary>
internal sealed record PointInTimeRecoveryDescription(string PointInTimeRecoveryStatus, int? RecoveryPeriodInDays, double? EarliestRestorableDateTime, double? LatestRestorableDateTime);
