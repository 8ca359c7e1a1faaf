using Emulator.Protocols;

namespace Emulator.DynamoDb.Backups;

/// <summary>The errors of backups, restores, exports and imports.</summary>
/// <remarks>Source of the texts, where none stands beside one: the descriptions of the errors in the API model.</remarks>
internal static class BackupErrors
{
    /// <param name="given">The name or ARN as the request gave it.</param>
    /// <remarks>Observed: test_export_from_missing_table of getmoto/moto, verified against AWS.</remarks>
    public static AwsException TableNotFound(string given) => new("TableNotFoundException", $"Table not found: {given}");

    public static AwsException TableAlreadyExists(string name) => new("TableAlreadyExistsException", $"Table already exists: {name}");

    public static AwsException BackupNotFound(string arn) => new("BackupNotFoundException", $"Backup not found: {arn}");

    /// <remarks>Observed: test_export_point_in_time_recovery_not_enabled of getmoto/moto, verified against AWS.</remarks>
    public static AwsException PointInTimeRecoveryUnavailable(string table) =>
        new("PointInTimeRecoveryUnavailableException", $"Point in time recovery is not enabled for table '{table}'");

    public static AwsException InvalidRestoreTime() =>
        new("InvalidRestoreTimeException", "An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime.");
}
