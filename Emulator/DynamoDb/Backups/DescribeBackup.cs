using Emulator.DynamoDb.Input;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Backups;

/// <summary>Describes a backup and the table that it was made of.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeBackup.html</remarks>
internal static class DescribeBackup
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, BackupArnInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        return new(Answer(BackupStore.Require(snapshot, call, input.BackupArn!), "AVAILABLE"));
    }

    public static ReadOnlyMemory<byte> Answer(Backup backup, string status) =>
        AwsJson.Encode(new BackupDescriptionOutput(backup.Describe(status)), BackupJson.Default.BackupDescriptionOutput);
}

internal sealed record BackupDescriptionOutput(BackupDescription BackupDescription);

/// <summary>The input of operations that only name a backup.</summary>
internal sealed record BackupArnInput(string? BackupArn)
{
    public void Check()
    {
        var constraints = new Constraints();
        constraints.PartArn(BackupArn, "backupArn");
        constraints.Require();
    }

    public static BackupArnInput Decode(ref InputReader json)
    {
        string? arn = null;
        while (json.NextMember())
        {
            if (json.Is("BackupArn"u8)) arn = json.String();
            else json.Skip();
        }
        return new(arn);
    }
}
