using System.Globalization;
using Emulator.Protocols;

namespace Emulator.S3.ObjectLock;

/// <summary>What a bucket with object lock gives to new versions that name no retention: a mode, and days or years; or nothing.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html</remarks>
internal sealed record ObjectLockConfiguration
{
    public RetentionMode? Mode { get; init; }

    public int? Days { get; init; }

    public int? Years { get; init; }

    public static ObjectLockConfiguration Parse(XmlNode document)
    {
        if (document.Only("ObjectLockEnabled", "Rule").Required("ObjectLockEnabled") != "Enabled") throw RestXml.MalformedXml();
        if (document.Child("Rule") is not { } rule) return new();
        var retention = rule.Only("DefaultRetention").Child("DefaultRetention") ?? throw RestXml.MalformedXml();
        var mode = Retention.FindMode(retention.Only("Mode", "Days", "Years").Required("Mode")) ?? throw RestXml.MalformedXml();
        var (days, years) = (Period(retention, "Days", S3Limits.RetentionDays), Period(retention, "Years", S3Limits.RetentionYears));
        return days is null == years is null ? throw RestXml.MalformedXml() : new() { Mode = mode, Days = days, Years = years };
    }

    public Reply ToReply()
    {
        var xml = new XmlBuilder().Root("ObjectLockConfiguration"u8).Element("ObjectLockEnabled"u8, "Enabled");
        if (DefaultRetention(DateTimeOffset.UnixEpoch) is { } retention)
        {
            xml.Start("Rule"u8).Start("DefaultRetention"u8).Element("Mode"u8, retention.ModeName);
            if (Days is { } days) xml.Element("Days"u8, days);
            if (Years is { } years) xml.Element("Years"u8, years);
            xml.End("DefaultRetention"u8).End("Rule"u8);
        }
        return xml.End("ObjectLockConfiguration"u8).ToReply();
    }

    /// <summary>The retention of a version that is made now; null where none is set.</summary>
    public Retention? DefaultRetention(DateTimeOffset now) =>
        Mode is { } mode ? new(mode, Days is { } days ? now.AddDays(days) : now.AddYears(Years!.Value)) : null;

    private static int? Period(XmlNode retention, string name, int most)
    {
        if (retention.Value(name) is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) throw RestXml.MalformedXml();
        if (number <= 0) throw S3Errors.InvalidArgument("Default retention period must be a positive integer value.", name);
        return number <= most ? number : throw S3Errors.InvalidArgument("Default retention period too large.", name);
    }
}
