namespace Emulator.Configuration;

/// <summary>A value in emulator.yaml with its place, before it is known what it means.</summary>
internal abstract class ConfigNode(int line, int column)
{
    public int Line { get; } = line;
    public int Column { get; } = column;

    /// <summary>Characters of text in it, and one for each node, with aliases replaced.</summary>
    public long Weight { get; protected set; } = 1;
}

/// <summary>A text, number, boolean or nothing: what it is, the reader of its key decides.</summary>
internal sealed class ScalarNode : ConfigNode
{
    public ScalarNode(int line, int column, string text, bool isPlain) : base(line, column)
    {
        (Text, IsPlain) = (text, isPlain);
        Weight += text.Length;
    }

    public string Text { get; }

    /// <summary>Written without quotes and not as a block: only such a scalar may be a number, a boolean or null.</summary>
    public bool IsPlain { get; }

    public bool IsNull => IsPlain && Text is "" or "~" or "null";
}

internal sealed class ListNode(int line, int column) : ConfigNode(line, column)
{
    private readonly List<ConfigNode> _items = [];

    public IReadOnlyList<ConfigNode> Items => _items;

    public void Add(ConfigNode item)
    {
        _items.Add(item);
        Weight += item.Weight;
    }
}

internal sealed class MappingNode(int line, int column) : ConfigNode(line, column)
{
    private readonly List<ConfigEntry> _entries = [];

    public IReadOnlyList<ConfigEntry> Entries => _entries;

    public void Add(ConfigEntry entry)
    {
        _entries.Add(entry);
        Weight += entry.Key.Weight + entry.Value.Weight;
    }
}

internal sealed record ConfigEntry(ScalarNode Key, ConfigNode Value);
