namespace Emulator.DynamoDb.Streams;

/// <summary>How the order of a stream's records follows from time.</summary>
/// <remarks>
/// The serial of a record is the microseconds since its stream's creation, or one more than the last record's where that is not more: so serials grow whatever the clock does.
/// From a serial follow the shard (each takes the records of four hours of a partition) and whether a day has passed: neither shards nor their ends are kept anywhere.
/// </remarks>
internal static class StreamTime
{
    private const long Microsecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>Serials of one shard.</summary>
    public static readonly long ShardSpan = DynamoDbLimits.ShardLifetime.Ticks / Microsecond;

    // A write that began before a shard's end may commit a little after it.
    private static readonly long Grace = TimeSpan.FromSeconds(5).Ticks / Microsecond;

    private static readonly long Retention = DynamoDbLimits.StreamRetention.Ticks / Microsecond;

    /// <summary>The serial of a moment.</summary>
    public static long Serial(this TableStream stream, DateTimeOffset time) => Math.Max(0, (time - stream.Created).Ticks / Microsecond);

    /// <summary>The first serial that is not too old to be read.</summary>
    public static long Horizon(this TableStream stream, DateTimeOffset now) => Math.Max(0, stream.Serial(now) - Retention);

    /// <summary>The number of the shards, in each partition, that a serial belongs to.</summary>
    public static long Generation(long serial) => serial / ShardSpan;

    /// <summary>Whether no record can come to shards of this number any more.</summary>
    public static bool IsClosed(this TableStream stream, long generation, long lastSerial, DateTimeOffset now) =>
        !stream.IsEnabled || Generation(Math.Max(lastSerial, stream.Serial(now) - Grace)) > generation;

    /// <summary>Where reading goes on behind the last record: not so far back that the place grows old while nothing is written, and not so far ahead that a write under way could come before it.</summary>
    public static long Behind(this TableStream stream, long lastSerial, DateTimeOffset now) => Math.Max(lastSerial + 1, stream.Serial(now) - (Retention / 2));
}
