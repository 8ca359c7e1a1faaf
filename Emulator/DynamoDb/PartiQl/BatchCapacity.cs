using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>What a BatchExecuteStatement has consumed of each table.</summary>
/// <remarks>
/// Observed: tests/partiql_index_consumed_capacity.rs of nubo-db/dynoxide, measured in eu-west-2 in August 2026: a write that fails costs what it would have, in the sum of its table only, and only where another statement of the
/// table has succeeded; a table of which none has is left out.
/// </remarks>
internal static class BatchCapacity
{
    public static void WriteMember(JsonOutput json, string? asked, List<BatchedStatement> statements)
    {
        if (!Capacity.IsAsked(asked)) return;
        var tables = statements.Where(statement => statement.Key is not null).GroupBy(statement => statement.Statement!.TableName, StringComparer.Ordinal)
            .Where(table => table.Any(statement => !statement.Failed)).ToList();
        if (tables.Count == 0) return;
        json.Member("ConsumedCapacity"u8);
        json.BeginArray();
        foreach (var table in tables)
        {
            json.BeginObject();
            json.Member("TableName"u8);
            json.Text(table.Key);
            json.Member("CapacityUnits"u8);
            json.Number(table.Sum(statement => statement.Units));
            if (asked == "INDEXES")
            {
                json.Member("Table"u8);
                json.BeginObject();
                json.Member("CapacityUnits"u8);
                json.Number(table.Where(statement => !statement.Failed).Sum(statement => statement.Units));
                json.EndObject();
            }
            json.EndObject();
        }
        json.EndArray();
    }
}
