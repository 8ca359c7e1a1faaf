using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;

namespace Emulator.DynamoDb.Transactions;

/// <summary>What a transaction consumed of one table: twice what its operations would by themselves, each rounded up first.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling;
/// observed: tests/transactional_index_consumed_capacity.rs of nubo-db/dynoxide, measured in eu-west-2 in August 2026.
/// </remarks>
internal sealed record TransactionCapacity(string TableName, double TableUnits, bool IsWrite)
{
    private const int Factor = 2;

    public static double Write(int before, int after) => Factor * Capacity.Write(before, after);

    public static double Read(int bytes) => Factor * Capacity.Read(bytes, consistent: true);

    /// <summary>The sums of the tables, in the order in which they come first.</summary>
    public static List<TransactionCapacity> Sum(IEnumerable<TransactionCapacity> parts) =>
        [.. parts.GroupBy(part => part.TableName, StringComparer.Ordinal).Select(table => table.First() with { TableUnits = table.Sum(part => part.TableUnits) })];

    /// <summary>Writes ConsumedCapacity where the request asked for it.</summary>
    public static void WriteMember(JsonOutput json, string? asked, IReadOnlyList<TransactionCapacity> tables)
    {
        if (!Capacity.IsAsked(asked)) return;
        json.Member("ConsumedCapacity"u8);
        json.BeginArray();
        foreach (var table in tables)
        {
            json.BeginObject();
            json.Member("TableName"u8);
            json.Text(table.TableName);
            table.WriteUnits(json, table.TableUnits);
            if (asked == "INDEXES")
            {
                json.Member("Table"u8);
                json.BeginObject();
                table.WriteUnits(json, table.TableUnits);
                json.EndObject();
            }
            json.EndObject();
        }
        json.EndArray();
    }

    private void WriteUnits(JsonOutput json, double units)
    {
        json.Member("CapacityUnits"u8);
        json.Number(units);
        json.Member(IsWrite ? "WriteCapacityUnits"u8 : "ReadCapacityUnits"u8);
        json.Number(units);
    }
}
