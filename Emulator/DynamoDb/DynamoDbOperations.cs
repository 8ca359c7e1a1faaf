using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.ContributorInsights;
using Emulator.DynamoDb.Exports;
using Emulator.DynamoDb.GlobalTables;
using Emulator.DynamoDb.Imports;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.KinesisDestinations;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.PartiQl;
using Emulator.DynamoDb.ReplicaScaling;
using Emulator.DynamoDb.ResourcePolicies;
using Emulator.DynamoDb.Tags;
using Emulator.DynamoDb.TimeToLive;
using Emulator.Protocols;

namespace Emulator.DynamoDb;

/// <summary>What DynamoDB can do, in the order of its API reference; what it cannot do yet is refused by name.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html</remarks>
internal static class DynamoDbOperations
{
    public static OperationTable<DynamoDbService> Table { get; } = new OperationTable<DynamoDbService>()
        .Row("BatchExecuteStatement", BatchExecuteStatementInput.Decode, BatchExecuteStatement.Permissions, BatchExecuteStatement.ExecuteAsync)
        .Row("BatchGetItem", BatchGetItemInput.Decode, Permissions.BatchGet, BatchGetItem.ExecuteAsync)
        .Row("BatchWriteItem", BatchWriteItemInput.Decode, Permissions.BatchWrite, BatchWriteItem.ExecuteAsync)
        .Row("CreateBackup", CreateBackupInput.Decode, Permissions.Table<CreateBackupInput>(input => input.TableName), CreateBackup.ExecuteAsync)
        .Row("CreateGlobalTable", LegacyGlobalTableInput.Decode, LegacyGlobalTables.Permissions, LegacyGlobalTables.CreateAsync)
        .Row("CreateTable", CreateTableInput.Decode, Permissions.Table<CreateTableInput>(input => input.TableName), CreateTable.ExecuteAsync)
        .Row("DeleteBackup", BackupArnInput.Decode, Permissions.Resource<BackupArnInput>(input => input.BackupArn), DeleteBackup.ExecuteAsync)
        .Row("DeleteItem", DeleteItemInput.Decode, Permissions.Delete, DeleteItem.ExecuteAsync)
        .Row("DeleteResourcePolicy", DeleteResourcePolicyInput.Decode, Permissions.Resource<DeleteResourcePolicyInput>(input => input.ResourceArn), DeleteResourcePolicy.ExecuteAsync)
        .Row("DeleteTable", TableNameInput.Decode, Permissions.Table<TableNameInput>(input => input.TableName), DeleteTable.ExecuteAsync)
        .Row("DescribeBackup", BackupArnInput.Decode, Permissions.Resource<BackupArnInput>(input => input.BackupArn), DescribeBackup.ExecuteAsync)
        .Row("DescribeContinuousBackups", TableNameInput.Decode, Permissions.Table<TableNameInput>(input => input.TableName), DescribeContinuousBackups.ExecuteAsync)
        .Row("DescribeContributorInsights", UpdateContributorInsightsInput.Decode, Permissions.Table<UpdateContributorInsightsInput>(input => input.TableName), DescribeContributorInsights.ExecuteAsync)
        .Row("DescribeEndpoints", EmptyInput.Decode, Permissions.AllTables, DescribeEndpoints.ExecuteAsync)
        .Row("DescribeExport", ExportArnInput.Decode, Permissions.Resource<ExportArnInput>(input => input.ExportArn), DescribeExport.ExecuteAsync)
        .Row("DescribeGlobalTable", LegacyGlobalTableInput.Decode, LegacyGlobalTables.Permissions, LegacyGlobalTables.DescribeAsync)
        .Row("DescribeGlobalTableSettings", LegacyGlobalTableInput.Decode, LegacyGlobalTables.Permissions, LegacyGlobalTables.SettingsAsync)
        .Row("DescribeImport", ImportArnInput.Decode, Permissions.Resource<ImportArnInput>(input => input.ImportArn), DescribeImport.ExecuteAsync)
        .Row("DescribeKinesisStreamingDestination", TableNameInput.Decode, Permissions.Table<TableNameInput>(input => input.TableName), DescribeKinesisStreamingDestination.ExecuteAsync)
        .Row("DescribeLimits", EmptyInput.Decode, Permissions.AllTables, DescribeLimits.ExecuteAsync)
        .Row("DescribeTable", TableNameInput.Decode, Permissions.Table<TableNameInput>(input => input.TableName), DescribeTable.ExecuteAsync)
        .Row("DescribeTableReplicaAutoScaling", TableNameInput.Decode, Permissions.Table<TableNameInput>(input => input.TableName), DescribeTableReplicaAutoScaling.ExecuteAsync)
        .Row("DescribeTimeToLive", TableNameInput.Decode, Permissions.Table<TableNameInput>(input => input.TableName), DescribeTimeToLive.ExecuteAsync)
        .Row("DisableKinesisStreamingDestination", KinesisDestinationInput.Decode, Permissions.Table<KinesisDestinationInput>(input => input.TableName), KinesisDestinationChange.DisableAsync)
        .Row("EnableKinesisStreamingDestination", KinesisDestinationInput.Decode, Permissions.Table<KinesisDestinationInput>(input => input.TableName), KinesisDestinationChange.EnableAsync)
        .Row("ExecuteStatement", ExecuteStatementInput.Decode, (_, service, call, input) => [StatementPermissions.Of(service, call, input.Parsed)], ExecuteStatement.ExecuteAsync)
        .Row("ExecuteTransaction", ExecuteTransactionInput.Decode, ExecuteTransaction.Permissions, ExecuteTransaction.ExecuteAsync)
        .Row("ExportTableToPointInTime", ExportTableToPointInTimeInput.Decode, Permissions.Table<ExportTableToPointInTimeInput>(input => input.TableArn), ExportTableToPointInTime.ExecuteAsync)
        .Row("GetItem", GetItemInput.Decode, Permissions.Get, GetItem.ExecuteAsync)
        .Row("GetResourcePolicy", ResourceArnInput.Decode, Permissions.Resource<ResourceArnInput>(input => input.ResourceArn), GetResourcePolicy.ExecuteAsync)
        .Row("ImportTable", ImportTableInput.Decode, ImportTable.Permissions, ImportTable.ExecuteAsync)
        .Row("ListBackups", ListBackupsInput.Decode, Permissions.AllTables, ListBackups.ExecuteAsync)
        .Row("ListContributorInsights", ListContributorInsightsInput.Decode, Permissions.Table<ListContributorInsightsInput>(input => input.TableName), ListContributorInsights.ExecuteAsync)
        .Row("ListExports", ListExportsInput.Decode, Permissions.AllTables, ListExports.ExecuteAsync)
        .Row("ListGlobalTables", EmptyInput.Decode, Permissions.AllTables, LegacyGlobalTables.ListAsync)
        .Row("ListImports", ListImportsInput.Decode, Permissions.AllTables, ListImports.ExecuteAsync)
        .Row("ListTables", ListTablesInput.Decode, Permissions.AllTables, ListTables.ExecuteAsync)
        .Row("ListTagsOfResource", ResourceArnInput.Decode, Permissions.Resource<ResourceArnInput>(input => input.ResourceArn), ListTagsOfResource.ExecuteAsync)
        .Row("PutItem", PutItemInput.Decode, Permissions.Put, PutItem.ExecuteAsync)
        .Row("PutResourcePolicy", PutResourcePolicyInput.Decode, Permissions.Resource<PutResourcePolicyInput>(input => input.ResourceArn), PutResourcePolicy.ExecuteAsync)
        .Row("Query", QueryInput.Decode, Permissions.Query, Query.ExecuteAsync)
        .Row("RestoreTableFromBackup", RestoreTableFromBackupInput.Decode, RestoreTableFromBackup.Permissions, RestoreTableFromBackup.ExecuteAsync)
        .Row("RestoreTableToPointInTime", RestoreTableToPointInTimeInput.Decode, RestoreTableToPointInTime.Permissions, RestoreTableToPointInTime.ExecuteAsync)
        .Row("Scan", ScanInput.Decode, Permissions.Scan, Scan.ExecuteAsync)
        .Row("TagResource", TagResourceInput.Decode, Permissions.Resource<TagResourceInput>(input => input.ResourceArn), TagResource.ExecuteAsync)
        .Row("TransactGetItems", TransactGetItemsInput.Decode, Permissions.TransactGet, TransactGetItems.ExecuteAsync)
        .Row("TransactWriteItems", TransactWriteItemsInput.Decode, Permissions.TransactWrite, TransactWriteItems.ExecuteAsync)
        .Row("UntagResource", UntagResourceInput.Decode, Permissions.Resource<UntagResourceInput>(input => input.ResourceArn), UntagResource.ExecuteAsync)
        .Row("UpdateContinuousBackups", UpdateContinuousBackupsInput.Decode, Permissions.Table<UpdateContinuousBackupsInput>(input => input.TableName), UpdateContinuousBackups.ExecuteAsync)
        .Row("UpdateContributorInsights", UpdateContributorInsightsInput.Decode, Permissions.Table<UpdateContributorInsightsInput>(input => input.TableName), UpdateContributorInsights.ExecuteAsync)
        .Row("UpdateGlobalTable", LegacyGlobalTableInput.Decode, LegacyGlobalTables.Permissions, LegacyGlobalTables.UpdateAsync)
        .Row("UpdateGlobalTableSettings", LegacyGlobalTableInput.Decode, LegacyGlobalTables.Permissions, LegacyGlobalTables.SettingsAsync)
        .Row("UpdateItem", UpdateItemInput.Decode, Permissions.Update, UpdateItem.ExecuteAsync)
        .Row("UpdateKinesisStreamingDestination", KinesisDestinationInput.Decode, Permissions.Table<KinesisDestinationInput>(input => input.TableName), KinesisDestinationChange.UpdateAsync)
        .Row("UpdateTable", UpdateTableInput.Decode, ReplicaPermissions.Of, UpdateTable.ExecuteAsync)
        .Row("UpdateTableReplicaAutoScaling", ReplicaScalingInput.Decode, Permissions.Table<ReplicaScalingInput>(input => input.TableName), UpdateTableReplicaAutoScaling.ExecuteAsync)
        .Row("UpdateTimeToLive", UpdateTimeToLiveInput.Decode, Permissions.Table<UpdateTimeToLiveInput>(input => input.TableName), UpdateTimeToLive.ExecuteAsync);

    /// <summary>Every operation has the IAM action of its own name, but for transactions, which have those of the operations that they consist of.</summary>
    public static OperationTable<DynamoDbService> Row<TInput>(this OperationTable<DynamoDbService> table, string name, StructDecoder<TInput> decode,
        PermissionsOf<TInput> permissions, Func<DynamoDbService, Call, TInput, ValueTask<ReadOnlyMemory<byte>>> execute)
    {
        var action = $"dynamodb:{name}";
        return table.Raw(name, action, (service, call, input) => permissions(action, service, call, input), content => InputReader.Decode(content, decode), execute);
    }
}
