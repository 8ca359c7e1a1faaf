using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.S3.Notifications;

/// <summary>Which events of a bucket call which functions.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html</remarks>
internal sealed record NotificationConfiguration(IReadOnlyList<FunctionNotification> Functions)
{
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
    private static readonly HashSet<string> Events = new(StringComparer.Ordinal)
    {
        "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy", "s3:ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated",
        "s3:ObjectRestore:*", "s3:ObjectRestore:Post", "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete",
        "s3:ReducedRedundancyLostObject", "s3:Replication:*", "s3:Replication:OperationFailedReplication", "s3:Replication:OperationMissedThreshold",
        "s3:Replication:OperationReplicatedAfterThreshold", "s3:Replication:OperationNotTracked",
        "s3:LifecycleTransition", "s3:IntelligentTiering", "s3:LifecycleExpiration:*", "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated",
        "s3:ObjectAcl:Put", "s3:ObjectTagging:*", "s3:ObjectTagging:Put", "s3:ObjectTagging:Delete",
    };

    public static NotificationConfiguration Parse(XmlNode document, IdSource ids)
    {
        document.Only("CloudFunctionConfiguration", "TopicConfiguration", "QueueConfiguration", "EventBridgeConfiguration");
        foreach (var node in document.Children)
        {
            if (node.Name != "CloudFunctionConfiguration") throw Errors.NotImplemented("PutBucketNotificationConfiguration", node.Name);
        }
        var functions = document.Children.ConvertAll(node => ParseFunction(node, ids));
        CheckOverlap(functions);
        return new(functions);
    }

    public Reply ToReply()
    {
        var xml = new XmlBuilder().Root("NotificationConfiguration"u8);
        foreach (var function in Functions)
        {
            xml.Start("CloudFunctionConfiguration"u8).Element("Id"u8, function.Id).Element("CloudFunction"u8, function.FunctionArn);
            foreach (var name in function.Events) xml.Element("Event"u8, name);
            if (function.Prefix is not null || function.Suffix is not null)
            {
                xml.Start("Filter"u8).Start("S3Key"u8);
                // Observed: the names come back with a capital letter, however they were sent.
                if (function.Prefix is not null) xml.Start("FilterRule"u8).Element("Name"u8, "Prefix").Element("Value"u8, function.Prefix).End("FilterRule"u8);
                if (function.Suffix is not null) xml.Start("FilterRule"u8).Element("Name"u8, "Suffix").Element("Value"u8, function.Suffix).End("FilterRule"u8);
                xml.End("S3Key"u8).End("Filter"u8);
            }
            xml.End("CloudFunctionConfiguration"u8);
        }
        return xml.End("NotificationConfiguration"u8).ToReply();
    }

    private static FunctionNotification ParseFunction(XmlNode node, IdSource ids)
    {
        node.Only("Id", "CloudFunction", "Event", "Filter");
        var arn = node.Required("CloudFunction");
        if (arn.Split(':') is not ["arn", _, "lambda", _, { Length: 12 }, "function", _, ..]) throw S3Errors.InvalidArgument("The ARN could not be parsed", "CloudFunction", arn);
        var events = node.Values("Event");
        if (events.Count == 0) throw RestXml.MalformedXml();
        foreach (var name in events)
        {
            if (!Events.Contains(name)) throw S3Errors.InvalidArgument("The event is not supported for notifications", "Event", name);
        }
        var (prefix, suffix) = ParseFilter(node.Child("Filter"));
        return new(node.Value("Id") is { Length: > 0 } id ? id : ids.Uuid().ToString(), arn, events, prefix, suffix);
    }

    private static (string? Prefix, string? Suffix) ParseFilter(XmlNode? filter)
    {
        string? prefix = null;
        string? suffix = null;
        foreach (var rule in filter?.Only("S3Key").Child("S3Key")?.Only("FilterRule").Children ?? [])
        {
            var name = rule.Only("Name", "Value").Required("Name");
            var value = rule.Required("Value");
            switch (name.ToLowerInvariant())
            {
                case "prefix" when prefix is null: prefix = value; break;
                case "suffix" when suffix is null: suffix = value; break;
                case "prefix" or "suffix": throw S3Errors.InvalidArgument($"Cannot specify more than one {name} rule in a filter.", "FilterRule.Name", name);
                default: throw S3Errors.InvalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", name);
            }
        }
        return (prefix, suffix);
    }

    /// <summary>No event may have two destinations of one kind. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html</summary>
    private static void CheckOverlap(List<FunctionNotification> functions)
    {
        for (var i = 0; i < functions.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (functions[i].Overlaps(functions[j])) throw S3Errors.InvalidArgument("Configurations overlap. Configurations on the same bucket cannot share a common event type.", "FunctionConfigurations", null);
            }
        }
    }
}

/// <summary>A function and the events that call it.</summary>
/// <param name="Events">As <c>s3:ObjectCreated:*</c>.</param>
internal sealed record FunctionNotification(string Id, string FunctionArn, IReadOnlyList<string> Events, string? Prefix, string? Suffix)
{
    /// <param name="eventName">As <c>ObjectCreated:Put</c>.</param>
    public bool Fits(string eventName, string key) =>
        Events.Any(pattern => Covers(pattern, "s3:" + eventName))
        && key.StartsWith(Prefix ?? "", StringComparison.Ordinal)
        && key.EndsWith(Suffix ?? "", StringComparison.Ordinal);

    public bool Overlaps(FunctionNotification other) =>
        Events.Any(mine => other.Events.Any(theirs => Covers(mine, theirs) || Covers(theirs, mine)))
        && Nested(Prefix ?? "", other.Prefix ?? "", (text, start) => text.StartsWith(start, StringComparison.Ordinal))
        && Nested(Suffix ?? "", other.Suffix ?? "", (text, end) => text.EndsWith(end, StringComparison.Ordinal));

    private static bool Covers(string pattern, string name) =>
        pattern.EndsWith(":*", StringComparison.Ordinal) ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == name;

    private static bool Nested(string left, string right, Func<string, string, bool> contains) => contains(left, right) || contains(right, left);
}
