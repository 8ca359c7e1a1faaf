using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Deletes a table with all its items; it is gone at once.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html</remarks>
internal static class DeleteTable
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, TableNameInput input)
    {
        TableNameRules.Check(input.TableName);
        var name = TableName.Parse(call, input.TableName!);
        var description = await service.Store.WriteAsync(transaction =>
        {
            var table = TableStore.Read(transaction, name) ?? throw DynamoDbErrors.TableNotFound(name.Name);
            if (table.DeletionProtectionEnabled) throw DynamoDbErrors.DeletionProtected();
            var description = table.DescribeDeleting(transaction, call.Now);
            StreamStore.Disable(transaction, table, call.Now);
            var isBackedUp = table.PointInTimeRecovery is not null;
            if (isBackedUp) CreateBackup.OfDeleted(service, call, transaction, table);
            TableStore.Delete(transaction, table, keepItems: isBackedUp);
            return description;
        });
        return AwsJson.Encode(new TableDescriptionOutput(description), DynamoDbJson.Default.TableDescriptionOutput);
    }
}
