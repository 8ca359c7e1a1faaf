using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>The parts of items that are asked for.</summary>
internal sealed class Projection
{
    private readonly Node _root = new();

    public Projection(IEnumerable<DocumentPath> paths)
    {
        Paths = [.. paths];
        foreach (var path in Paths)
        {
            var node = _root;
            foreach (var step in path.Steps) node = node.Child(step);
            node.IsWhole = true;
        }
    }

    public List<DocumentPath> Paths { get; }

    /// <summary>What an item has of the paths: maps with what is asked of them, lists closed up.</summary>
    public AttributeMap Apply(AttributeMap item)
    {
        using var writer = new ValueWriter(item.Entries.Length);
        WriteEntries(item, _root, writer);
        return new(writer.ToArray());
    }

    private static void WriteEntries(AttributeMap map, Node node, ValueWriter writer)
    {
        foreach (var (name, child) in node.Names)
        {
            var value = map.Get(name);
            if (value.IsAbsent) continue;
            var start = writer.Length;
            writer.LengthPrefixed(name.Utf8);
            if (!TryWrite(value, child, writer)) writer.Truncate(start);
        }
    }

    /// <summary>False where the value has nothing that is asked for.</summary>
    private static bool TryWrite(AttributeValue value, Node node, ValueWriter writer)
    {
        if (node.IsWhole)
        {
            writer.Value(value);
            return true;
        }
        var wanted = node.Indexes.Count > 0 ? AttributeType.L : AttributeType.M;
        if (value.Type != wanted) return false;
        var start = writer.Begin(wanted);
        if (wanted == AttributeType.M) WriteEntries(value.Map, node, writer);
        else WriteElements(value, node, writer);
        writer.End(start);
        return writer.Length > start;
    }

    private static void WriteElements(AttributeValue list, Node node, ValueWriter writer)
    {
        var index = 0;
        foreach (var element in list.Elements)
        {
            if (!node.Indexes.TryGetValue(index++, out var child)) continue;
            var start = writer.Length;
            if (!TryWrite(element, child, writer)) writer.Truncate(start);
        }
    }

    private sealed class Node
    {
        public bool IsWhole { get; set; }

        public SortedDictionary<AttributeName, Node> Names { get; } = [];

        public SortedDictionary<int, Node> Indexes { get; } = [];

        public Node Child(PathStep step)
        {
            if (step.IsIndex) return Indexes.TryGetValue(step.Index, out var at) ? at : Indexes[step.Index] = new();
            return Names.TryGetValue(step.Name!, out var named) ? named : Names[step.Name!] = new();
        }
    }
}
