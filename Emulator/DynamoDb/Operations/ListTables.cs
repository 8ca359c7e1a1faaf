using Emulator.DynamoDb.Input;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Returns the names of the tables of an account in a region.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html</remarks>
internal static class ListTables
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ListTablesInput input)
    {
        var constraints = new Constraints();
        if (input.ExclusiveStartTableName is not null) constraints.Name(input.ExclusiveStartTableName, "exclusiveStartTableName");
        constraints.Least(input.Limit, "limit", 1);
        constraints.Most(input.Limit, "limit", DynamoDbLimits.ListTablesPage);
        constraints.Require();

        var limit = input.Limit ?? DynamoDbLimits.ListTablesPage;
        var names = service.Tables.Names(call.Account, call.Region, input.ExclusiveStartTableName).Take(limit + 1).ToList();
        string? last = null;
        if (names.Count > limit)
        {
            names.RemoveAt(limit);
            last = names[^1];
        }
        return new(AwsJson.Encode(new ListTablesOutput(names, last), DynamoDbJson.Default.ListTablesOutput));
    }
}

internal sealed record ListTablesInput(string? ExclusiveStartTableName, int? Limit)
{
    public static ListTablesInput Decode(ref InputReader json)
    {
        string? start = null;
        int? limit = null;
        while (json.NextMember())
        {
            if (json.Is("ExclusiveStartTableName"u8)) start = json.String();
            else if (json.Is("Limit"u8)) limit = json.Integer();
            else json.Skip();
        }
        return new(start, limit);
    }
}

internal sealed record ListTablesOutput(IReadOnlyList<string> TableNames, string? LastEvaluatedTableName);
