using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.TimeToLive;

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
            OnDemandThroughput = Limits(table.MaxReadRequestUnits, table.MaxWriteRequestUnits),
            ItemCount = backup.ItemCount,
            BillingMode = table.OnDemand ? "PAY_PER_REQUEST" : "PROVISIONED",
        };
    }

    private static SourceTableFeatureDetails Features(Table table) => new()
    {
        LocalSecondaryIndexes = Of(table, isLocal: true)?.ConvertAll(index => new LocalSecondaryIndexInfo(index.Name, index.KeySchema, Projection(index))),
        GlobalSecondaryIndexes = Of(table, isLocal: false)?.ConvertAll(index => new GlobalSecondaryIndexInfo(index.Name, index.KeySchema, Projection(index),
            new(index.ReadCapacityUnits, index.WriteCapacityUnits), Limits(index.MaxReadRequestUnits, index.MaxWriteRequestUnits))),
        TimeToLiveDescription = table.TimeToLive?.AttributeName is null ? null : TimeToLiveDescription.Of(table),
        StreamDescription = StreamSpecification.Of(table),
        SSEDescription = TableDescriber.Encryption(table),
    };

    private static List<SecondaryIndex>? Of(Table table, bool isLocal) =>
        table.Indexes?.Where(index => index.IsLocal == isLocal).ToList() is { Count: > 0 } indexes ? indexes : null;

    private static ProjectionDescription Projection(SecondaryIndex index) => new(index.ProjectionType, index.NonKeyAttributes);

    private static OnDemandThroughputDescription? Limits(long? read, long? write) => read is null && write is null ? null : new(read, write);
}
