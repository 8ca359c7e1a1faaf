using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Emulator.Lambda.Invocations;

/// <summary>Whether an event is JSON, and if not, why not in the words of Lambda's parser, which is Jackson.</summary>
internal static class JsonPayload
{
    private const string Source = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: ";
    private const string Values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    /// <summary>null where it is JSON.</summary>
    public static string? Problem(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = LambdaLimits.PayloadDepth });
        try
        {
            while (reader.Read()) { }
            return null;
        }
        catch (JsonException malformed)
        {
            var at = Offset(payload, malformed);
            return Describe(payload, at, reader.TokenType, Open(payload, at));
        }
    }

    /// <summary>Observed 2025-11-24: the two texts that are tested. The others are Jackson's, from its own reference.</summary>
    private static string Describe(ReadOnlySpan<byte> payload, int at, JsonTokenType before, List<int> open)
    {
        while (at < payload.Length && payload[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        if (at >= payload.Length)
        {
            if (open.Count == 0) return "No content to map due to end-of-input" + Location(payload, payload.Length);
            var container = payload[open[^1]] == '{' ? "Object" : "Array";
            return $"Unexpected end-of-input: expected close marker for {container} (start marker at {Position(payload, open[^1])}]){Location(payload, payload.Length)}";
        }
        if (payload[at] >= 0x80 || !IsWord(payload[at]))
        {
            return $"Unexpected character ({Name(payload[at])}): {Expected(payload, at, before, open)}{Location(payload, at)}";
        }
        if (before is JsonTokenType.StartObject || (before is JsonTokenType.PropertyName && !AfterColon(payload, at)) || Complete(before) && open.Count > 0)
        {
            return $"Unexpected character ({Name(payload[at])}): {Expected(payload, at, before, open)}{Location(payload, at)}";
        }
        while (at > 0 && IsWord(payload[at - 1])) at--;
        var end = at;
        while (end < payload.Length && IsWord(payload[end])) end++;
        if (end < payload.Length && payload[end] >= 0x80 && !IsUtf8Start(payload[end]))
        {
            return $"Invalid UTF-8 start byte 0x{payload[end]:x}{Location(payload, end + 1)}";
        }
        return $"Unrecognized token '{Encoding.ASCII.GetString(payload[at..end])}': was expecting {Values}{Location(payload, end)}";
    }

    private static string Expected(ReadOnlySpan<byte> payload, int at, JsonTokenType before, List<int> open)
    {
        var inObject = open.Count > 0 && payload[open[^1]] == '{';
        if (before is JsonTokenType.StartObject || (inObject && Previous(payload, at) == ',')) return "was expecting double-quote to start field name";
        if (before is JsonTokenType.PropertyName && !AfterColon(payload, at)) return "was expecting a colon to separate field name and value";
        if (open.Count > 0 && Complete(before) && Previous(payload, at) != ',') return $"was expecting comma to separate {(inObject ? "Object" : "Array")} entries";
        return $"expected a valid value {Values}";
    }

    private static bool Complete(JsonTokenType token) => token is not (JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);

    private static bool AfterColon(ReadOnlySpan<byte> payload, int at) => Previous(payload, at) == ':';

    /// <summary>The last byte before a place that is no white space; 0 where there is none.</summary>
    private static byte Previous(ReadOnlySpan<byte> payload, int at)
    {
        var before = payload[..at].TrimEnd(" \t\r\n"u8);
        return before.IsEmpty ? (byte)0 : before[^1];
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'$';

    private static bool IsUtf8Start(byte b) => b is >= 0xC2 and <= 0xF4;

    private static string Name(byte b) => b is < 0x20 or >= 0x80
        ? $"(CTRL-CHAR, code {b})"
        : string.Create(CultureInfo.InvariantCulture, $"'{(char)b}' (code {b})");

    /// <summary>Where the containers begin that are open at a place of a text that is right up to there.</summary>
    private static List<int> Open(ReadOnlySpan<byte> payload, int at)
    {
        var open = new List<int>();
        var inString = false;
        for (var i = 0; i < at; i++)
        {
            if (inString)
            {
                if (payload[i] == '\\') i++;
                else if (payload[i] == '"') inString = false;
            }
            else if (payload[i] == '"') inString = true;
            else if (payload[i] is (byte)'{' or (byte)'[') open.Add(i);
            else if (payload[i] is (byte)'}' or (byte)']' && open.Count > 0) open.RemoveAt(open.Count - 1);
        }
        return open;
    }

    private static int Offset(ReadOnlySpan<byte> payload, JsonException malformed)
    {
        var start = 0;
        for (var line = malformed.LineNumber ?? 0; line > 0; line--) start += payload[start..].IndexOf((byte)'\n') + 1;
        return (int)Math.Min(payload.Length, start + (malformed.BytePositionInLine ?? 0));
    }

    private static string Location(ReadOnlySpan<byte> payload, int at) => $"\n at {Position(payload, at)}]";

    private static string Position(ReadOnlySpan<byte> payload, int at)
    {
        var before = payload[..Math.Min(at, payload.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = Math.Min(at, payload.Length) - (before.LastIndexOf((byte)'\n') + 1) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{Source}{line}, column: {column}");
    }
}
