using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Items;

/// <summary>What the change of an item does to its entry in one index.</summary>
/// <param name="Before">The size of the entry that there was; negative where there was none.</param>
/// <param name="After">The size of the entry that there shall be; negative where there shall be none.</param>
/// <param name="Moves">Whether the entry has another key.</param>
internal readonly record struct IndexChange(int Before, int After, bool Moves)
{
    private const int Absent = -1;

    private static readonly IndexChange Nothing = new(Absent, Absent, false);

    public bool Removes => Before >= 0 && (After < 0 || Moves);

    public bool Puts => After >= 0;

    /// <summary>The write units that the index consumes: of an entry that moves those of a deletion and an insertion, of one that stays what the larger costs, and none where it holds the same.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations; captured on AWS: src/actions/index_capacity.rs of nubo-db/dynoxide.</remarks>
    public double Units => (Before, After) switch
    {
        ( < 0, < 0) => 0,
        _ when Moves => Capacity.Write(Before, 0) + Capacity.Write(After, 0),
        _ => Capacity.Write(Before, After),
    };

    public static IndexChange Of(IndexSpace index, Item before, Item after)
    {
        var was = Holds(index, before);
        var shallBe = Holds(index, after);
        if (!was && !shallBe) return Nothing;
        if (!was) return new(Absent, Size(index, after), false);
        if (!shallBe) return new(Size(index, before), Absent, false);
        var moves = !SameKey(index.Keys, before.Attributes, after.Attributes);
        return !moves && SameEntry(index, before, after) ? Nothing : new(Size(index, before), Size(index, after), moves);
    }

    /// <summary>The entry that an index holds of an item.</summary>
    public static Item Entry(IndexSpace index, Item item)
    {
        if (index.Projected is null) return item;
        using var writer = new ValueWriter(256);
        foreach (var name in index.Projected)
        {
            var value = item.Attributes.Get(name);
            if (value.IsAbsent) continue;
            writer.LengthPrefixed(name.Utf8);
            writer.Value(value);
        }
        return Item.Of(writer.Written);
    }

    /// <summary>Whether the item has all attributes of the index key, as they must be: else it is not in the index.</summary>
    private static bool Holds(IndexSpace index, Item item)
    {
        if (item.IsAbsent) return false;
        return IsKey(index.Keys.Hash, item.Attributes, DynamoDbLimits.PartitionKeyBytes) && IsKey(index.Keys.Range, item.Attributes, DynamoDbLimits.SortKeyBytes);
    }

    private static bool IsKey(ReadOnlySpan<KeyAttribute> attributes, AttributeMap item, int most)
    {
        var length = 0;
        foreach (var attribute in attributes)
        {
            var value = item.Get(attribute.Name);
            if (value.IsAbsent || value.Type != attribute.Type || value.Content.IsEmpty) return false;
            length += value.Content.Length;
        }
        return length <= most;
    }

    private static bool SameKey(KeyAttributes keys, AttributeMap before, AttributeMap after)
    {
        foreach (var attribute in keys.Hash)
        {
            if (!before.Get(attribute.Name).Equals(after.Get(attribute.Name))) return false;
        }
        foreach (var attribute in keys.Range)
        {
            if (!before.Get(attribute.Name).Equals(after.Get(attribute.Name))) return false;
        }
        return true;
    }

    private static bool SameEntry(IndexSpace index, Item before, Item after)
    {
        if (index.Projected is null) return before.Record.Span.SequenceEqual(after.Record.Span);
        foreach (var name in index.Projected)
        {
            if (!before.Attributes.Get(name).Equals(after.Attributes.Get(name))) return false;
        }
        return true;
    }

    private static int Size(IndexSpace index, Item item)
    {
        if (index.Projected is null) return item.Size;
        var size = 0;
        foreach (var name in index.Projected)
        {
            var value = item.Attributes.Get(name);
            if (!value.IsAbsent) size += name.Utf8.Length + value.Size;
        }
        return size;
    }
}
