using System.Buffers.Binary;
using System.Text;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.Restores;

/// <summary>When restores complete and their copies go, in the order of time: an entry for each moment at which something is to be done.</summary>
/// <remarks>An entry only wakes up: what holds is in the row of the object, which may have gone, or have another moment by then.</remarks>
internal static class RestoreStore
{
    private static readonly Space Space = new("s3.restores");

    private const int NumberBytes = sizeof(long);
    private const int KeyOffset = 3 * NumberBytes;

    /// <summary>The moment, the bucket's id and the version's place, then the key; the bucket's name beside it.</summary>
    public static void Add(IWriteTransaction tx, Bucket bucket, StoredObject version, DateTimeOffset at)
    {
        var key = new byte[KeyOffset + Encoding.UTF8.GetByteCount(version.Key)];
        BinaryPrimitives.WriteInt64BigEndian(key, at.UtcTicks);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(NumberBytes), bucket.Id);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(2 * NumberBytes), version.Sequence);
        Encoding.UTF8.GetBytes(version.Key, key.AsSpan(KeyOffset));
        tx.Put(Space, key, Encoding.ASCII.GetBytes(bucket.Name));
    }

    public static void Remove(IWriteTransaction tx, in DueRestore due) => tx.Delete(Space, due.Row.Span);

    /// <summary>All that is due, and will be, from the earliest.</summary>
    public static IEnumerable<DueRestore> InOrder(IReader reader)
    {
        foreach (var (row, bucket) in reader.Range(Space, KeyRange.All))
        {
            var at = new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(row.Span), TimeSpan.Zero);
            yield return new(row, at, Encoding.ASCII.GetString(bucket.Span), BinaryPrimitives.ReadUInt64BigEndian(row.Span[NumberBytes..]),
                BinaryPrimitives.ReadInt64BigEndian(row.Span[(2 * NumberBytes)..]), Encoding.UTF8.GetString(row.Span[KeyOffset..]));
        }
    }

    public static DateTimeOffset? Next(IReader reader)
    {
        foreach (var due in InOrder(reader)) return due.At;
        return null;
    }
}

/// <summary>A moment at which a version's restore completes, or its copy goes.</summary>
internal readonly record struct DueRestore(ReadOnlyMemory<byte> Row, DateTimeOffset At, string BucketName, ulong BucketId, long Sequence, string Key);
