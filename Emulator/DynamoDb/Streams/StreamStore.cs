using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>The streams of all tables, those too that were disabled within the last day.</summary>
internal static class StreamStore
{
    /// <summary>Gives the table a new stream; the caller stores the table.</summary>
    public static Table Enable(IWriteTransaction transaction, Table table, string viewType, Guid id, DateTimeOffset now)
    {
        StreamRetention.TrimNowAndThen(transaction, now);
        var created = new DateTimeOffset(now.UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        var stream = new TableStream
        {
            Account = table.Account,
            Region = table.Region,
            TableName = table.Name,
            Id = id,
            Created = created,
            ViewType = viewType,
            KeySchema = table.KeySchema,
            Partitions = Partitions.Count(table),
        };
        while (Read(transaction, Name(stream)) is not null) stream = stream with { Created = stream.Created.AddMilliseconds(1) };
        Put(transaction, stream);
        return table with { LatestStream = stream };
    }

    /// <summary>Ends the table's stream, which can be read for another day; the caller stores the table, or deletes it.</summary>
    public static Table Disable(IWriteTransaction transaction, Table table, DateTimeOffset now)
    {
        if (table.LatestStream is not { IsEnabled: true } stream) return table;
        stream = stream with { DisabledAt = now };
        Put(transaction, stream);
        return table with { LatestStream = stream };
    }

    public static TableStream Require(IReader reader, StreamName name, DateTimeOffset now) =>
        Read(reader, name) is { } stream && !stream.IsGone(now) ? stream : throw StreamErrors.NotFound(name);

    /// <summary>The streams of an account in a region, or of one table, after one of them.</summary>
    public static IEnumerable<TableStream> List(IReader reader, string account, string region, string? table, StreamName? after, DateTimeOffset now)
    {
        var range = KeyRange.Prefix(StreamSpace.StreamsPrefix(account, region, table));
        if (after is { } last && StreamSpace.StreamKey(last with { Account = account, Region = region }) is var key && key.AsSpan().SequenceCompareTo(range.From.Span) > 0)
        {
            range = range with { From = (byte[])[.. key, 0] };
        }
        foreach (var entry in reader.Range(StreamSpace.Streams, range))
        {
            if (Decode(entry.Value) is var stream && !stream.IsGone(now)) yield return stream;
        }
    }

    public static IEnumerable<TableStream> All(IReader reader) => reader.Range(StreamSpace.Streams, KeyRange.All).Select(entry => Decode(entry.Value));

    /// <summary>Removes a stream with its records.</summary>
    public static void Delete(IWriteTransaction transaction, TableStream stream)
    {
        transaction.Delete(StreamSpace.Streams, StreamSpace.StreamKey(Name(stream)));
        transaction.Delete(StreamSpace.Positions, stream.Prefix);
        transaction.DeleteRange(StreamSpace.Records, KeyRange.Prefix(stream.Prefix));
    }

    private static StreamName Name(TableStream stream) => new(stream.Account, stream.Region, stream.TableName, stream.Label);

    private static TableStream? Read(IReader reader, StreamName name) =>
        reader.TryGet(StreamSpace.Streams, StreamSpace.StreamKey(name), out var row) ? Decode(row) : null;

    private static void Put(IWriteTransaction transaction, TableStream stream) =>
        transaction.Put(StreamSpace.Streams, StreamSpace.StreamKey(Name(stream)), AwsJson.Encode(stream, DynamoDbJson.Default.TableStream));

    private static TableStream Decode(ReadOnlyMemory<byte> row) => AwsJson.Decode(row.Span, DynamoDbJson.Default.TableStream);
}
