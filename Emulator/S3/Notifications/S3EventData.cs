using System.Text.Json;

namespace Emulator.S3.Notifications;

/// <summary>What only events of one kind tell: a member of the record beside <c>s3</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</remarks>
internal abstract record S3EventData
{
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>As records tell a time.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}

/// <summary>The storage class to which a lifecycle rule moved the object.</summary>
internal sealed record TransitionEventData(string StorageClass) : S3EventData
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("lifecycleEventData");
        json.WriteStartObject("transitionEventData");
        json.WriteString("destinationStorageClass", StorageClass);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>The archive from which an object was restored, and when the restored copy goes.</summary>
internal sealed record RestoreEventData(string StorageClass, DateTimeOffset Expiry) : S3EventData
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("glacierEventData");
        json.WriteStartObject("restoreEventData");
        json.WriteString("lifecycleRestorationExpiryTime", Time(Expiry));
        json.WriteString("lifecycleRestoreStorageClass", StorageClass);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>What was to be replicated, where to, and why it was not.</summary>
/// <param name="Operation">As <c>OBJECT_PUT</c>.</param>
internal sealed record ReplicationEventData(string RuleId, string DestinationArn, string Operation, DateTimeOffset RequestTime, string FailureReason) : S3EventData
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("replicationEventData");
        json.WriteString("replicationRuleId", RuleId);
        json.WriteString("destinationBucket", DestinationArn);
        json.WriteString("s3Operation", Operation);
        json.WriteString("requestTime", Time(RequestTime));
        json.WriteString("failureReason", FailureReason);
        json.WriteEndObject();
    }
}
