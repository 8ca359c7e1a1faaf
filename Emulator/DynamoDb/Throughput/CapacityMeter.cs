namespace Emulator.DynamoDb.Throughput;

/// <summary>The read or the write capacity of one table or index: what is left of it, and how much of it each minute took.</summary>
internal sealed class CapacityMeter
{
    private static readonly TimeSpan GrowthInterval = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, TokenBucket> _partitions = [];
    private readonly MinuteCounts _minutes = new();
    private TokenBucket _whole;
    private bool _begun;
    private double _peak;
    private DateTimeOffset _grown;

    /// <summary>The limit that leaves nothing for a request; null where it may be carried out.</summary>
    /// <param name="hash">Of the partition key; null where a request concerns no one partition.</param>
    public CapacityLimit? Check(in CapacityLimits limits, ulong? hash, DateTimeOffset now)
    {
        lock (_lock)
        {
            Refill(limits, now);
            if (!_whole.HasAny) return limits.WholeIs;
            return hash is { } of && !Partition(limits, of, now).HasAny ? CapacityLimit.KeyRangeThroughput : null;
        }
    }

    /// <summary>Takes what a request cost, though it may be more than is left.</summary>
    public void Take(in CapacityLimits limits, ulong? hash, double units, DateTimeOffset now)
    {
        lock (_lock)
        {
            Refill(limits, now);
            _whole.Take(units);
            if (hash is { } of) Partition(limits, of, now).Take(units);
        }
    }

    public void Count(double units, DateTimeOffset now)
    {
        lock (_lock) _minutes.Add(now, units);
    }

    /// <summary>The units of the minutes before a full one, the latest first.</summary>
    public void Read(DateTimeOffset minute, Span<double> units)
    {
        lock (_lock)
        {
            for (var i = 0; i < units.Length; i++) units[i] = _minutes.Before(minute, i + 1);
        }
    }

    private void Refill(in CapacityLimits limits, DateTimeOffset now)
    {
        if (!_begun) (_begun, _whole, _grown) = (true, TokenBucket.Full(limits.Burst, now), now);
        else _whole.Refill(limits.PerSecond, limits.Burst, now);
        if (limits.OnDemand && now - _grown >= GrowthInterval) Grow(now);
    }

    /// <summary>A table on demand can do twice its former peak, half an hour after it.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html</remarks>
    private void Grow(DateTimeOffset now)
    {
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        for (var i = 1; i <= GrowthInterval.TotalMinutes; i++) _peak = Math.Max(_peak, _minutes.Before(minute, i) / 60);
        _grown = now;
    }

    private ref TokenBucket Partition(in CapacityLimits limits, ulong hash, DateTimeOffset now)
    {
        var count = limits.Partitions(_peak);
        var partition = (int)Math.BigMul(hash, (ulong)count, out _);
        ref var bucket = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_partitions, partition, out var isThere);
        if (!isThere) bucket = TokenBucket.Full(limits.PartitionPerSecond, now);
        else bucket.Refill(limits.PartitionPerSecond, limits.PartitionPerSecond, now);
        return ref bucket;
    }
}
