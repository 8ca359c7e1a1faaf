namespace Emulator.Configuration;

/// <summary>Collects the entries of a mapping: refuses keys that stand twice, and adds at the end what merge keys (<c>&lt;&lt;</c>) bring along.</summary>
internal sealed class MappingBuilder(int line, int column, ProblemList problems)
{
    private readonly MappingNode _mapping = new(line, column);
    private readonly Dictionary<string, ScalarNode> _keys = [];
    private List<ConfigNode>? _merged;

    public void Add(ConfigNode key, ConfigNode value)
    {
        if (key is not ScalarNode name) problems.Add(key, "a key must be a text");
        else if (name is { IsPlain: true, Text: "<<" }) (_merged ??= []).Add(value);
        else if (_keys.TryAdd(name.Text, name)) _mapping.Add(new ConfigEntry(name, value));
        else problems.Add(name, $"the key '{name.Text}' is there already, on line {_keys[name.Text].Line}");
    }

    public MappingNode Build()
    {
        foreach (var source in _merged ?? []) Merge(source);
        return _mapping;
    }

    /// <summary>Adds the entries of one mapping, or of a list of them, that the mapping does not have itself.</summary>
    private void Merge(ConfigNode source)
    {
        foreach (var item in source is ListNode list ? list.Items : [source])
        {
            if (item is not MappingNode other) problems.Add(item, "'<<' takes a mapping, or a list of mappings");
            else foreach (var entry in other.Entries) if (_keys.TryAdd(entry.Key.Text, entry.Key)) _mapping.Add(entry);
        }
    }
}
