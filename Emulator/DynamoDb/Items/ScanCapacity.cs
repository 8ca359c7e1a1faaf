using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Items;

/// <summary>What a Scan costs: each partition that it reads costs at least the least, and a table on demand has four partitions from the start.</summary>
/// <remarks>Observed: https://stackoverflow.com/questions/70121087 and test_scan_consumed_capacity of scylladb/scylladb test/alternator: a Scan of one small item costs 2 units, or 4 where it is consistent.</remarks>
internal sealed class ScanCapacity(Table table, KeyRange range)
{
    private const int OnDemandPartitions = 4;

    private readonly long[] _bytes = new long[OnDemandPartitions];
    private int _last = -1;

    public void Add(ReadOnlySpan<byte> key, int size)
    {
        _last = PartitionOf(key);
        _bytes[_last] += size;
    }

    /// <param name="complete">Whether the range was read to its end; else only to the last item.</param>
    public double Units(bool consistent, bool complete)
    {
        var to = !complete ? _last : range.To is { } end ? PartitionOf(end.Span, before: true) : OnDemandPartitions - 1;
        var units = 0.0;
        for (var partition = PartitionOf(range.From.Span); partition <= to; partition++) units += Capacity.Read(_bytes[partition], consistent);
        return Math.Max(units, Capacity.Read(0, consistent));
    }

    /// <summary>By the first two bits of the hash.</summary>
    private int PartitionOf(ReadOnlySpan<byte> key, bool before = false)
    {
        if (!table.OnDemand) return 0;
        var prefix = table.Space.ItemPrefix;
        if (key.Length <= prefix.Length) return before ? OnDemandPartitions - 1 : 0;
        var hash = key[prefix.Length..];
        var atBoundary = before && (hash[0] & 0x3F) == 0 && hash[1..].IndexOfAnyExcept((byte)0) < 0;
        return Math.Max(0, (hash[0] >> 6) - (atBoundary ? 1 : 0));
    }
}
