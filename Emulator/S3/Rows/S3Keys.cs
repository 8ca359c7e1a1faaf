using System.Buffers.Binary;
using System.Text;

namespace Emulator.S3.Rows;

/// <summary>The keys of S3's rows. Object keys are ordered as S3 lists them: by the bytes of their UTF-8.</summary>
internal static class S3Keys
{
    public const int BucketIdBytes = 8;

    /// <summary>All rows of a bucket begin with its id.</summary>
    public static byte[] Bucket(ulong bucketId)
    {
        var key = new byte[BucketIdBytes];
        BinaryPrimitives.WriteUInt64BigEndian(key, bucketId);
        return key;
    }

    /// <summary>The current object of a key: bucket id, key.</summary>
    public static byte[] Object(ulong bucketId, string key)
    {
        var bytes = new byte[BucketIdBytes + Encoding.UTF8.GetByteCount(key)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, bucketId);
        Encoding.UTF8.GetBytes(key, bytes.AsSpan(BucketIdBytes));
        return bytes;
    }

    public static byte[] Object(ulong bucketId, ReadOnlySpan<byte> utf8Key)
    {
        var bytes = new byte[BucketIdBytes + utf8Key.Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, bucketId);
        utf8Key.CopyTo(bytes.AsSpan(BucketIdBytes));
        return bytes;
    }

    /// <summary>What stands under a key (uploads): bucket id, key, a terminator, and what tells the rows of one key apart.</summary>
    /// <remarks>A zero byte in the key is followed by 0xFF and the terminator by 0x01, so that the order stays that of the keys.</remarks>
    public static byte[] UnderKey(ulong bucketId, string key, string suffix = "") =>
        [.. FromKey(bucketId, Encoding.UTF8.GetBytes(key)), 0, 1, .. Encoding.ASCII.GetBytes(suffix)];

    /// <summary>A version under its key: the newest comes first.</summary>
    public static byte[] Version(ulong bucketId, string key, long sequence)
    {
        Span<byte> order = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(order, long.MaxValue - sequence);
        return [.. UnderKey(bucketId, key), .. order];
    }

    /// <summary>The object key, in UTF-8, of a row made by <see cref="Version"/>.</summary>
    public static ReadOnlyMemory<byte> KeyOfVersion(ReadOnlyMemory<byte> row)
    {
        var key = row[BucketIdBytes..^(sizeof(long) + 2)];
        return key.Span.Contains((byte)0) ? ReadUnderKey(row.Span).Utf8Key : key;
    }

    /// <summary>Where the rows begin that stand under a key, or under a later one.</summary>
    public static byte[] FromKey(ulong bucketId, ReadOnlySpan<byte> utf8Key)
    {
        var bytes = new byte[BucketIdBytes + utf8Key.Length + utf8Key.Count((byte)0)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, bucketId);
        var at = BucketIdBytes;
        foreach (var b in utf8Key)
        {
            bytes[at++] = b;
            if (b == 0) bytes[at++] = 0xFF;
        }
        return bytes;
    }

    /// <summary>The object key and the suffix of a row made by <see cref="UnderKey"/>.</summary>
    public static (byte[] Utf8Key, string Suffix) ReadUnderKey(ReadOnlySpan<byte> row)
    {
        var key = new byte[row.Length];
        var length = 0;
        var at = BucketIdBytes;
        while (true)
        {
            var b = row[at++];
            if (b != 0) key[length++] = b;
            else if (row[at++] == 0xFF) key[length++] = 0;
            else return (key.AsSpan(0, length).ToArray(), Encoding.ASCII.GetString(row[at..]));
        }
    }

    public static byte[] Part(string uploadId, int partNumber)
    {
        var bytes = new byte[uploadId.Length + 4];
        Encoding.ASCII.GetBytes(uploadId, bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(uploadId.Length), partNumber);
        return bytes;
    }

    public static int PartNumber(ReadOnlySpan<byte> row) => BinaryPrimitives.ReadInt32BigEndian(row[^4..]);

    public static byte[] Body(string bodyId) => Encoding.ASCII.GetBytes(bodyId);

    public static byte[] Setting(ulong bucketId, string name)
    {
        var bytes = new byte[BucketIdBytes + name.Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, bucketId);
        Encoding.ASCII.GetBytes(name, bytes.AsSpan(BucketIdBytes));
        return bytes;
    }
}
