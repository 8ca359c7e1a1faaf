using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Transactions;

/// <summary>What a transaction consumed of one table: twice what its operations would by themselves, each rounded up first; of its indexes no more than they would.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling;
/// observed: tests/transactional_index_consumed_capacity.rs of nubo-db/dynoxide, measured in eu-west-2 in August 2026.
/// </remarks>
internal sealed record TransactionCapacity(string TableName, double TableUnits, bool IsWrite)
{
    private const int Factor = 2;

    /// <summary>What the indexes consumed, those of which none are left out.</summary>
    public IReadOnlyList<(IndexSpace Index, double Units)> Indexes { get; init; } = [];

    /// <summary>What it costs to put one item in the place of another; either may be absent.</summary>
    public static TransactionCapacity OfWrite(string tableName, Table table, Item before, Item after)
    {
        var units = ConsumedUnits.OfWrite(table, before, after).InTransaction;
        return new(tableName, units.Table, IsWrite: true) { Indexes = [.. (table.IndexSpaces ?? []).Zip(units.Indexes ?? []).Where(index => index.Second > 0)] };
    }

    public static double Read(int bytes) => Factor * Capacity.Read(bytes, consistent: true);

    /// <summary>The sums of the tables, in the order in which they come first.</summary>
    public static List<TransactionCapacity> Sum(IEnumerable<TransactionCapacity> parts) =>
    [
        .. parts.GroupBy(part => part.TableName, StringComparer.Ordinal).Select(table => table.First() with
        {
            TableUnits = table.Sum(part => part.TableUnits),
            Indexes = [.. table.SelectMany(part => part.Indexes).GroupBy(index => index.Index.Name, (_, one) => (one.First().Index, one.Sum(index => index.Units)))],
        }),
    ];

    /// <summary>Writes ConsumedCapacity where the request asked for it.</summary>
    public static void WriteMember(JsonOutput json, string? asked, IReadOnlyList<TransactionCapacity> tables)
    {
        if (!Capacity.IsAsked(asked)) return;
        json.Member("ConsumedCapacity"u8);
        json.BeginArray();
        foreach (var table in tables) table.Write(json, withIndexes: asked == "INDEXES");
        json.EndArray();
    }

    private void Write(JsonOutput json, bool withIndexes)
    {
        json.BeginObject();
        json.Member("TableName"u8);
        json.Text(TableName);
        WriteUnits(json, TableUnits + Indexes.Sum(index => index.Units));
        if (withIndexes)
        {
            json.Member("Table"u8);
            json.BeginObject();
            WriteUnits(json, TableUnits);
            json.EndObject();
            WriteIndexes(json, "LocalSecondaryIndexes"u8, isLocal: true);
            WriteIndexes(json, "GlobalSecondaryIndexes"u8, isLocal: false);
        }
        json.EndObject();
    }

    private void WriteIndexes(JsonOutput json, ReadOnlySpan<byte> member, bool isLocal)
    {
        var indexes = Indexes.Where(index => index.Index.Index.IsLocal == isLocal).ToList();
        if (indexes.Count == 0) return;
        json.Member(member);
        json.BeginObject();
        foreach (var (index, units) in indexes)
        {
            json.MemberText(index.Name);
            json.BeginObject();
            WriteUnits(json, units);
            json.EndObject();
        }
        json.EndObject();
    }

    private void WriteUnits(JsonOutput json, double units)
    {
        json.Member("CapacityUnits"u8);
        json.Number(units);
        json.Member(IsWrite ? "WriteCapacityUnits"u8 : "ReadCapacityUnits"u8);
        json.Number(units);
    }
}
