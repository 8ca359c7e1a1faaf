using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Storage;

namespace Emulator.DynamoDb.Items;

/// <summary>What a Query or Scan reads: a table, or one of its indexes.</summary>
internal sealed class ReadSource(Table table, IndexSpace? index)
{
    public Table Table => table;

    /// <summary>Null where the table itself is read.</summary>
    public IndexSpace? Index => index;

    /// <summary>The key by which it is ordered.</summary>
    public KeyAttributes Keys => index?.Keys ?? table.Keys;

    /// <summary>What the keys of all that it holds begin with.</summary>
    public ReadOnlySpan<byte> Prefix => index is null ? table.Space.ItemPrefix : index.Prefix;

    /// <summary>The names of LastEvaluatedKey and ExclusiveStartKey, in their order: of an index also those of the table's key.</summary>
    public SortedSet<AttributeName> StartKeyNames => field ??= [.. Keys.All.Concat(table.Keys.All).Select(attribute => attribute.Name)];

    /// <summary>The key in the store of what these key attributes belong to.</summary>
    public byte[] Key(AttributeMap attributes) => index is null ? ItemKey.Of(table, attributes) : ItemKey.OfEntry(table, index, attributes);

    /// <summary>What the keys of a partition begin with.</summary>
    public byte[] PartitionPrefix(ReadOnlySpan<AttributeValue> partition) => index is null ? ItemKey.PartitionPrefix(table, partition[0]) : ItemKey.PartitionPrefix(index, partition);

    /// <summary>All that it holds, or a segment of it.</summary>
    public KeyRange Segment(int? segment, int? totalSegments) => totalSegments is { } total
        ? new(ItemKey.SegmentStart(Prefix, segment!.Value, total), ItemKey.SegmentStart(Prefix, segment.Value + 1, total))
        : KeyRange.Prefix(Prefix);

    public ConsumedUnits Consumed(double units, double tableUnits) => index is null ? new(units) : ConsumedUnits.OfIndex(table, index, units, tableUnits);
}
