namespace Emulator.DynamoDb.Throughput;

/// <summary>The units that each of the last minutes consumed.</summary>
internal sealed class MinuteCounts
{
    private const int Kept = 32;

    private readonly double[] _units = new double[Kept];
    private long _last;

    public void Add(DateTimeOffset time, double units)
    {
        var minute = Minute(time);
        // A clock that is set back begins anew.
        if (minute > _last + Kept || minute <= _last - Kept) Array.Clear(_units);
        else for (var skipped = _last + 1; skipped <= minute; skipped++) _units[skipped % Kept] = 0;
        if (minute > _last || minute <= _last - Kept) _last = minute;
        _units[minute % Kept] += units;
    }

    /// <summary>The units of the minute that begins so many minutes before a full one.</summary>
    public double Before(DateTimeOffset fullMinute, int minutes)
    {
        var minute = Minute(fullMinute) - minutes;
        return minute <= _last && minute > _last - Kept ? _units[minute % Kept] : 0;
    }

    public static long Minute(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMinute;
}
