using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Multipart;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Objects;

/// <summary>The current objects of all buckets, in the order in which S3 lists them.</summary>
/// <remarks>Only current objects have rows here, so that a list reads nothing that it does not show. Older versions and delete markers have a space of their own (<c>s3.versions</c>, keyed by <see cref="S3Keys.UnderKey"/> and the sequence downwards) once versioning is built.</remarks>
internal static class ObjectStore
{
    private static readonly Space Space = new("s3.objects");

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

    /// <summary>The object, or NoSuchKey.</summary>
    public static StoredObject Require(IReader reader, Bucket bucket, string key) => Find(reader, bucket, key) ?? throw S3Errors.NoSuchKey(key);

    public static bool Any(IReader reader, Bucket bucket) => reader.Range(Space, KeyRange.Prefix(S3Keys.Bucket(bucket.Id))).Any();

    /// <summary>The rows whose keys begin with the prefix, from a key on.</summary>
    public static IEnumerable<Entry> Range(IReader reader, Bucket bucket, ReadOnlySpan<byte> from, ReadOnlySpan<byte> prefix) =>
        reader.Range(Space, new KeyRange(S3Keys.Object(bucket.Id, from), KeyRange.Successor(S3Keys.Object(bucket.Id, prefix))));

    /// <summary>Puts the object in the place of the present one, whose body it gives up.</summary>
    /// <returns>The object as it was put: its place in the order of writes is after the present one's.</returns>
    public static StoredObject Put(IWriteTransaction tx, Bucket bucket, StoredObject made, StoredObject? present, List<string> freed)
    {
        if (present is not null) BodyStore.Release(tx, present.BodyId, freed);
        if (present is not null && present.Sequence >= made.Sequence) made = made with { Sequence = present.Sequence + 1 };
        tx.Put(Space, S3Keys.Object(bucket.Id, made.Key), made.ToRow());
        UploadStore.Disturb(tx, bucket, made.Key);
        return made;
    }

    /// <summary>Writes the object's row anew; its body stays.</summary>
    public static void Update(IWriteTransaction tx, Bucket bucket, StoredObject changed) => tx.Put(Space, S3Keys.Object(bucket.Id, changed.Key), changed.ToRow());

    public static void Delete(IWriteTransaction tx, Bucket bucket, StoredObject present, List<string> freed)
    {
        BodyStore.Release(tx, present.BodyId, freed);
        tx.Delete(Space, S3Keys.Object(bucket.Id, present.Key));
        UploadStore.Disturb(tx, bucket, present.Key);
    }
}
