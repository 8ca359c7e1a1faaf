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
            var units = table.Where(statement => !statement.Failed).Aggregate(default(ConsumedUnits), (sum, statement) => sum + statement.Units);
            Capacity.Write(json, asked!, table.Key, table.First().Table!, units, table.Where(statement => statement.Failed).Sum(statement => statement.Units.Table));
        }
        json.EndArray();
    }
}
