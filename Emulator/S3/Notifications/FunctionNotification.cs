using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Emulator.Identifiers;
using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Notifications;

/// <summary>A function and the events that call it.</summary>
/// <param name="Events">As <c>s3:ObjectCreated:*</c>.</param>
/// <param name="Prefix">As it was put: keys are compared with what its percent-encoding stands for. So is the suffix.</param>
internal sealed partial record FunctionNotification(string Id, string FunctionArn, IReadOnlyList<string> Events, string? Prefix, string? Suffix)
{
    private const string ArnPattern = @"^arn:aws[a-zA-Z\-]*:lambda:[a-zA-Z0-9\-]+:[0-9]{12}:function:[a-zA-Z0-9\-_]+(:[a-zA-Z0-9$_\-]+)?$";

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
    private static readonly HashSet<string> KnownEvents = new(StringComparer.Ordinal)
    {
        "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy", "s3:ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated",
        "s3:ObjectRestore:*", "s3:ObjectRestore:Post", "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete",
        "s3:ReducedRedundancyLostObject", "s3:Replication:*", "s3:Replication:OperationFailedReplication", "s3:Replication:OperationMissedThreshold",
        "s3:Replication:OperationReplicatedAfterThreshold", "s3:Replication:OperationNotTracked",
        "s3:LifecycleTransition", "s3:IntelligentTiering", "s3:LifecycleExpiration:*", "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated",
        "s3:ObjectAcl:Put", "s3:ObjectTagging:*", "s3:ObjectTagging:Put", "s3:ObjectTagging:Delete",
    };

    public bool HasFilter => Prefix is not null || Suffix is not null;

    /// <remarks>The texts are recorded where AWS was recorded (test_invalid_lambda_arn), else as public reports quote it.</remarks>
    public static FunctionNotification Parse(XmlNode node, Bucket bucket, IdSource ids)
    {
        node.Only("Id", "CloudFunction", "Event", "Filter");
        var id = node.Value("Id") ?? "";
        if (id.Length > S3Limits.NotificationIdCharacters) throw S3Errors.InvalidArgument($"ID length exceeded allowed limit of {S3Limits.NotificationIdCharacters}");
        var arn = node.Required("CloudFunction");
        CheckArn(arn, bucket);
        var events = node.Values("Event");
        CheckEvents(events);
        var (prefix, suffix) = ParseFilter(node.Child("Filter"));
        // Observed: the id that S3 gives is a UUID in base 64.
        return new(id.Length > 0 ? id : Convert.ToBase64String(Encoding.ASCII.GetBytes(ids.Uuid().ToString())), arn, events, prefix, suffix);
    }

    public void Write(XmlBuilder xml)
    {
        xml.Start("CloudFunctionConfiguration"u8).Element("Id"u8, Id).Element("CloudFunction"u8, FunctionArn);
        foreach (var name in Events) xml.Element("Event"u8, name);
        if (HasFilter)
        {
            xml.Start("Filter"u8).Start("S3Key"u8);
            // Observed: the names come back with a capital letter, however they were sent.
            if (Prefix is not null) xml.Start("FilterRule"u8).Element("Name"u8, "Prefix").Element("Value"u8, Prefix).End("FilterRule"u8);
            if (Suffix is not null) xml.Start("FilterRule"u8).Element("Name"u8, "Suffix").Element("Value"u8, Suffix).End("FilterRule"u8);
            xml.End("S3Key"u8).End("Filter"u8);
        }
        xml.End("CloudFunctionConfiguration"u8);
    }

    /// <param name="eventName">As <c>ObjectCreated:Put</c>.</param>
    public bool Fits(string eventName, string key) =>
        Events.Any(pattern => Covers(pattern, "s3:" + eventName))
        && key.StartsWith(Decoded(Prefix), StringComparison.Ordinal)
        && key.EndsWith(Decoded(Suffix), StringComparison.Ordinal);

    /// <summary>Whether an event could call both.</summary>
    public bool Overlaps(FunctionNotification other) =>
        Events.Any(mine => other.Events.Any(theirs => Overlap(mine, theirs)))
        && Nested(Decoded(Prefix), Decoded(other.Prefix), (text, start) => text.StartsWith(start, StringComparison.Ordinal))
        && Nested(Decoded(Suffix), Decoded(other.Suffix), (text, end) => text.EndsWith(end, StringComparison.Ordinal));

    private static void CheckArn(string arn, Bucket bucket)
    {
        if (arn.Split(':') is not ["arn", _, _, var region, _, _, ..]) throw S3Errors.InvalidArgument("The ARN could not be parsed", "CloudFunction", arn);
        if (!ArnExpression().IsMatch(arn)) throw S3Errors.InvalidArgument($"The ARN failed to satisfy constraint: Member must satisfy regular expression pattern: {ArnPattern}");
        if (region != bucket.Region) throw S3Errors.InvalidArgument("The notification destination service region is not valid for the bucket location constraint");
    }

    private static void CheckEvents(IReadOnlyList<string> events)
    {
        if (events.Count == 0) throw RestXml.MalformedXml();
        for (var i = 0; i < events.Count; i++)
        {
            if (!KnownEvents.Contains(events[i])) throw S3Errors.InvalidArgument("The event is not supported for notifications", "Event", events[i]);
            if (events.Take(i).Any(other => Overlap(other, events[i]))) throw S3Errors.OverlappingNotifications();
        }
    }

    private static (string? Prefix, string? Suffix) ParseFilter(XmlNode? filter)
    {
        if (filter is null) return (null, null);
        if (filter.Only("S3Key").Child("S3Key")?.Only("FilterRule").Children is not { Count: > 0 } rules) throw RestXml.MalformedXml();
        string? prefix = null;
        string? suffix = null;
        foreach (var rule in rules)
        {
            var name = rule.Only("Name", "Value").Required("Name");
            var value = rule.Required("Value");
            switch (name.ToLowerInvariant())
            {
                case "prefix" when prefix is null: prefix = value; break;
                case "suffix" when suffix is null: suffix = value; break;
                case "prefix" or "suffix": throw S3Errors.InvalidArgument($"Cannot specify more than one {name.ToLowerInvariant()} rule in a filter.", "FilterRule.Name", name);
                default: throw S3Errors.InvalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", name);
            }
            if (Encoding.UTF8.GetByteCount(value) > S3Limits.KeyBytes) throw S3Errors.InvalidArgument($"Size of filter rule value cannot exceed {S3Limits.KeyBytes} bytes in UTF-8 representation", "FilterRule.Value", value);
        }
        return (prefix, suffix);
    }

    private static string Decoded(string? filterValue) => WebUtility.UrlDecode(filterValue) ?? "";

    private static bool Overlap(string left, string right) => Covers(left, right) || Covers(right, left);

    private static bool Covers(string pattern, string name) =>
        pattern.EndsWith(":*", StringComparison.Ordinal) ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == name;

    private static bool Nested(string left, string right, Func<string, string, bool> contains) => contains(left, right) || contains(right, left);

    [GeneratedRegex(ArnPattern, RegexOptions.CultureInvariant)]
    private static partial Regex ArnExpression();
}
