using Emulator.Identifiers;
using Emulator.S3.Access;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Encryption;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;

namespace Emulator.S3.Replication;

/// <summary>What became of a task.</summary>
/// <param name="Source">The version that was to be replicated; null: it is gone, and there is nothing to do.</param>
/// <param name="Failure">As events tell it; null: it is done.</param>
/// <param name="Event">What happened at the destination.</param>
internal readonly record struct ReplicationOutcome(BucketObject? Source, string? Failure, Bucket? Destination, S3Event? Event);

/// <summary>Does a task: source, replica and status change in one write. A replica shares its source's body.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html</remarks>
internal static class Replica
{
    /// <param name="refusal">Why the role may not.</param>
    public static ReplicationOutcome Make(S3Write write, ReplicationTask task, string? refusal)
    {
        var tx = write.Transaction;
        if (BucketStore.Find(tx, task.Bucket) is not { } bucket || bucket.Id != task.BucketId) return default;
        if (VersionId.TryParse(task.VersionId) is not { } id || ObjectStore.FindVersion(tx, bucket, task.Key, id) is not { } version) return default;
        var destination = BucketStore.Find(tx, task.Destination.Bucket);
        var failure = refusal ?? FailureOf(write, task, bucket, version, destination);
        S3Event? happened = null;
        if (failure is null) (failure, happened) = Apply(write, task, version, id, destination!);
        if (!version.IsDeleteMarker)
        {
            version = version with { Replication = version.Replication!.With(task.Destination.Bucket, failure is null ? ReplicationStatus.Completed : ReplicationStatus.Failed) };
            ObjectStore.Update(write, bucket, version);
        }
        return new(new(bucket, version), failure, destination, happened);
    }

    private static string? FailureOf(S3Write write, ReplicationTask task, Bucket source, StoredObject version, Bucket? destination)
    {
        if (destination is null) return "DstBucketNotFound";
        if (destination.Versioning != VersioningStatus.Enabled) return "DstBucketUnversioned";
        if (task.Destination.Account is { } account && account != destination.Account) return "DstPutObjectNotPermitted";
        var isOfLock = task.Operation is ReplicationOperation.Retention or ReplicationOperation.LegalHold || (task.Operation == ReplicationOperation.Object && source.HasObjectLock);
        if (isOfLock && !destination.HasObjectLock) return "DstBucketObjectLockConfigMissing";
        var blocksKey = version.Encryption.Method == EncryptionMethod.Customer && BucketSettings.Encryption.Find(write.Transaction, destination)?.BlocksCustomerKeys == true;
        return blocksKey && task.Operation == ReplicationOperation.Object ? "DstPutObjectNotPermitted" : null;
    }

    private static (string? Failure, S3Event? Event) Apply(S3Write write, ReplicationTask task, StoredObject version, VersionId id, Bucket destination)
    {
        var present = ObjectStore.FindVersion(write.Transaction, destination, task.Key, id);
        if (task.Operation is ReplicationOperation.Object or ReplicationOperation.DeleteMarker)
        {
            if (present is not null) return (null, null);
            var replica = Of(write, task, version, destination);
            if (replica.BodyId is not null) BodyStore.Retain(write.Transaction, replica.BodyId);
            ObjectStore.PutReplica(write, destination, replica);
            return (null, replica.IsDeleteMarker ? S3Event.DeleteMarkerCreated(replica) : S3Event.Created(replica.PartsCount > 0 ? "CompleteMultipartUpload" : "Put", replica));
        }
        if (present is null) return ("DstVersionNotFound", null);
        var (changed, happened) = task.Operation switch
        {
            ReplicationOperation.Tagging => (present with { Tags = version.Tags }, S3Event.Tagging(version.Tags.Count > 0 ? "Put" : "Delete", present)),
            ReplicationOperation.Acl => (present with { Acl = AclOf(write, task, version, destination) }, S3Event.AclPut(present)),
            ReplicationOperation.Retention => (present with { Retention = version.Retention }, default(S3Event?)),
            _ => (present with { LegalHold = version.LegalHold }, null),
        };
        ObjectStore.Update(write, destination, changed);
        return (null, happened);
    }

    /// <summary>The version as it stands at the destination: under its own id and date, with what the rule has otherwise there.</summary>
    private static StoredObject Of(S3Write write, ReplicationTask task, StoredObject version, Bucket destination) => version with
    {
        StorageClass = version.IsDeleteMarker ? version.StorageClass : task.Destination.StorageClass ?? version.StorageClass,
        Acl = AclOf(write, task, version, destination),
        Encryption = EncryptionOf(write, task, version.Encryption, destination),
        // "If you don't have retention controls applied to the objects in your source bucket, ... the destination bucket's default retention period is applied to your object replicas."
        Retention = version.Retention ?? (version.IsDeleteMarker || !destination.HasObjectLock ? null : BucketSettings.ObjectLock.Find(write.Transaction, destination)?.DefaultRetention(write.Moment)),
        UploadId = null,
        Restore = null,
        Replication = ReplicationState.Replica,
    };

    /// <summary>The source's ACL, and its owner with it, unless the destination's owner is to own the replica; null: it owns it, alone.</summary>
    private static Acl? AclOf(S3Write write, ReplicationTask task, StoredObject version, Bucket destination)
    {
        if (version.IsDeleteMarker || task.Destination.OverridesOwner || ObjectOwnership.IsEnforced(write.Transaction, destination)) return null;
        var account = BucketStore.Find(write.Transaction, task.Bucket)!.Account;
        return version.Acl ?? (account == destination.Account ? null : Acl.Private(account));
    }

    /// <summary>The same kind of encryption, by the key of the rule where KMS has the key.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html; bucket keys: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html#bucket-key-replication</remarks>
    private static ObjectEncryption EncryptionOf(S3Write write, ReplicationTask task, ObjectEncryption source, Bucket destination)
    {
        if (source.Method is not (EncryptionMethod.Kms or EncryptionMethod.KmsDualLayer) || task.Destination.KmsKey is not { } key) return source;
        var usesBucketKey = source.Method == EncryptionMethod.Kms && (source.UsesBucketKey || BucketSettings.Encryption.Find(write.Transaction, destination)?.UsesBucketKey == true);
        return source with { KeyArn = KmsKeys.Arn(destination.Account, destination.Region, key), UsesBucketKey = usesBucketKey };
    }
}
