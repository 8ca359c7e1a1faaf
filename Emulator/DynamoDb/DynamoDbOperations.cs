using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;
using Emulator.Protocols;

namespace Emulator.DynamoDb;

/// <summary>What DynamoDB can do, in the order of its API reference.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html</remarks>
internal static class DynamoDbOperations
{
    public static OperationTable<DynamoDbService> Table { get; } = new OperationTable<DynamoDbService>()
        .Row("BatchGetItem", BatchGetItemInput.Decode, Permissions.BatchGet, BatchGetItem.ExecuteAsync)
        .Row("BatchWriteItem", BatchWriteItemInput.Decode, Permissions.BatchWrite, BatchWriteItem.ExecuteAsync)
        .Row("CreateTable", CreateTableInput.Decode, Permissions.Table<CreateTableInput>(input => input.TableName), CreateTable.ExecuteAsync)
        .Row("DeleteItem", DeleteItemInput.Decode, Permissions.Key<DeleteItemInput>(input => input.TableName, input => input.Key), DeleteItem.ExecuteAsync)
        .Row("DeleteTable", TableNameInput.Decode, Permissions.Table<TableNameInput>(input => input.TableName), DeleteTable.ExecuteAsync)
        .Row("DescribeTable", TableNameInput.Decode, Permissions.Table<TableNameInput>(input => input.TableName), DescribeTable.ExecuteAsync)
        .Row("GetItem", GetItemInput.Decode, Permissions.Key<GetItemInput>(input => input.TableName, input => input.Key), GetItem.ExecuteAsync)
        .Row("ListTables", ListTablesInput.Decode, Permissions.AllTables, ListTables.ExecuteAsync)
        .Row("PutItem", PutItemInput.Decode, Permissions.Key<PutItemInput>(input => input.TableName, input => input.Item), PutItem.ExecuteAsync)
        .Row("Query", QueryInput.Decode, Permissions.Query, Query.ExecuteAsync)
        .Row("Scan", ScanInput.Decode, Permissions.Scan, Scan.ExecuteAsync)
        .Row("UpdateItem", UpdateItemInput.Decode, Permissions.Key<UpdateItemInput>(input => input.TableName, input => input.Key), UpdateItem.ExecuteAsync)
        .NotBuilt(
            "BatchExecuteStatement", "CreateBackup", "CreateGlobalTable", "DeleteBackup", "DeleteResourcePolicy", "DescribeBackup", "DescribeContinuousBackups",
            "DescribeContributorInsights", "DescribeEndpoints", "DescribeExport", "DescribeGlobalTable", "DescribeGlobalTableSettings", "DescribeImport",
            "DescribeKinesisStreamingDestination", "DescribeLimits", "DescribeTableReplicaAutoScaling", "DescribeTimeToLive", "DisableKinesisStreamingDestination",
            "EnableKinesisStreamingDestination", "ExecuteStatement", "ExecuteTransaction", "ExportTableToPointInTime", "GetResourcePolicy", "ImportTable", "ListBackups",
            "ListContributorInsights", "ListExports", "ListGlobalTables", "ListImports", "ListTagsOfResource", "PutResourcePolicy", "RestoreTableFromBackup",
            "RestoreTableToPointInTime", "TagResource", "TransactGetItems", "TransactWriteItems", "UntagResource", "UpdateContinuousBackups", "UpdateContributorInsights",
            "UpdateGlobalTable", "UpdateGlobalTableSettings", "UpdateKinesisStreamingDestination", "UpdateTable", "UpdateTableReplicaAutoScaling", "UpdateTimeToLive");

    /// <summary>Every operation has the IAM action of its own name.</summary>
    private static OperationTable<DynamoDbService> Row<TInput>(this OperationTable<DynamoDbService> table, string name, StructDecoder<TInput> decode,
        PermissionsOf<TInput> permissions, Func<DynamoDbService, Call, TInput, ValueTask<ReadOnlyMemory<byte>>> execute)
    {
        var action = $"dynamodb:{name}";
        return table.Raw(name, action, (service, call, input) => permissions(action, service, call, input), content => InputReader.Decode(content, decode), execute);
    }
}
