using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Returns the description of one table.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html</remarks>
internal static class DescribeTable
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, TableNameInput input)
    {
        TableNameRules.Check(input.TableName);
        var name = TableName.Parse(call, input.TableName!);
        using var snapshot = service.Store.Snapshot();
        var description = TableStore.ReadAny(snapshot, name)?.Describe(snapshot, call.Now) ?? DepartingTables.Find(snapshot, name, call.Now) ?? throw DynamoDbErrors.TableNotFound(name.Name);
        return new(AwsJson.Encode(new DescribeTableOutput(description), DynamoDbJson.Default.DescribeTableOutput));
    }
}

internal sealed record DescribeTableOutput(TableDescription Table);

/// <summary>The input of operations that only name a table.</summary>
internal sealed record TableNameInput(string? TableName)
{
    public static TableNameInput Decode(ref InputReader json)
    {
        string? name = null;
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) name = json.String();
            else json.Skip();
        }
        return new(name);
    }
}
