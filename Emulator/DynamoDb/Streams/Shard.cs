using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>A shard of a stream: the records of one partition from four hours.</summary>
/// <remarks>
/// Its id is AWS's form, <c>shardId-</c>, twenty digits of milliseconds, eight of hexadecimal: the time when it began, the partition in the first two bits, a hash. So ids sort by time, and a child comes behind
/// its parent. Observed: https://nightlies.apache.org/flink, DynamoDBStreamsShardHandle, which relies on both.
/// </remarks>
internal readonly record struct Shard(TableStream Stream, int Partition, long Generation)
{
    private const string IdPrefix = "shardId-";
    private const int PartitionShift = 30;

    public string Id => $"{IdPrefix}{Began.ToUnixTimeMilliseconds():D20}-{Suffix:x8}";

    public Shard? Parent => Generation == 0 ? null : this with { Generation = Generation - 1 };

    public Shard Child => this with { Generation = Generation + 1 };

    public long FirstSerial => Generation * StreamTime.ShardSpan;

    /// <summary>The first serial behind it.</summary>
    public long EndSerial => FirstSerial + StreamTime.ShardSpan;

    private DateTimeOffset Began => Stream.Created + (Generation * DynamoDbLimits.ShardLifetime);

    private uint Suffix
    {
        get
        {
            Span<byte> source = stackalloc byte[24];
            Stream.Id.TryWriteBytes(source, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(source[16..], Generation);
            Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
            MD5.HashData(source, hash);
            return (BinaryPrimitives.ReadUInt32BigEndian(hash) >> 2) | ((uint)Partition << PartitionShift);
        }
    }

    /// <summary>The shard of an id; null where the stream can never have one of that name.</summary>
    public static Shard? Parse(TableStream stream, string id)
    {
        if (!id.StartsWith(IdPrefix, StringComparison.Ordinal) || id.Length != IdPrefix.Length + 29) return null;
        if (!long.TryParse(id.AsSpan(IdPrefix.Length, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var began)) return null;
        if (!uint.TryParse(id.AsSpan(IdPrefix.Length + 21), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var suffix)) return null;
        var generation = (began - stream.Created.ToUnixTimeMilliseconds()) / (long)DynamoDbLimits.ShardLifetime.TotalMilliseconds;
        var shard = new Shard(stream, (int)(suffix >> PartitionShift), Math.Max(0, generation));
        return shard.Partition < stream.Partitions && shard.IsPossible && shard.Id == id ? shard : null;
    }

    /// <summary>The shards that can be read, in the order of their ids.</summary>
    public static IEnumerable<Shard> Of(TableStream stream, long lastSerial, DateTimeOffset now)
    {
        var last = StreamTime.Generation(Math.Max(lastSerial, stream.Serial(stream.DisabledAt ?? now)));
        for (var generation = StreamTime.Generation(stream.Horizon(now)); generation <= last; generation++)
        {
            for (var partition = 0; partition < stream.Partitions; partition++) yield return new(stream, partition, generation);
        }
    }

    /// <summary>Its records from a serial on.</summary>
    public IEnumerable<Entry> Records(IReader reader, long from, bool descending = false) =>
        reader.Range(StreamSpace.Records, new(StreamSpace.RecordKey(Stream, Partition, Math.Max(from, FirstSerial)), StreamSpace.RecordKey(Stream, Partition, EndSerial)), descending);

    // Ten thousand years of shards: so that no forged id leads beyond what a time can be.
    private bool IsPossible => Generation < 24_000_000 && Stream.Created.Year + (Generation / 2000) < 9000;
}
