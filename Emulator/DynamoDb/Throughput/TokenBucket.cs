namespace Emulator.DynamoDb.Throughput;

/// <summary>Units that come in at a rate and are kept up to a measure. It may be overdrawn: what a request costs is known only when it is done.</summary>
internal struct TokenBucket
{
    private double _units;
    private long _at;

    /// <summary>A new bucket is full.</summary>
    public static TokenBucket Full(double most, DateTimeOffset now) => new() { _units = most, _at = now.UtcTicks };

    /// <summary>Whether anything is left.</summary>
    public readonly bool HasAny => _units > 0;

    /// <summary>Adds what has come in since the last time.</summary>
    public void Refill(double perSecond, double most, DateTimeOffset now)
    {
        var elapsed = now.UtcTicks - _at;
        _at = now.UtcTicks;
        if (elapsed > 0) _units += perSecond * elapsed / TimeSpan.TicksPerSecond;
        _units = Math.Min(_units, most);
    }

    public void Take(double units) => _units -= units;
}
