using Emulator.S3.Buckets;
using Emulator.S3.Notifications;
using Emulator.S3.ObjectLock;

namespace Emulator.S3.Objects;

/// <summary>What a delete did.</summary>
/// <param name="Deleted">The version that is gone for good, or the delete marker that was made; null where there was nothing to delete.</param>
internal readonly record struct Deletion(StoredObject? Deleted, bool MadeMarker)
{
    /// <summary>The version is protected by its lock: nothing was deleted.</summary>
    public bool IsForbidden { get; private init; }

    /// <summary>Whether a delete marker was made, or deleted.</summary>
    public bool IsOfMarker => Deleted is { IsDeleteMarker: true };

    public S3Event? Event => Deleted is null ? null : MadeMarker ? S3Event.DeleteMarkerCreated(Deleted) : S3Event.Removed("Delete", Deleted);

    /// <summary>Deletes a version for good, or, where none is named, the object as its bucket's versioning has it.</summary>
    /// <param name="bypassesGovernance">The request asks to bypass governance retention, and its caller may.</param>
    public static Deletion Run(S3Write write, Bucket bucket, string key, VersionId? version, bool bypassesGovernance)
    {
        if (version is not { } id)
        {
            var deleted = ObjectStore.Delete(write, bucket, key);
            return new(deleted, deleted is { IsDeleteMarker: true });
        }
        var found = ObjectStore.FindVersion(write.Transaction, bucket, key, id);
        if (found is not null && Protection.Forbids(found, write.Moment, bypassesGovernance)) return new(null, false) { IsForbidden = true };
        if (found is not null) ObjectStore.DeleteVersion(write, bucket, found);
        return new(found, false);
    }
}
