using System.Globalization;
using Emulator.Protocols;

namespace Emulator.S3.Lifecycle;

/// <summary>When something falls due: so many days after a moment, or on a date.</summary>
internal readonly record struct LifecycleTime(int? Days, DateTimeOffset? Date)
{
    /// <summary>The next midnight UTC after the days have passed, or the date.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-number-of-days</remarks>
    public DateTimeOffset Since(DateTimeOffset moment)
    {
        if (Date is { } date) return date;
        var day = moment.UtcDateTime.Date;
        if (day < moment.UtcDateTime) day = day.AddDays(1);
        // Beyond that the calendar ends.
        return Days > (DateTime.MaxValue - day).TotalDays - 1 ? DateTimeOffset.MaxValue : new(day.AddDays(Days!.Value), TimeSpan.Zero);
    }
}

/// <summary>A move to another storage class.</summary>
internal readonly record struct LifecycleTransition(LifecycleTime Time, string StorageClass, int NewerVersions);

/// <summary>The end of versions that are no longer current; the newest of them may be kept.</summary>
internal readonly record struct NoncurrentExpiration(LifecycleTime Time, int NewerVersions);

/// <summary>What becomes of objects with time.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html</remarks>
internal sealed record LifecycleRule(string Id, bool IsEnabled, LifecycleFilter Filter)
{
    public LifecycleTime? Expiration { get; init; }

    /// <summary>Delete markers go that hide nothing any more.</summary>
    public bool ExpiresDeleteMarkers { get; init; }

    public NoncurrentExpiration? NoncurrentExpiration { get; init; }

    public IReadOnlyList<LifecycleTransition> Transitions { get; init; } = [];

    public IReadOnlyList<LifecycleTransition> NoncurrentTransitions { get; init; } = [];

    /// <summary>After so many days uploads end that were not completed.</summary>
    public LifecycleTime? Abort { get; init; }

    /// <summary>A rule of a document that fits <see cref="LifecycleShape"/>.</summary>
    public static LifecycleRule Parse(XmlNode node)
    {
        var expiration = node.Child("Expiration");
        if (expiration is { Children.Count: 0 }) throw RestXml.MalformedXml();
        return new(node.Value("ID") ?? "", node.Value("Status") == "Enabled", LifecycleFilter.Parse(node))
        {
            Expiration = expiration is null || expiration.Child("ExpiredObjectDeleteMarker") is not null ? null : Time(expiration),
            ExpiresDeleteMarkers = expiration?.Value("ExpiredObjectDeleteMarker") == "true",
            NoncurrentExpiration = node.Child("NoncurrentVersionExpiration") is { } noncurrent ? new(new(Number(noncurrent, "NoncurrentDays"), null), Number(noncurrent, "NewerNoncurrentVersions") ?? 0) : null,
            Transitions = [.. node.All("Transition").Select(transition => new LifecycleTransition(Time(transition), transition.Required("StorageClass"), 0))],
            NoncurrentTransitions = [.. node.All("NoncurrentVersionTransition").Select(transition =>
                new LifecycleTransition(new(Number(transition, "NoncurrentDays"), null), transition.Required("StorageClass"), Number(transition, "NewerNoncurrentVersions") ?? 0))],
            Abort = node.Child("AbortIncompleteMultipartUpload") is { } abort ? new(Number(abort, "DaysAfterInitiation"), null) : null,
        };
    }

    private static LifecycleTime Time(XmlNode node)
    {
        var (days, text) = (Number(node, "Days"), node.Value("Date"));
        if (days is null == text is null) throw RestXml.MalformedXml();
        if (text is null) return new(days, null);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)) throw RestXml.MalformedXml();
        return date.TimeOfDay == TimeSpan.Zero ? new(null, date) : throw S3Errors.InvalidArgument("'Date' must be at midnight GMT", "Date", text);
    }

    private static int? Number(XmlNode node, string name) => node.Value(name) is { } text ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;
}
