using System.Buffers.Binary;
using System.Text;
using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>Where streams lie in the store.</summary>
/// <remarks>
/// A stream's own row: account, region, a zero byte, its table's name, a zero byte, its label; so ListStreams goes by table and label.
/// A record: account, region, a zero byte, the stream's id, the partition, eight bytes of its serial. A shard is a range of these, and what a day has made old is one too.
/// </remarks>
internal static class StreamSpace
{
    public static readonly Space Streams = new("dynamodb.streams");
    public static readonly Space Records = new("dynamodb.stream-records");

    /// <summary>By the prefix of a stream, its latest serial; by an empty key, when what was old was last removed.</summary>
    public static readonly Space Positions = new("dynamodb.stream-positions");

    public static byte[] StreamKey(in StreamName name) => Encoding.UTF8.GetBytes($"{name.Account}/{name.Region}\0{name.Table}\0{name.Label}");

    /// <summary>What the rows of a table's streams begin with; of all where none is named.</summary>
    public static byte[] StreamsPrefix(string account, string region, string? table) =>
        table is null ? TableSpace.Prefix(account, region) : Encoding.UTF8.GetBytes($"{account}/{region}\0{table}\0");

    public static byte[] Prefix(TableStream stream)
    {
        var key = TableSpace.Prefix(stream.Account, stream.Region);
        Array.Resize(ref key, key.Length + 16);
        stream.Id.TryWriteBytes(key.AsSpan(key.Length - 16), bigEndian: true, out _);
        return key;
    }

    public static byte[] RecordKey(TableStream stream, int partition, long serial)
    {
        var prefix = stream.Prefix;
        var key = new byte[prefix.Length + 9];
        prefix.CopyTo(key, 0);
        key[prefix.Length] = (byte)partition;
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(prefix.Length + 1), serial);
        return key;
    }

    public static long SerialOf(ReadOnlySpan<byte> recordKey) => BinaryPrimitives.ReadInt64BigEndian(recordKey[^8..]);
}
