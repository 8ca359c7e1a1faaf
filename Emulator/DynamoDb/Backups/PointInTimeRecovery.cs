namespace Emulator.DynamoDb.Backups;

/// <summary>Since when a table keeps the history of its items, and for how long.</summary>
internal sealed record PointInTimeRecovery(DateTimeOffset Since, int RecoveryPeriodInDays)
{
    public DateTimeOffset EarliestRestorable(DateTimeOffset now)
    {
        var limit = now.AddDays(-RecoveryPeriodInDays);
        return Since > limit ? Since : limit;
    }

    /// <summary>With another period from now on: what a shorter one has given up does not come back with a longer one.</summary>
    public PointInTimeRecovery WithPeriod(int days, DateTimeOffset now) => new(EarliestRestorable(now), days);

    /// <summary>Whether the table can be restored to a moment; clients round what they are told to seconds.</summary>
    public bool Covers(DateTimeOffset moment, DateTimeOffset now) =>
        moment.ToUnixTimeSeconds() >= EarliestRestorable(now).ToUnixTimeSeconds() && moment.ToUnixTimeMilliseconds() <= now.ToUnixTimeMilliseconds();

    /// <summary>The end of a moment that requests name to the millisecond.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds()).AddTicks(TimeSpan.TicksPerMillisecond - 1);
}
