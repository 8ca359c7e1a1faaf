using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Items;

/// <summary>What a Scan costs: of each partition that it reads at least the least.</summary>
internal sealed class ScanCapacity(Table table, KeyRange range)
{
    private readonly long[] _bytes = new long[Partitions.Most];
    private int _last;

    public void Add(ReadOnlySpan<byte> key, int size)
    {
        _last = Partitions.Of(table, key);
        _bytes[_last] += size;
    }

    /// <param name="complete">Whether the range was read to its end; else only to the last item.</param>
    public double Units(bool consistent, bool complete)
    {
        var to = !complete ? _last : range.To is { } end ? Partitions.Before(table, end.Span) : Partitions.Count(table) - 1;
        var units = 0.0;
        for (var partition = Partitions.Of(table, range.From.Span); partition <= to; partition++) units += Capacity.Read(_bytes[partition], consistent);
        return Math.Max(units, Capacity.Read(0, consistent));
    }
}
