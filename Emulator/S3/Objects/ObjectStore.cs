using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Multipart;
using Emulator.S3.Replication;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Objects;

/// <summary>The objects of all buckets: the current ones in the order in which S3 lists them, older versions and delete markers in <see cref="VersionStore"/>.</summary>
/// <remarks>
/// Only current objects have rows here, so that a list reads nothing that it does not show. Every write of an object goes through <see cref="Put"/>, <see cref="PutReplica"/>, <see cref="Update"/>,
/// <see cref="Delete"/> or <see cref="DeleteVersion"/>: what follows each change of an object hangs here.
/// </remarks>
internal static class ObjectStore
{
    private static readonly Space Space = new("s3.objects");

    /// <summary>The current object; null where there is none, or a delete marker.</summary>
    public static StoredObject? Find(IReader reader, Bucket bucket, string key)
    {
        var length = S3Keys.BucketIdBytes + Encoding.UTF8.GetMaxByteCount(key.Length);
        var rented = length <= 512 ? null : ArrayPool<byte>.Shared.Rent(length);
        var row = rented ?? stackalloc byte[512];
        BinaryPrimitives.WriteUInt64BigEndian(row, bucket.Id);
        length = S3Keys.BucketIdBytes + Encoding.UTF8.GetBytes(key, row[S3Keys.BucketIdBytes..]);
        var found = reader.TryGet(Space, row[..length], out var value) ? StoredObject.FromRow(key, value.Span) : null;
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return found;
    }

    /// <summary>A version, current or not, which may be a delete marker.</summary>
    public static StoredObject? FindVersion(IReader reader, Bucket bucket, string key, VersionId id)
    {
        var current = Find(reader, bucket, key);
        if (id.IsNull) return current is { VersionId: null } ? current : VersionStore.FindNull(reader, bucket, key);
        return At(id.Sequence) ?? (DisplacedVersions.Find(reader, bucket, key, id) is { } place ? At(place) : null);

        StoredObject? At(long place)
        {
            var found = current?.Sequence == place ? current : VersionStore.Find(reader, bucket, key, place);
            return found?.VersionId == id.Text ? found : null;
        }
    }

    /// <summary>A version by its place in the order, current or not.</summary>
    public static StoredObject? FindPlace(IReader reader, Bucket bucket, string key, long sequence) =>
        Find(reader, bucket, key) is { } current && current.Sequence == sequence ? current : VersionStore.Find(reader, bucket, key, sequence);

    /// <summary>Whether the bucket holds anything: objects, versions or delete markers.</summary>
    public static bool Any(IReader reader, Bucket bucket) =>
        reader.Range(Space, KeyRange.Prefix(S3Keys.Bucket(bucket.Id))).Any() || VersionStore.Any(reader, bucket);

    /// <summary>The rows of current objects whose keys begin with the prefix, from a key on.</summary>
    public static IEnumerable<Entry> Range(IReader reader, Bucket bucket, ReadOnlySpan<byte> from, ReadOnlySpan<byte> prefix) =>
        reader.Range(Space, new KeyRange(S3Keys.Object(bucket.Id, from), KeyRange.Successor(S3Keys.Object(bucket.Id, prefix))));

    /// <summary>Makes the object the current one. The present one becomes an older version where versioning is enabled; else the new one takes the place of the null version.</summary>
    /// <returns>The object as it was put: with its version id, its place in the order of writes after all that the key has, and the bucket's default retention if it has no own.</returns>
    public static StoredObject Put(S3Write write, Bucket bucket, StoredObject made, StoredObject? present)
    {
        made = Numbered(write, bucket, made, present);
        if (bucket.HasObjectLock && made.Retention is null) made = made with { Retention = BucketSettings.ObjectLock.Find(write.Transaction, bucket)?.DefaultRetention(write.Moment) };
        made = ReplicationPlan.OfPut(write, bucket, made);
        MakeRoom(write, bucket, made, present);
        write.Transaction.Put(Space, S3Keys.Object(bucket.Id, made.Key), made.ToRow());
        UploadStore.Disturb(write.Transaction, bucket, made.Key);
        return made;
    }

    /// <summary>Puts a version that another bucket made, object or delete marker, under its own id: in its place in the order of writes or, where that is taken, next to it.</summary>
    public static void PutReplica(S3Write write, Bucket bucket, StoredObject replica)
    {
        var tx = write.Transaction;
        var current = Find(tx, bucket, replica.Key);
        var place = replica.Sequence;
        while (current?.Sequence == place || VersionStore.Find(tx, bucket, replica.Key, place) is not null) place++;
        if (place != replica.Sequence) DisplacedVersions.Put(tx, bucket, replica = replica with { Sequence = place });
        var isNewest = !((current ?? VersionStore.FindNewest(tx, bucket, replica.Key))?.Sequence > place);
        if (isNewest && current is not null)
        {
            VersionStore.Put(tx, bucket, current);
            tx.Delete(Space, S3Keys.Object(bucket.Id, replica.Key));
        }
        if (isNewest && !replica.IsDeleteMarker) tx.Put(Space, S3Keys.Object(bucket.Id, replica.Key), replica.ToRow());
        else VersionStore.Put(tx, bucket, replica);
        if (isNewest) UploadStore.Disturb(tx, bucket, replica.Key);
    }

    /// <summary>Writes the row of a version anew, current or not; its body stays.</summary>
    public static void Update(S3Write write, Bucket bucket, StoredObject changed)
    {
        var current = Find(write.Transaction, bucket, changed.Key);
        var isCurrent = current?.Sequence == changed.Sequence;
        if (changed.Replication is not null) changed = ReplicationPlan.OfUpdate(write, bucket, isCurrent ? current : VersionStore.Find(write.Transaction, bucket, changed.Key, changed.Sequence), changed);
        if (isCurrent) write.Transaction.Put(Space, S3Keys.Object(bucket.Id, changed.Key), changed.ToRow());
        else VersionStore.Put(write.Transaction, bucket, changed);
    }

    /// <summary>Deletes as without a version id: for good in a bucket without versioning, else by a delete marker.</summary>
    /// <returns>The object that is gone, or the marker; null where nothing was there.</returns>
    public static StoredObject? Delete(S3Write write, Bucket bucket, string key)
    {
        var present = Find(write.Transaction, bucket, key);
        if (bucket.Versioning == VersioningStatus.Unversioned)
        {
            if (present is not null) DeleteVersion(write, bucket, present);
            return present;
        }
        var marker = Numbered(write, bucket, StoredObject.DeleteMarker(key, write.Now), present);
        ReplicationPlan.OfDeleteMarker(write, bucket, marker);
        MakeRoom(write, bucket, marker, present);
        if (present is not null) write.Transaction.Delete(Space, S3Keys.Object(bucket.Id, key));
        VersionStore.Put(write.Transaction, bucket, marker);
        UploadStore.Disturb(write.Transaction, bucket, key);
        return marker;
    }

    /// <summary>Deletes a version for good, whatever its lock. The next older one takes its place if it was the newest.</summary>
    public static void DeleteVersion(S3Write write, Bucket bucket, StoredObject version)
    {
        var tx = write.Transaction;
        var current = Find(tx, bucket, version.Key);
        BodyStore.Release(tx, version.BodyId, write.Freed);
        if (version.Replication is { IsReplica: true }) DisplacedVersions.Remove(tx, bucket, version);
        if (current?.Sequence == version.Sequence)
        {
            tx.Delete(Space, S3Keys.Object(bucket.Id, version.Key));
            current = null;
        }
        else
        {
            VersionStore.Remove(tx, bucket, version);
        }
        if (current is not null) return;
        if (VersionStore.FindNewest(tx, bucket, version.Key) is { IsDeleteMarker: false } next)
        {
            VersionStore.Remove(tx, bucket, next);
            tx.Put(Space, S3Keys.Object(bucket.Id, next.Key), next.ToRow());
        }
        UploadStore.Disturb(tx, bucket, version.Key);
    }

    /// <summary>Gives a new version its place after all that the key has and, where versioning is enabled, its id.</summary>
    private static StoredObject Numbered(S3Write write, Bucket bucket, StoredObject made, StoredObject? present)
    {
        var newest = present ?? VersionStore.FindNewest(write.Transaction, bucket, made.Key);
        var sequence = Math.Max(write.Moment.UtcTicks, (newest?.Sequence ?? 0) + 1);
        var id = bucket.Versioning == VersioningStatus.Enabled ? VersionId.New(sequence, write.Nonce()).Text : null;
        return made with { Sequence = sequence, VersionId = id };
    }

    /// <summary>Puts the present object among the older versions. The null version, wherever it is, goes where the new one is null too: a key has only one.</summary>
    private static void MakeRoom(S3Write write, Bucket bucket, StoredObject made, StoredObject? present)
    {
        var replaced = made.VersionId is not null || bucket.Versioning == VersioningStatus.Unversioned ? null : VersionStore.FindNull(write.Transaction, bucket, made.Key);
        if (replaced is not null) VersionStore.Remove(write.Transaction, bucket, replaced);
        if (present is { VersionId: null } && made.VersionId is null) replaced = present;
        else if (present is not null) VersionStore.Put(write.Transaction, bucket, present);
        if (replaced is not null) BodyStore.Release(write.Transaction, replaced.BodyId, write.Freed);
    }
}
