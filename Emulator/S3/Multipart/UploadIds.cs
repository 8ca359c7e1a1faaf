using Emulator.Integration;

namespace Emulator.S3.Multipart;

/// <summary>The ids of uploads: their order is that in which uploads began, so that lists of one key are in that order and paged without state.</summary>
internal static class UploadIds
{
    // In the order of ASCII.
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    private const int TimeLength = 12;

    /// <summary>Time, then randomness: 128 letters, as AWS's.</summary>
    public static string New(ServiceContext context)
    {
        var ticks = context.Clock.GetUtcNow().UtcTicks;
        return Time(ticks) + context.Ids.Alphanumeric(128 - TimeLength);
    }

    /// <summary>The id, or one with its randomness that comes after the last one: the clock may stand still.</summary>
    public static string After(string? last, string id)
    {
        if (last is null || string.CompareOrdinal(last, id) < 0) return id;
        return Time(TicksOf(last) + 1) + id[TimeLength..];
    }

    private static string Time(long ticks) => string.Create(TimeLength, ticks, static (span, value) =>
    {
        for (var i = span.Length - 1; i >= 0; i--)
        {
            span[i] = Digits[(int)(value % Digits.Length)];
            value /= Digits.Length;
        }
    });

    private static long TicksOf(string id)
    {
        var value = 0L;
        foreach (var c in id.AsSpan(0, TimeLength)) value = (value * Digits.Length) + Digits.IndexOf(c);
        return value;
    }
}
