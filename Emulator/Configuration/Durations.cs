using System.Globalization;

namespace Emulator.Configuration;

/// <summary>Durations as emulator.yaml writes them: a whole number and <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</summary>
internal static class Durations
{
    public static TimeSpan? Parse(string text)
    {
        if (text.Length is < 2 or > 8 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours((int)number),
            'd' => TimeSpan.FromDays((int)number),
            _ => null,
        };
    }

    public static string Write(TimeSpan duration) =>
        duration.TotalDays >= 1 && duration.Ticks % TimeSpan.TicksPerDay == 0 ? $"{duration.TotalDays}d"
        : duration.TotalHours >= 1 && duration.Ticks % TimeSpan.TicksPerHour == 0 ? $"{duration.TotalHours}h"
        : duration.TotalMinutes >= 1 && duration.Ticks % TimeSpan.TicksPerMinute == 0 ? $"{duration.TotalMinutes}m"
        : $"{duration.TotalSeconds}s";
}
