namespace Emulator.DynamoDb.Tables;

/// <summary>The partitions that a table is spread over, as far as they can be seen from outside: one for provisioned tables, four for those on demand, by the first bits of the hash.</summary>
/// <remarks>Observed: https://stackoverflow.com/questions/70121087 and test_scan_consumed_capacity of scylladb/scylladb test/alternator: a Scan of one small item of a table on demand costs as much as four partitions.</remarks>
internal static class Partitions
{
    public const int Most = 4;

    public static int Count(Table table) => table.OnDemand ? Most : 1;

    /// <summary>The partition of the first key at or after this one.</summary>
    public static int Of(Table table, ReadOnlySpan<byte> key)
    {
        var prefix = table.Space.ItemPrefix.Length;
        return !table.OnDemand || key.Length <= prefix ? 0 : key[prefix] >> 6;
    }

    /// <summary>The partition of the last key before this one.</summary>
    public static int Before(Table table, ReadOnlySpan<byte> key)
    {
        var prefix = table.Space.ItemPrefix.Length;
        if (key.Length <= prefix) return Count(table) - 1;
        var atBoundary = (key[prefix] & 0x3F) == 0 && key[(prefix + 1)..].IndexOfAnyExcept((byte)0) < 0;
        return table.OnDemand ? Math.Max(0, (key[prefix] >> 6) - (atBoundary ? 1 : 0)) : 0;
    }
}
