using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Backups;

/// <summary>What a table was restored from.</summary>
/// <param name="BackupArn">null where it was restored to a moment of another table.</param>
internal sealed record RestoreSource(string? BackupArn, string TableArn, DateTimeOffset Moment)
{
    public RestoreSummary Describe(string tableStatus) => new(BackupArn, TableArn, Moment.EpochSeconds(), tableStatus == "CREATING");
}
