namespace Emulator.Configuration;

/// <summary>A mapping with known keys. The keys it knows are those it is asked for: so the code that reads a section is also its definition.</summary>
/// <param name="isSilent">There was no mapping, which is a problem already: nothing is missed in it.</param>
internal sealed class ConfigSection(ConfigReading reading, string name, ConfigNode node, IReadOnlyList<ConfigEntry> entries, bool isSilent)
{
    private readonly List<string> _known = [];

    /// <summary>The value of a key; null where the key is absent.</summary>
    public ConfigValue? this[string key]
    {
        get
        {
            _known.Add(key);
            foreach (var entry in entries) if (entry.Key.Text == key) return new ConfigValue(reading, key, entry.Value);
            return null;
        }
    }

    public bool Has(string key) => entries.Any(entry => entry.Key.Text == key);

    /// <summary>Notes every key beyond those that are allowed here, of the keys that the section has elsewhere.</summary>
    public void Only(string reason, params ReadOnlySpan<string> allowed)
    {
        foreach (var entry in entries)
        {
            if (_known.Contains(entry.Key.Text) && !allowed.Contains(entry.Key.Text)) reading.Problem(entry.Key, $"'{entry.Key.Text}' {reason}");
        }
    }

    /// <summary>The value of a key that must be there.</summary>
    public ConfigValue? Required(string key)
    {
        var value = this[key];
        if (value is null) Missing($"'{key}'");
        return value;
    }

    /// <summary>Notes that a key is missing.</summary>
    public void Missing(string keys)
    {
        if (!isSilent) Problem($"'{name}' lacks {keys}");
    }

    /// <summary>Notes that the section as a whole is wrong.</summary>
    public void Problem(string message) => reading.Problem(node, message);

    /// <summary>Notes every key for which nobody asked.</summary>
    public void NoteUnknownKeys()
    {
        foreach (var entry in entries)
        {
            if (_known.Contains(entry.Key.Text)) continue;
            if (reading.IsFull) reading.Problem(entry.Key, "");
            else reading.Problem(entry.Key, $"unknown key '{entry.Key.Text}'. {Advice(entry.Key.Text)}");
        }
    }

    private string Advice(string key) => NearestName.Find(key, _known) is { } nearest ? $"Did you mean '{nearest}'?" : $"'{name}' has the keys {string.Join(", ", _known)}.";
}
