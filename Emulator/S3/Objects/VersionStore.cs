using System.Buffers.Binary;
using Emulator.S3.Buckets;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Objects;

/// <summary>The versions that are not current objects: those that were replaced, and all delete markers, the newest of a key first.</summary>
/// <remarks>A delete marker stands here also while it is the newest version of its key: then <see cref="ObjectStore"/> has no row for the key. Only <see cref="ObjectStore"/> writes here.</remarks>
internal static class VersionStore
{
    private static readonly Space Space = new("s3.versions");

    /// <summary>Where the null version of a key stands, if it stands here: requests name it without its place in the order.</summary>
    private static readonly Space NullVersions = new("s3.null-versions");

    public static StoredObject? Find(IReader reader, Bucket bucket, string key, long sequence) =>
        reader.TryGet(Space, S3Keys.Version(bucket.Id, key, sequence), out var row) ? StoredObject.FromRow(key, row.Span) : null;

    public static StoredObject? FindNull(IReader reader, Bucket bucket, string key) =>
        reader.TryGet(NullVersions, S3Keys.Object(bucket.Id, key), out var sequence) ? Find(reader, bucket, key, BinaryPrimitives.ReadInt64BigEndian(sequence.Span)) : null;

    /// <summary>The newest version of a key that stands here: of a key without a current object the delete marker that hides it.</summary>
    public static StoredObject? FindNewest(IReader reader, Bucket bucket, string key)
    {
        if (bucket.Versioning == VersioningStatus.Unversioned) return null;
        foreach (var (_, row) in OfKey(reader, bucket, key)) return StoredObject.FromRow(key, row.Span);
        return null;
    }

    /// <summary>The rows of a key, from the newest.</summary>
    public static IEnumerable<Entry> OfKey(IReader reader, Bucket bucket, string key) => reader.Range(Space, KeyRange.Prefix(S3Keys.UnderKey(bucket.Id, key)));

    public static bool Any(IReader reader, Bucket bucket) => reader.Range(Space, KeyRange.Prefix(S3Keys.Bucket(bucket.Id))).Any();

    /// <summary>The rows from a position on (<see cref="S3Keys.FromKey"/>, <see cref="S3Keys.Version"/>), in the order of keys and, for one key, from the newest.</summary>
    public static IEnumerable<Entry> Range(IReader reader, Bucket bucket, ReadOnlyMemory<byte> from) =>
        reader.Range(Space, new KeyRange(from, KeyRange.Successor(S3Keys.Bucket(bucket.Id))));

    public static void Put(IWriteTransaction tx, Bucket bucket, StoredObject version)
    {
        tx.Put(Space, S3Keys.Version(bucket.Id, version.Key, version.Sequence), version.ToRow());
        if (version.VersionId is not null) return;
        var sequence = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(sequence, version.Sequence);
        tx.Put(NullVersions, S3Keys.Object(bucket.Id, version.Key), sequence);
    }

    public static void Remove(IWriteTransaction tx, Bucket bucket, StoredObject version)
    {
        tx.Delete(Space, S3Keys.Version(bucket.Id, version.Key, version.Sequence));
        if (version.VersionId is null) tx.Delete(NullVersions, S3Keys.Object(bucket.Id, version.Key));
    }
}
