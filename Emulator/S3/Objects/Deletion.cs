using Emulator.S3.Buckets;
using Emulator.S3.Notifications;

namespace Emulator.S3.Objects;

/// <summary>What a delete did.</summary>
/// <param name="Deleted">The version that is gone for good, or the delete marker that was made; null where there was nothing to delete.</param>
internal readonly record struct Deletion(StoredObject? Deleted, bool MadeMarker)
{
    /// <summary>Whether a delete marker was made, or deleted.</summary>
    public bool IsOfMarker => Deleted is { IsDeleteMarker: true };

    public S3Event? Event => Deleted is null ? null : MadeMarker ? S3Event.DeleteMarkerCreated(Deleted) : S3Event.Removed("Delete", Deleted);

    /// <summary>Deletes a version for good, or, where none is named, the object as its bucket's versioning has it.</summary>
    public static Deletion Run(S3Write write, Bucket bucket, string key, VersionId? version)
    {
        if (version is not { } id)
        {
            var deleted = ObjectStore.Delete(write, bucket, key);
            return new(deleted, deleted is { IsDeleteMarker: true });
        }
        var found = ObjectStore.FindVersion(write.Transaction, bucket, key, id);
        if (found is not null) ObjectStore.DeleteVersion(write, bucket, found);
        return new(found, false);
    }
}
