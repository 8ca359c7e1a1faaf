using System.Globalization;
using Emulator.Protocols;

namespace Emulator.S3.ObjectLock;

/// <summary>How a version is kept from being deleted until a moment.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html#object-lock-retention-modes</remarks>
internal sealed record Retention(RetentionMode Mode, DateTimeOffset RetainUntil)
{
    public string ModeName => Mode == RetentionMode.Governance ? "GOVERNANCE" : "COMPLIANCE";

    /// <summary>As <c>x-amz-object-lock-retain-until-date</c> tells it.</summary>
    public string RetainUntilDate => RetainUntil.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public bool IsInForce(DateTimeOffset now) => RetainUntil > now;

    /// <summary>The content of a <c>Retention</c> document; null where it is empty, which ends the retention.</summary>
    public static Retention? Parse(XmlNode document, DateTimeOffset now)
    {
        document.Only("Mode", "RetainUntilDate");
        if (document.Children.Count == 0) return null;
        var mode = FindMode(document.Required("Mode")) ?? throw RestXml.MalformedXml();
        var until = FindDate(document.Required("RetainUntilDate")) ?? throw RestXml.MalformedXml();
        return until > now ? new(mode, until) : throw S3Errors.RetainUntilPast("RetainUntilDate", Pacific(until));
    }

    /// <summary>null where there is no such mode.</summary>
    public static RetentionMode? FindMode(string name) => name switch
    {
        "GOVERNANCE" => RetentionMode.Governance,
        "COMPLIANCE" => RetentionMode.Compliance,
        _ => null,
    };

    /// <summary>null where the text is no moment of ISO 8601.</summary>
    public static DateTimeOffset? FindDate(string text) =>
        text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    /// <summary>Observed: <c>Tue Dec 31 16:00:00 PST 2019</c>, the time of the west coast, as Java writes it.</summary>
    private static string Pacific(DateTimeOffset moment)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("America/Los_Angeles", out var zone)) zone = TimeZoneInfo.Utc;
        var name = zone == TimeZoneInfo.Utc ? "UTC" : zone.IsDaylightSavingTime(moment) ? "PDT" : "PST";
        return TimeZoneInfo.ConvertTime(moment, zone).ToString($"ddd MMM dd HH:mm:ss '{name}' yyyy", CultureInfo.InvariantCulture);
    }
}

/// <summary>Governance can be bypassed by who may; compliance by nobody.</summary>
internal enum RetentionMode : byte { Governance, Compliance }
