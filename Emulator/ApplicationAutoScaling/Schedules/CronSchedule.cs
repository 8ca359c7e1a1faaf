using System.Globalization;

namespace Emulator.ApplicationAutoScaling.Schedules;

/// <summary>By the calendar: minutes, hours, days of the month, months, days of the week and, where they are given, years.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html</remarks>
internal sealed class CronSchedule : Schedule
{
    private const int LastYear = 2199;

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly TimeZoneInfo _zone;
    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _months;
    private readonly bool[] _years;
    private readonly Func<DateTime, bool> _isDay;

    private CronSchedule(TimeZoneInfo zone, bool[] minutes, bool[] hours, bool[] months, bool[] years, Func<DateTime, bool> isDay) =>
        (_zone, _minutes, _hours, _months, _years, _isDay) = (zone, minutes, hours, months, years, isDay);

    public static CronSchedule? Parse(string text, TimeZoneInfo zone)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (5 or 6)) return null;
        var minutes = Field(fields[0], 0, 59);
        var hours = Field(fields[1], 0, 23);
        var months = Field(fields[3], 1, 12, Months);
        var years = fields.Length == 6 ? Field(fields[5], 1970, LastYear) : Field("*", 1970, LastYear);
        var isDay = Day(fields[2], fields[4]);
        return minutes is null || hours is null || months is null || years is null || isDay is null ? null : new(zone, minutes, hours, months, years, isDay);
    }

    public override DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset created, DateTimeOffset? start)
    {
        if (start > after) after = start.Value.AddTicks(-1);
        for (var day = TimeZoneInfo.ConvertTime(after, _zone).Date; day.Year <= LastYear; day = day.AddDays(1))
        {
            if (!_years[day.Year] || !_months[day.Month] || !_isDay(day)) continue;
            foreach (var time in TimesOf(day))
            {
                if (InZone(time, _zone) is var due && due > after) return due;
            }
        }
        return null;
    }

    private IEnumerable<DateTime> TimesOf(DateTime day)
    {
        for (var hour = 0; hour < 24; hour++)
        {
            for (var minute = 0; _hours[hour] && minute < 60; minute++)
            {
                if (_minutes[minute]) yield return day.AddMinutes((hour * 60) + minute);
            }
        }
    }

    /// <summary>Which days are meant by a day of the month and a day of the week, one of which is <c>?</c> or <c>*</c>.</summary>
    private static Func<DateTime, bool>? Day(string ofMonth, string ofWeek)
    {
        if (ofWeek is "?" or "*") return DayOfMonth(ofMonth);
        return ofMonth is "?" or "*" ? DayOfWeek(ofWeek) : null;
    }

    private static Func<DateTime, bool>? DayOfMonth(string text)
    {
        if (text == "L") return day => day.Day == DateTime.DaysInMonth(day.Year, day.Month);
        if (text.EndsWith('W') && Number(text[..^1], 1, 31, null) is { } near) return day => day.Day == NearestWeekday(day, near);
        return Field(text == "?" ? "*" : text, 1, 31) is { } days ? day => days[day.Day] : null;
    }

    private static Func<DateTime, bool>? DayOfWeek(string text)
    {
        if (text.EndsWith('L') && text.Length > 1 && Number(text[..^1], 1, 7, Weekdays) is { } last)
        {
            return day => Weekday(day) == last && day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month);
        }
        if (text.Split('#') is [var weekday, var which] && Number(weekday, 1, 7, Weekdays) is { } of && Number(which, 1, 5, null) is { } nth)
        {
            return day => Weekday(day) == of && (day.Day + 6) / 7 == nth;
        }
        return Field(text == "L" ? "SAT" : text, 1, 7, Weekdays) is { } days ? day => days[Weekday(day)] : null;
    }

    /// <summary>1 for Sunday to 7 for Saturday.</summary>
    private static int Weekday(DateTime day) => (int)day.DayOfWeek + 1;

    /// <summary>The working day of the month that is nearest to one of its days.</summary>
    private static int NearestWeekday(DateTime month, int day)
    {
        var days = DateTime.DaysInMonth(month.Year, month.Month);
        day = Math.Min(day, days);
        return new DateTime(month.Year, month.Month, day).DayOfWeek switch
        {
            System.DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
            System.DayOfWeek.Sunday => day == days ? day - 2 : day + 1,
            _ => day,
        };
    }

    /// <summary>Which numbers a field stands for: <c>*</c>, <c>8</c>, <c>MON-FRI</c>, <c>0/15</c>, and lists of these.</summary>
    private static bool[]? Field(string text, int least, int most, string[]? names = null)
    {
        var isIn = new bool[most + 1];
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var whole] => (whole, 1),
                [var whole, var every] => (whole, Number(every, 1, most, null) ?? 0),
                _ => ("", 0),
            };
            var hasStep = part.Contains('/');
            var (from, to) = range == "*" ? (least, most) : range.Split('-') switch
            {
                [var one] when Number(one, least, most, names) is { } number => (number, hasStep ? most : number),
                [var first, var last] when Number(first, least, most, names) is { } a && Number(last, least, most, names) is { } b => (a, b),
                _ => (0, -1),
            };
            if (step == 0 || from > to) return null;
            for (var i = from; i <= to; i += step) isIn[i] = true;
        }
        return isIn;
    }

    private static int? Number(string text, int least, int most, string[]? names)
    {
        var name = names is null ? -1 : Array.FindIndex(names, known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name >= 0) return name + 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
    }
}
