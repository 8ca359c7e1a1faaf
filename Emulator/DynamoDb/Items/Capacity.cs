using Emulator.DynamoDb.Output;

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
    public static void WriteMember(JsonOutput json, string? asked, string table, double units)
    {
        if (!IsAsked(asked)) return;
        json.Member("ConsumedCapacity"u8);
        Write(json, asked!, table, units);
    }

    public static bool IsAsked(string? asked) => asked is "TOTAL" or "INDEXES";

    public static void Write(JsonOutput json, string asked, string table, double units)
    {
        json.BeginObject();
        json.Member("TableName"u8);
        json.Text(table);
        json.Member("CapacityUnits"u8);
        json.Number(units);
        if (asked == "INDEXES")
        {
            json.Member("Table"u8);
            json.BeginObject();
            json.Member("CapacityUnits"u8);
            json.Number(units);
            json.EndObject();
        }
        json.EndObject();
    }
}
