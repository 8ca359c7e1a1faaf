using System.Globalization;

namespace Emulator.SigV4;

/// <summary>Dates in headers as RFC 1123 and RFC 2822 write them: <c>Tue, 01 Jan 2030 00:00:00 GMT</c>, or with <c>-0000</c> in the place of GMT, as botocore does where the client set a Date of its own.</summary>
internal static class HeaderDate
{
    private static readonly string[] Forms = ["r", "ddd, d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss 'UTC'"];

    /// <summary>null where it is no such date.</summary>
    public static DateTimeOffset? Parse(string date) =>
        DateTimeOffset.TryParseExact(date, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
