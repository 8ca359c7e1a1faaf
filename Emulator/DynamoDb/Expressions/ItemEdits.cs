using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>Changes at paths that do not overlap, applied to an item in one pass over its bytes.</summary>
internal sealed class ItemEdits
{
    private readonly Edit _root = new();

    public void Set(DocumentPath path, AttributeValue value) => At(path).Value = value;

    public void Remove(DocumentPath path) => At(path).IsRemoval = true;

    /// <summary>The new attributes; refused where a path does not lead into a map or list.</summary>
    public byte[] Apply(AttributeMap item)
    {
        using var writer = new ValueWriter(item.Entries.Length + 256);
        WriteEntries(item, _root.Names, writer);
        return writer.ToArray();
    }

    private Edit At(DocumentPath path)
    {
        var edit = _root;
        foreach (var step in path.Steps) edit = edit.Child(step);
        return edit;
    }

    private static void WriteEntries(AttributeMap map, SortedDictionary<AttributeName, Edit> edits, ValueWriter writer)
    {
        var edit = edits.GetEnumerator();
        var more = edit.MoveNext();
        foreach (var entry in map)
        {
            var order = -1;
            while (more && (order = edit.Current.Key.Utf8.SequenceCompareTo(entry.Name.Span)) < 0)
            {
                WriteNew(edit.Current.Key, edit.Current.Value, writer);
                more = edit.MoveNext();
            }
            if (!more || order != 0)
            {
                writer.LengthPrefixed(entry.Name.Span);
                writer.Value(entry.Value);
                continue;
            }
            if (!edit.Current.Value.IsRemoval)
            {
                writer.LengthPrefixed(entry.Name.Span);
                WriteChanged(entry.Value, edit.Current.Value, writer);
            }
            more = edit.MoveNext();
        }
        for (; more; more = edit.MoveNext()) WriteNew(edit.Current.Key, edit.Current.Value, writer);
    }

    private static void WriteNew(AttributeName name, Edit edit, ValueWriter writer)
    {
        if (edit.IsRemoval) return;
        if (edit.Value.IsAbsent) throw DynamoDbErrors.InvalidDocumentPath();
        writer.LengthPrefixed(name.Utf8);
        writer.Value(edit.Value);
    }

    private static void WriteChanged(AttributeValue value, Edit edit, ValueWriter writer)
    {
        if (!edit.Value.IsAbsent)
        {
            writer.Value(edit.Value);
        }
        else if (edit.Indexes.Count > 0)
        {
            if (value.Type != AttributeType.L) throw DynamoDbErrors.InvalidDocumentPath();
            var start = writer.Begin(AttributeType.L);
            WriteElements(value, edit.Indexes, writer);
            writer.End(start);
        }
        else
        {
            if (value.Type != AttributeType.M) throw DynamoDbErrors.InvalidDocumentPath();
            var start = writer.Begin(AttributeType.M);
            WriteEntries(value.Map, edit.Names, writer);
            writer.End(start);
        }
    }

    private static void WriteElements(AttributeValue list, SortedDictionary<int, Edit> edits, ValueWriter writer)
    {
        var index = 0;
        foreach (var element in list.Elements)
        {
            if (!edits.TryGetValue(index++, out var edit)) writer.Value(element);
            else if (!edit.IsRemoval) WriteChanged(element, edit, writer);
        }
        // Beyond the end, what is set is appended in the order of the indexes; what is removed was not there.
        foreach (var (at, edit) in edits)
        {
            if (at < index || edit.IsRemoval) continue;
            writer.Value(edit.Value.IsAbsent ? throw DynamoDbErrors.InvalidDocumentPath() : edit.Value);
        }
    }

    private sealed class Edit
    {
        private SortedDictionary<AttributeName, Edit>? _names;
        private SortedDictionary<int, Edit>? _indexes;

        public AttributeValue Value { get; set; }

        public bool IsRemoval { get; set; }

        public SortedDictionary<AttributeName, Edit> Names => _names ??= [];

        public SortedDictionary<int, Edit> Indexes => _indexes ??= [];

        public Edit Child(PathStep step)
        {
            if (step.IsIndex) return Indexes.TryGetValue(step.Index, out var at) ? at : Indexes[step.Index] = new();
            return Names.TryGetValue(step.Name!, out var named) ? named : Names[step.Name!] = new();
        }
    }
}
