using System.Globalization;

namespace Emulator.ApplicationAutoScaling.Schedules;

/// <summary>When a scheduled action runs: <c>at(2030-01-01T08:00:00)</c>, <c>rate(5 minutes)</c> or <c>cron(0 8 ? * MON-FRI *)</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html</remarks>
internal abstract class Schedule
{
    /// <summary>The schedule of an expression in a time zone (UTC where there is none); null where one of them is none.</summary>
    public static Schedule? Parse(string expression, string? timezone)
    {
        var zone = TimeZoneInfo.Utc;
        if (timezone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(timezone, out zone)) return null;
        if (Inside(expression, "at") is { } time) return AtSchedule.Parse(time, zone);
        if (Inside(expression, "rate") is { } rate) return RateSchedule.Parse(rate);
        return Inside(expression, "cron") is { } fields ? CronSchedule.Parse(fields, zone) : null;
    }

    /// <summary>The first run after a moment.</summary>
    /// <param name="start">StartTime: there is no run before it.</param>
    public abstract DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset created, DateTimeOffset? start);

    private static string? Inside(string expression, string name) =>
        expression.StartsWith($"{name}(", StringComparison.Ordinal) && expression.EndsWith(')') ? expression[(name.Length + 1)..^1] : null;

    /// <summary>A wall clock's time in a zone. A time that a zone skips is moved on with the clock.</summary>
    protected static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>Once.</summary>
internal sealed class AtSchedule(DateTimeOffset time) : Schedule
{
    public static AtSchedule? Parse(string time, TimeZoneInfo zone) =>
        DateTime.TryParseExact(time, "yyyy-M-d'T'H:m:s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new(InZone(local, zone)) : null;

    public override DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset created, DateTimeOffset? start) => time > after && !(time < start) ? time : null;
}

/// <summary>Again and again, counted from the start or else from the creation.</summary>
internal sealed class RateSchedule(TimeSpan every) : Schedule
{
    public static RateSchedule? Parse(string text)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var number, var unit] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1) return null;
        int? minutes = unit switch { "minute" or "minutes" => 1, "hour" or "hours" => 60, "day" or "days" => 24 * 60, _ => null };
        // A hundred years are as good as any longer rate, and can be added to a time.
        return minutes is { } m ? new(TimeSpan.FromMinutes(Math.Min((long)value * m, 100L * 366 * 24 * 60))) : null;
    }

    public override DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset created, DateTimeOffset? start)
    {
        if (start > after) return start;
        var from = start ?? created;
        var runs = (after - from).Ticks / every.Ticks;
        return from + (every * (Math.Max(0, runs) + 1));
    }
}
