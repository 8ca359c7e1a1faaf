using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Emulator.DynamoDb.Streams;

/// <summary>A place in a shard from which records are read, and when it was given out. It is all in its text, with a seal: the emulator keeps none.</summary>
/// <param name="From">The serial from which to read; zero: from the oldest record.</param>
/// <remarks>Like AWS's: the stream's ARN, a bar, 1, a bar, something in Base64 (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html).</remarks>
internal readonly record struct ShardIterator(StreamName Stream, int Partition, long Generation, long From, DateTimeOffset Issued, byte[] Bytes)
{
    private const string Separator = "|1|";
    private const int ContentBytes = 25;
    private const int SealBytes = 16;

    /// <summary>Writes the place as a text.</summary>
    public static string Encode(Shard shard, long from, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[ContentBytes + SealBytes];
        bytes[0] = (byte)shard.Partition;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], shard.Generation);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], from);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], now.UtcTicks);
        Seal(shard.Stream, bytes[..ContentBytes], bytes[ContentBytes..]);
        return $"{shard.Stream.Arn}{Separator}{Convert.ToBase64String(bytes)}";
    }

    public static ShardIterator Decode(string text)
    {
        var bar = text.IndexOf(Separator, StringComparison.Ordinal);
        var bytes = new byte[ContentBytes + SealBytes];
        if (bar < 0 || !Convert.TryFromBase64String(text[(bar + Separator.Length)..], bytes, out var length) || length != bytes.Length || StreamName.TryParse(text[..bar]) is not { } stream)
        {
            throw StreamErrors.InvalidIterator();
        }
        var issued = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(17));
        if (issued < 0 || issued > DateTimeOffset.MaxValue.UtcTicks) throw StreamErrors.InvalidIterator();
        return new(stream, bytes[0], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(9)), new(issued, TimeSpan.Zero), bytes);
    }

    /// <summary>The shard in the stream for which it was made; an iterator that was not made here is refused.</summary>
    public Shard Require(TableStream stream)
    {
        Span<byte> seal = stackalloc byte[SealBytes];
        Seal(stream, Bytes.AsSpan(0, ContentBytes), seal);
        if (!seal.SequenceEqual(Bytes.AsSpan(ContentBytes))) throw StreamErrors.InvalidIterator();
        return new(stream, Partition, Generation);
    }

    private static void Seal(TableStream stream, ReadOnlySpan<byte> content, Span<byte> seal)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(stream.Prefix, content, hash);
        hash[..SealBytes].CopyTo(seal);
    }
}
