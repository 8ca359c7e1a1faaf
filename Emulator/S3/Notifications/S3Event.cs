using Emulator.S3.Objects;

namespace Emulator.S3.Notifications;

/// <summary>What happened to an object.</summary>
/// <param name="Name">As <c>ObjectCreated:Put</c>.</param>
/// <param name="Version">The version of the record's form. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</param>
internal readonly record struct S3Event(string Name, string Version, StoredObject Object, bool HasSize, bool HasETag, bool HasSequencer)
{
    /// <summary>null: events of this kind tell no more.</summary>
    public S3EventData? Data { get; init; }

    public static S3Event Created(string how, StoredObject made) => new("ObjectCreated:" + how, "2.1", made, true, true, true);

    public static S3Event Removed(string how, StoredObject removed) => new("ObjectRemoved:" + how, "2.1", removed, false, false, true);

    /// <summary>Observed: with the ETag of nothing.</summary>
    public static S3Event DeleteMarkerCreated(StoredObject marker) =>
        new("ObjectRemoved:DeleteMarkerCreated", "2.1", marker with { ETag = "d41d8cd98f00b204e9800998ecf8427e" }, false, true, true);

    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configure-notification.html, for all three.</remarks>
    public static S3Event LifecycleExpired(StoredObject expired) => new("LifecycleExpiration:Delete", "2.3", expired, false, false, true);

    public static S3Event LifecycleMarkerCreated(StoredObject marker) => DeleteMarkerCreated(marker) with { Name = "LifecycleExpiration:DeleteMarkerCreated", Version = "2.3" };

    public static S3Event LifecycleTransition(StoredObject moved) => new("LifecycleTransition", "2.3", moved, true, true, true) { Data = new TransitionEventData(moved.StorageClass) };

    /// <summary>Recorded (test_restore_object), for this and the next.</summary>
    public static S3Event RestorePosted(StoredObject archived) => new("ObjectRestore:Post", "2.1", archived, true, true, true);

    public static S3Event RestoreCompleted(StoredObject archived, DateTimeOffset expiry) =>
        new("ObjectRestore:Completed", "2.1", archived, true, true, true) { Data = new RestoreEventData(archived.StorageClass, expiry) };

    /// <summary>The restored copy is gone; the archived object stays.</summary>
    public static S3Event RestoreExpired(StoredObject archived) => new("ObjectRestore:Delete", "2.3", archived, true, true, true);

    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-metrics-events.html</remarks>
    public static S3Event ReplicationFailed(StoredObject source, ReplicationEventData data) =>
        new("Replication:OperationFailedReplication", "2.2", source, !source.IsDeleteMarker, !source.IsDeleteMarker, true) { Data = data };

    public static S3Event AclPut(StoredObject changed) => new("ObjectAcl:Put", "2.3", changed, false, true, false);

    public static S3Event Tagging(string how, StoredObject changed) => new("ObjectTagging:" + how, "2.3", changed, false, true, false);
}
