using System.Globalization;
using System.Text.Json.Serialization;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Streams;

/// <summary>A stream as it is stored: with its table as long as it is the table's latest, and in a row of its own until a day after it was disabled.</summary>
internal sealed record TableStream
{
    public required string Account { get; init; }
    public required string Region { get; init; }
    public required string TableName { get; init; }
    public required Guid Id { get; init; }

    /// <summary>In whole milliseconds, and unlike that of any other stream of the table: it is the stream's label.</summary>
    public required DateTimeOffset Created { get; init; }
    public required string ViewType { get; init; }
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>How many shards are open at a time: as many as the table had partitions.</summary>
    public required int Partitions { get; init; }

    /// <summary>When it was disabled, or its table deleted.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    [JsonIgnore]
    public bool IsEnabled => DisabledAt is null;

    [JsonIgnore]
    public string Label => Created.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);

    [JsonIgnore]
    public string Arn => new StreamName(Account, Region, TableName, Label).Arn;

    /// <summary>What the keys of its records begin with.</summary>
    [JsonIgnore]
    public byte[] Prefix => field ??= StreamSpace.Prefix(this);

    [JsonIgnore]
    private AttributeName[] KeyNames => field ??= [.. KeySchema.Select(element => new AttributeName(element.AttributeName!))];

    /// <summary>Whether nothing of it can be read any more.</summary>
    public bool IsGone(DateTimeOffset now) => DisabledAt + DynamoDbLimits.StreamRetention <= now;

    /// <summary>The key attributes of an item.</summary>
    public AttributeMap KeysOf(AttributeMap item)
    {
        using var writer = new ValueWriter(128);
        foreach (var entry in item)
        {
            if (!IsKey(entry.Name.Span)) continue;
            writer.LengthPrefixed(entry.Name.Span);
            writer.Value(entry.Value);
        }
        return new(writer.ToArray());
    }

    /// <summary>The partition of an item's key.</summary>
    public int PartitionOf(Table table, ReadOnlySpan<byte> key) => Partitions == 1 ? 0 : key[table.Space.ItemPrefix.Length] * Partitions >> 8;

    private bool IsKey(ReadOnlySpan<byte> name)
    {
        foreach (var key in KeyNames)
        {
            if (name.SequenceEqual(key.Utf8)) return true;
        }
        return false;
    }
}
