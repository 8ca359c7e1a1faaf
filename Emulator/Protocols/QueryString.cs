namespace Emulator.Protocols;

/// <summary>The parameters of a raw query.</summary>
internal static class QueryString
{
    private static readonly IReadOnlyList<KeyValuePair<string, string>> None = [];

    /// <summary>Decoded, in their order; a plus is a space, a parameter without = is "".</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string raw)
    {
        if (raw.Length == 0) return None;
        var parameters = new List<KeyValuePair<string, string>>(4);
        foreach (var range in raw.AsSpan().Split('&'))
        {
            var part = raw.AsSpan()[range];
            if (part.IsEmpty) continue;
            var equals = part.IndexOf('=');
            parameters.Add(equals < 0 ? new(Decode(part), "") : new(Decode(part[..equals]), Decode(part[(equals + 1)..])));
        }
        return parameters;
    }

    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny('%', '+')) return text.ToString();
        return Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
    }
}
