using System.Buffers.Binary;
using System.Collections.Concurrent;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Throughput;

/// <summary>The one door by which requests spend the capacity of tables and indexes. It lives in memory: a new host begins with full buckets.</summary>
/// <param name="enforces">Whether requests beyond the capacity are refused (<c>dynamodb: { capacity: enforce }</c>).</param>
internal sealed class TableThroughput(EmulatorClock clock, bool enforces)
{
    // Tables come and go; what is kept of more than these would be of tables that are gone.
    private const int MostMeters = 20_000;

    private readonly ConcurrentDictionary<(Guid Table, string? Index, bool Write), CapacityMeter> _meters = new();
    private volatile bool _counts;
    private long _countsFrom = enforces ? MinuteCounts.Minute(clock.GetUtcNow()) : long.MaxValue;

    /// <summary>Whether anybody asks what is spent: without that, nothing is kept.</summary>
    public bool IsWatching => enforces || _counts;

    /// <summary>Counts what each minute consumes, or stops.</summary>
    public void Count(bool isWanted)
    {
        if (isWanted && !_counts) Interlocked.CompareExchange(ref _countsFrom, MinuteCounts.Minute(clock.GetUtcNow()), long.MaxValue);
        _counts = isWanted;
        if (!IsWatching) Forget();
    }

    /// <summary>Refuses a request for which nothing is left, before it is carried out.</summary>
    /// <param name="key">The key of an item in the store, or of the beginning of a range in one partition; empty where a request concerns no one partition.</param>
    public void Admit(Table table, SecondaryIndex? index, bool write, ReadOnlySpan<byte> key)
    {
        if (Check(table, index, write, key) is { } throttling) throw throttling.Exception();
    }

    /// <summary>As <see cref="Admit"/>, for requests that go on with what is left.</summary>
    public Throttling? Check(Table table, SecondaryIndex? index, bool write, ReadOnlySpan<byte> key)
    {
        if (!enforces) return null;
        var limits = CapacityLimits.Of(table, index, write);
        return Meter(table, index, write).Check(limits, index is null ? Hash(table, key) : null, clock.GetUtcNow()) is { } limit
            ? new(index is null ? table.Arn : $"{table.Arn}/index/{index.Name}", index is not null, write, table.OnDemand, limit)
            : null;
    }

    /// <summary>Spends what a request cost.</summary>
    public void Spend(Table table, SecondaryIndex? index, bool write, ReadOnlySpan<byte> key, double units)
    {
        if (!IsWatching || units == 0) return;
        var now = clock.GetUtcNow();
        var meter = Meter(table, index, write);
        meter.Count(units, now);
        if (enforces) meter.Take(CapacityLimits.Of(table, index, write), index is null ? Hash(table, key) : null, units, now);
    }

    /// <summary>The units that the minutes before a full one consumed, the latest first, as far back as they were counted.</summary>
    /// <returns>How many minutes are known.</returns>
    public int Consumed(Table table, string? index, bool write, DateTimeOffset minute, Span<double> units)
    {
        var from = Math.Max(Interlocked.Read(ref _countsFrom), MinuteCounts.Minute(table.Created));
        var known = (int)Math.Clamp(MinuteCounts.Minute(minute) - from, 0, units.Length);
        units.Clear();
        if (_meters.TryGetValue((table.Id, index, write), out var meter)) meter.Read(minute, units[..known]);
        return known;
    }

    private void Forget()
    {
        Interlocked.Exchange(ref _countsFrom, long.MaxValue);
        _meters.Clear();
    }

    private CapacityMeter Meter(Table table, SecondaryIndex? index, bool write)
    {
        var key = (table.Id, index?.Name, write);
        if (_meters.TryGetValue(key, out var meter)) return meter;
        if (_meters.Count >= MostMeters) _meters.Clear();
        return _meters.GetOrAdd(key, static _ => new());
    }

    private static ulong? Hash(Table table, ReadOnlySpan<byte> key)
    {
        var prefix = table.Space.ItemPrefix.Length;
        return key.Length >= prefix + 8 ? BinaryPrimitives.ReadUInt64BigEndian(key[prefix..]) : null;
    }
}
