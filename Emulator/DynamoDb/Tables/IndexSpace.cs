using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Tables;

/// <summary>An index as reading and writing need it: its key with types, where its entries lie, what they hold.</summary>
internal sealed class IndexSpace
{
    private readonly byte[] _prefix;

    public IndexSpace(Table table, SecondaryIndex index)
    {
        Index = index;
        Keys = KeyAttributes.Of(index.KeySchema, table.AttributeDefinitions);
        _prefix = [.. table.Space.Whole, index.Number];
        if (index.ProjectsAll) return;
        var names = new SortedSet<AttributeName>(Keys.All.Concat(table.Keys.All).Select(key => key.Name));
        names.UnionWith((index.NonKeyAttributes ?? []).Select(name => new AttributeName(name)));
        Projected = [.. names];
    }

    public SecondaryIndex Index { get; }

    public string Name => Index.Name;

    public KeyAttributes Keys { get; }

    /// <summary>What the keys of its entries begin with; the key of its statistics.</summary>
    public byte[] Prefix => _prefix;

    /// <summary>The attributes that entries hold, in the order of the names; null for all that the item has.</summary>
    public AttributeName[]? Projected { get; }

    public bool Projects(AttributeName name) => Projected is null || Array.BinarySearch(Projected, name) >= 0;
}
