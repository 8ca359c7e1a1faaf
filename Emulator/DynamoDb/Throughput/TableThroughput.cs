using System.Buffers.Binary;
using System.Collections.Concurrent;
using Emulator.DynamoDb.Items;
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
        if (IsWatching) return;
        Interlocked.Exchange(ref _countsFrom, long.MaxValue);
        _meters.Clear();
    }

    /// <summary>Forgets what was spent, as a new host does: the state is another one.</summary>
    public void Reset()
    {
        _meters.Clear();
        if (IsWatching) Interlocked.Exchange(ref _countsFrom, MinuteCounts.Minute(clock.GetUtcNow()));
    }

    /// <summary>Refuses a read for which nothing is left, before it is carried out; what it costs is known only then.</summary>
    /// <param name="index">What is read instead of the table; a local index has the table's capacity.</param>
    /// <param name="key">The key in the store of an item, or with which a range in one partition begins; empty where no one partition is read.</param>
    public void AdmitRead(Table table, SecondaryIndex? index, ReadOnlySpan<byte> key)
    {
        if (CheckRead(table, index, key) is { } throttling) throw throttling.Exception();
    }

    /// <summary>As <see cref="AdmitRead"/>, for requests that go on with others.</summary>
    public Throttling? CheckRead(Table table, SecondaryIndex? index, ReadOnlySpan<byte> key) =>
        enforces ? Check(table, index is { IsLocal: false } ? index : null, write: false, Hash(table, key)) : null;

    /// <summary>Spends what a read cost, though it may be more than was left.</summary>
    public void SpendRead(Table table, in ConsumedUnits units, ReadOnlySpan<byte> key)
    {
        if (IsWatching) Take(table, units, write: false, Hash(table, key));
    }

    /// <summary>Refuses a write for which the table has nothing left, before it is carried out.</summary>
    public void AdmitWrite(Table table, ReadOnlySpan<byte> key)
    {
        if (enforces && Check(table, null, write: true, Hash(table, key)) is { } throttling) throw throttling.Exception();
    }

    /// <summary>Spends what a write costs; refuses it where the table, or a global index that it changes, has nothing left.</summary>
    public void SpendWrite(Table table, Item before, Item after, ReadOnlySpan<byte> key)
    {
        if (TrySpendWrite(table, before, after, key) is { } throttling) throw throttling.Exception();
    }

    /// <summary>As <see cref="SpendWrite"/>, for requests that go on with others.</summary>
    public Throttling? TrySpendWrite(Table table, Item before, Item after, ReadOnlySpan<byte> key, bool inTransaction = false)
    {
        if (!IsWatching) return null;
        var units = ConsumedUnits.OfWrite(table, before, after);
        if (inTransaction) units = units.InTransaction;
        var hash = Hash(table, key);
        if (enforces && CheckWrite(table, units, hash) is { } throttling) return throttling;
        Take(table, units, write: true, hash);
        return null;
    }

    /// <summary>Spends what a write costs whose condition does not hold: as much as if it had left the item as it is.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.ConditionalUpdate</remarks>
    public void SpendFailedWrite(Table table, Item item, ReadOnlySpan<byte> key)
    {
        if (IsWatching) Take(table, new(Capacity.Write(item.Size, 0)), write: true, Hash(table, key));
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

    /// <summary>A table whose global index lacks capacity for a write refuses it, though it has enough itself.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/gsi-throttling.html</remarks>
    private Throttling? CheckWrite(Table table, in ConsumedUnits units, ulong? hash)
    {
        var throttling = Check(table, null, write: true, hash);
        for (var i = 0; throttling is null && i < units.Indexes?.Length; i++)
        {
            var index = table.IndexSpaces![i].Index;
            if (units.Indexes[i] > 0 && !index.IsLocal) throttling = Check(table, index, write: true, null);
        }
        return throttling;
    }

    private Throttling? Check(Table table, SecondaryIndex? index, bool write, ulong? hash) =>
        Meter(table, index, write).Check(CapacityLimits.Of(table, index, write), hash, clock.GetUtcNow()) is { } limit
            ? new(index is null ? table.Arn : $"{table.Arn}/index/{index.Name}", index is not null, write, table.OnDemand, limit)
            : null;

    private void Take(Table table, in ConsumedUnits units, bool write, ulong? hash)
    {
        var ofTable = units.Table;
        for (var i = 0; i < units.Indexes?.Length; i++)
        {
            var index = table.IndexSpaces![i].Index;
            if (index.IsLocal) ofTable += units.Indexes[i];
            else Take(table, index, units.Indexes[i], write, write ? null : hash);
        }
        Take(table, null, ofTable, write, hash);
    }

    private void Take(Table table, SecondaryIndex? index, double units, bool write, ulong? hash)
    {
        if (units == 0) return;
        var now = clock.GetUtcNow();
        var meter = Meter(table, index, write);
        meter.Count(units, now);
        if (enforces) meter.Take(CapacityLimits.Of(table, index, write), hash, units, now);
    }

    private CapacityMeter Meter(Table table, SecondaryIndex? index, bool write)
    {
        var key = (table.Id, index?.Name, write);
        if (_meters.TryGetValue(key, out var meter)) return meter;
        if (_meters.Count >= MostMeters) _meters.Clear();
        return _meters.GetOrAdd(key, static _ => new());
    }

    /// <summary>The hash of the partition key, which the keys of items and of entries have behind a prefix of one length.</summary>
    private static ulong? Hash(Table table, ReadOnlySpan<byte> key)
    {
        var prefix = table.Space.ItemPrefix.Length;
        return key.Length >= prefix + sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(key[prefix..]) : null;
    }
}
