using Emulator.Identifiers;
using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Notifications;

/// <summary>Which events of a bucket call which functions.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html</remarks>
internal sealed record NotificationConfiguration(IReadOnlyList<FunctionNotification> Functions)
{
    public static NotificationConfiguration Parse(XmlNode document, Bucket bucket, IdSource ids)
    {
        document.Only("CloudFunctionConfiguration", "TopicConfiguration", "QueueConfiguration", "EventBridgeConfiguration");
        if (document.Children.Count > S3Limits.Notifications) throw S3Errors.InvalidRequest($"Too many configurations submitted. The maximum number of configurations is {S3Limits.Notifications}");
        foreach (var node in document.Children)
        {
            if (node.Name != "CloudFunctionConfiguration") throw Errors.NotImplemented("PutBucketNotificationConfiguration", node.Name);
        }
        return Of(document.Children.ConvertAll(node => FunctionNotification.Parse(node, bucket, ids)));
    }

    /// <summary>The configuration, if the functions can stand side by side.</summary>
    public static NotificationConfiguration Of(List<FunctionNotification> functions)
    {
        if (functions.DistinctBy(function => function.Id).Count() < functions.Count) throw S3Errors.InvalidArgument("Same ID used for multiple configurations. IDs must be unique.");
        CheckOverlap(functions);
        return new(functions);
    }

    public Reply ToReply()
    {
        var xml = new XmlBuilder().Root("NotificationConfiguration"u8);
        foreach (var function in Functions) function.Write(xml);
        return xml.End("NotificationConfiguration"u8).ToReply();
    }

    /// <summary>No event may have two destinations of one kind. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html</summary>
    private static void CheckOverlap(List<FunctionNotification> functions)
    {
        for (var i = 0; i < functions.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!functions[i].Overlaps(functions[j])) continue;
                throw functions[i].HasFilter || functions[j].HasFilter ? S3Errors.AmbiguousNotifications() : S3Errors.OverlappingNotifications();
            }
        }
    }
}
