using System.Buffers.Binary;
using Emulator.S3.Buckets;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Objects;

/// <summary>Where the replicas stand whose own place in the order of writes was taken: their ids tell another place.</summary>
/// <remarks>It takes two writes of one key, in two buckets, in one ten-millionth of a second: or a clock that stands still.</remarks>
internal static class DisplacedVersions
{
    private static readonly Space Space = new("s3.displaced-versions");

    public static long? Find(IReader reader, Bucket bucket, string key, VersionId id) =>
        reader.TryGet(Space, S3Keys.UnderKey(bucket.Id, key, id.Text), out var place) ? BinaryPrimitives.ReadInt64BigEndian(place.Span) : null;

    public static void Put(IWriteTransaction tx, Bucket bucket, StoredObject version)
    {
        var place = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(place, version.Sequence);
        tx.Put(Space, S3Keys.UnderKey(bucket.Id, version.Key, version.VersionId!), place);
    }

    public static void Remove(IWriteTransaction tx, Bucket bucket, StoredObject version) => tx.Delete(Space, S3Keys.UnderKey(bucket.Id, version.Key, version.VersionId!));
}
