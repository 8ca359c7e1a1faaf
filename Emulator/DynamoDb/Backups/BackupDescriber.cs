using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Backups;

/// <summary>Describes a backup as its operations answer it.</summary>
internal static class BackupDescriber
{
    public static BackupDescription Describe(this Backup backup, string status) => new(backup.Details(status), backup.SourceTable(), Features(backup.Table));

    public static BackupDetails Details(this Backup backup, string status) => new()
    {
        BackupArn = backup.Arn,
        BackupName = backup.Name,
        BackupSizeBytes = backup.SizeBytes,
        BackupStatus = status,
        BackupType = backup.Type,
        BackupCreationDateTime = backup.Created.EpochSeconds(),
        BackupExpiryDateTime = backup.Expires?.EpochSeconds(),
    };

    public static BackupSummary Summary(this Backup backup) => new()
    {
        TableName = backup.Table.Name,
        TableId = backup.SourceTableId.ToString(),
        TableArn = backup.Table.Arn,
        BackupArn = backup.Arn,
        BackupName = backup.Name,
        BackupCreationDateTime = backup.Created.EpochSeconds(),
        BackupExpiryDateTime = backup.Expires?.EpochSeconds(),
        BackupStatus = "AVAILABLE",
        BackupType = backup.Type,
        BackupSizeBytes = backup.SizeBytes,
    };

    private static SourceTableDetails SourceTable(this Backup backup)
    {
        var table = backup.Table;
        return new()
        {
            TableName = table.Name,
            TableId = backup.SourceTableId.ToString(),
            TableArn = table.Arn,
            TableSizeBytes = backup.SizeBytes,
            KeySchema = table.KeySchema,
            TableCreationDateTime = table.Created.EpochSeconds(),
            ProvisionedThroughput = new(table.ReadCapacityUnits, table.WriteCapacityUnits),
            ItemCount = backup.ItemCount,
            BillingMode = table.OnDemand ? "PAY_PER_REQUEST" : "PROVISIONED",
        };
    }

    private static SourceTableFeatureDetails Features(Table table) => new()
    {
        SSEDescription = TableDescriber.Encryption(table),
    };
}
