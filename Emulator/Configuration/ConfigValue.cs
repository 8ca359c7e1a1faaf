using System.Globalization;

namespace Emulator.Configuration;

/// <summary>A value in emulator.yaml, of which its reader says what it must be. A method that finds something else notes the problem and answers null, so that reading goes on.</summary>
/// <param name="name">What messages call it: the name of its key.</param>
internal sealed class ConfigValue(ConfigReading reading, string name, ConfigNode node)
{
    public string Name => name;
    public ConfigNode Node => node;

    /// <summary>Notes that the value is wrong.</summary>
    public void Problem(string message) => reading.Problem(node, message);

    /// <summary>A text; numbers and booleans are taken as they are written.</summary>
    /// <param name="rule">Says what is wrong with a text, or null.</param>
    public string? Text(Func<string, string?>? rule = null)
    {
        if (Scalar("a text") is not { } scalar) return null;
        if (rule?.Invoke(scalar.Text) is { } wrong)
        {
            Problem($"'{name}': {wrong}");
            return null;
        }
        return scalar.Text;
    }

    /// <summary>A text that may stand in an environment variable instead: <c>${NAME}</c>.</summary>
    public string? Secret()
    {
        var text = Text();
        if (text is null || !text.StartsWith("${", StringComparison.Ordinal) || !text.EndsWith('}')) return text;
        var variable = text[2..^1];
        var value = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(value)) Problem($"'{name}': the environment variable {Short(variable)} is not set");
        return value;
    }

    /// <summary>One of a few words.</summary>
    public string? OneOf(params ReadOnlySpan<string> words)
    {
        if (Scalar(OneOfWords(words)) is not { } scalar) return null;
        if (words.Contains(scalar.Text)) return scalar.Text;
        Problem($"'{name}' must be {OneOfWords(words)}, not '{Short(scalar.Text)}'.{NearestName.Hint(scalar.Text, words.ToArray())}");
        return null;
    }

    public bool? Flag()
    {
        if (Scalar("true or false") is not { } scalar) return null;
        if (scalar is { IsPlain: true, Text: "true" or "false" }) return scalar.Text == "true";
        Problem($"'{name}' must be true or false, not '{Short(scalar.Text)}'");
        return null;
    }

    public int? Number(int least, int most)
    {
        if (Scalar("a number") is not { } scalar) return null;
        if (PlainJson.IsNumber(scalar) && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Problem($"'{name}' must be a whole number from {least} to {most}, not '{Short(scalar.Text)}'");
        return null;
    }

    /// <summary>A time as <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>30d</c>.</summary>
    public TimeSpan? Duration(TimeSpan least, TimeSpan most)
    {
        if (Scalar("a duration as 30s, 5m, 1h or 30d") is not { } scalar) return null;
        if (Durations.Parse(scalar.Text) is not { } duration) Problem($"'{name}' must be a duration as 30s, 5m, 1h or 30d, not '{Short(scalar.Text)}'");
        else if (duration < least || duration > most) Problem($"'{name}' must be from {Durations.Write(least)} to {Durations.Write(most)}, not {Short(scalar.Text)}");
        else return duration;
        return null;
    }

    /// <summary>A folder, relative to that of emulator.yaml.</summary>
    public string? Folder()
    {
        var path = Text();
        if (path is not null && !reading.FolderExists(path)) Problem($"'{name}': there is no folder '{Short(path)}' beside emulator.yaml");
        return path;
    }

    /// <summary>A file, relative to the folder of emulator.yaml.</summary>
    public string? File()
    {
        var path = Text();
        if (path is not null && !reading.FileExists(path)) Problem($"'{name}': there is no file '{Short(path)}' beside emulator.yaml");
        return path;
    }

    /// <summary>A list of texts; one text stands for a list of it alone.</summary>
    public IReadOnlyList<string> Texts(Func<string, string?>? rule = null) => List(item => item.Text(rule));

    /// <summary>A list of words out of a few.</summary>
    public IReadOnlyList<string> Words(params string[] words) => List(item => item.OneOf(words));

    /// <summary>A list; one value that is none stands for a list of it alone.</summary>
    public IReadOnlyList<T> List<T>(Func<ConfigValue, T?> read) where T : class
    {
        if (node is ScalarNode { IsNull: true }) return [];
        var items = node is ListNode list ? list.Items : [node];
        var result = new List<T>(items.Count);
        foreach (var item in items) if (read(new ConfigValue(reading, name, item)) is { } value) result.Add(value);
        return result;
    }

    /// <summary>Named things: a mapping from the names that the user gives to what each of them is.</summary>
    /// <param name="rule">Says what is wrong with a name, or null.</param>
    public IReadOnlyDictionary<string, T> Map<T>(Func<string, string?>? rule, Func<ConfigValue, T> read) where T : class
    {
        var result = new Dictionary<string, T>();
        foreach (var entry in Entries($"a mapping of names to {name}"))
        {
            if (rule?.Invoke(entry.Key.Text) is { } wrong) reading.Problem(entry.Key, $"'{Short(entry.Key.Text)}': {wrong}");
            result[entry.Key.Text] = read(new ConfigValue(reading, entry.Key.Text, entry.Value));
        }
        return result;
    }

    /// <summary>Named texts.</summary>
    public IReadOnlyDictionary<string, string> TextMap(Func<string, string?>? rule = null) => Map(rule, static value => value.Text() ?? "");

    /// <summary>A mapping with the keys for which <paramref name="read"/> asks; others are problems.</summary>
    public T Section<T>(Func<ConfigSection, T> read)
    {
        var section = new ConfigSection(reading, name, node, Entries("a mapping"), isSilent: node is not (MappingNode or ScalarNode { IsNull: true }));
        var result = read(section);
        section.NoteUnknownKeys();
        return result;
    }

    /// <summary>Notes, once all is read, that the value names something that is not declared.</summary>
    public void Refers(string kind, string target, Func<EmulatorConfig, IEnumerable<string>> declared) => reading.Refer(node, kind, target, declared);

    private IReadOnlyList<ConfigEntry> Entries(string expected)
    {
        if (node is MappingNode mapping) return mapping.Entries;
        if (node is not ScalarNode { IsNull: true }) Problem($"'{name}' must be {expected}");
        return [];
    }

    private ScalarNode? Scalar(string expected)
    {
        if (node is ScalarNode { IsNull: false } scalar) return scalar;
        Problem(node is ScalarNode ? $"'{name}' has no value: it must be {expected}" : $"'{name}' must be {expected}");
        return null;
    }

    private static string OneOfWords(ReadOnlySpan<string> words) => words.Length switch
    {
        1 => $"'{words[0]}'",
        <= 6 => $"{string.Join(", ", words[..^1]!)} or {words[^1]}",
        _ => $"one of {string.Join(", ", words!)}",
    };

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
