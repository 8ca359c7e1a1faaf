using Emulator.DynamoDb.GlobalTables;
using Emulator.DynamoDb.Statuses;
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
            var table = TransitionRules.Require(transaction, name, call.Now);
            TransitionRules.CheckDelete(table, call.Now);
            ReplicaRules.CheckRemoval(table, call.Now);
            return TableRemoval.Remove(service, call, transaction, table);
        });
        return AwsJson.Encode(new TableDescriptionOutput(description), DynamoDbJson.Default.TableDescriptionOutput);
    }
}
