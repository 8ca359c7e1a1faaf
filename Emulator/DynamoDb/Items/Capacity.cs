using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Items;

/// <summary>The arithmetic of capacity units, and how answers tell it.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html</remarks>
internal static class Capacity
{
    /// <summary>What reading so many bytes costs; nothing found costs as much as the smallest item.</summary>
    public static double Read(long bytes, bool consistent) =>
        Math.Max(1, (bytes + DynamoDbLimits.ReadUnitBytes - 1) / DynamoDbLimits.ReadUnitBytes) * (consistent ? 1 : 0.5);

    /// <summary>What replacing an item costs: the larger of before and after counts.</summary>
    public static double Write(int before, int after) =>
        Math.Max(1, (Math.Max(before, after) + DynamoDbLimits.WriteUnitBytes - 1) / DynamoDbLimits.WriteUnitBytes);

    /// <summary>Writes ConsumedCapacity where the request asked for it.</summary>
    /// <param name="asked">ReturnConsumedCapacity: TOTAL, INDEXES, NONE or absent.</param>
    public static void WriteMember(JsonOutput json, string? asked, string name, Table table, ConsumedUnits units)
    {
        if (!IsAsked(asked)) return;
        json.Member("ConsumedCapacity"u8);
        Write(json, asked!, name, table, units);
    }

    public static bool IsAsked(string? asked) => asked is "TOTAL" or "INDEXES";

    /// <param name="name">The table as the request named it.</param>
    /// <param name="failed">What writes have cost that failed: a part of the whole, and of nothing else.</param>
    public static void Write(JsonOutput json, string asked, string name, Table table, ConsumedUnits units, double failed = 0)
    {
        json.BeginObject();
        json.Member("TableName"u8);
        json.Text(name);
        json.Member("CapacityUnits"u8);
        json.Number(units.Total + failed);
        if (asked == "INDEXES")
        {
            json.Member("Table"u8);
            WriteUnits(json, units.Table);
            WriteIndexes(json, "LocalSecondaryIndexes"u8, table, units, isLocal: true);
            WriteIndexes(json, "GlobalSecondaryIndexes"u8, table, units, isLocal: false);
        }
        json.EndObject();
    }

    private static void WriteIndexes(JsonOutput json, ReadOnlySpan<byte> member, Table table, ConsumedUnits units, bool isLocal)
    {
        var any = false;
        for (var i = 0; i < units.Indexes?.Length; i++)
        {
            var index = table.IndexSpaces![i];
            if (index.Index.IsLocal != isLocal || units.Indexes[i] == 0) continue;
            if (!any)
            {
                json.Member(member);
                json.BeginObject();
                any = true;
            }
            json.MemberText(index.Name);
            WriteUnits(json, units.Indexes[i]);
        }
        if (any) json.EndObject();
    }

    private static void WriteUnits(JsonOutput json, double units)
    {
        json.BeginObject();
        json.Member("CapacityUnits"u8);
        json.Number(units);
        json.EndObject();
    }
}
