using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Emulator.Configuration;

/// <summary>Writes a node as JSON, digits of numbers unchanged.</summary>
/// <remarks>Plain scalars are read as YAML 1.2's JSON schema reads them (https://yaml.org/spec/1.2.2/#102-json-schema), except that what it refuses is text: <c>yes</c>, <c>2012-10-17</c> and <c>000000000000</c> are texts, <c>true</c> and <c>5</c> are not.</remarks>
internal static class PlainJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Write(ConfigNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(node, json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(ConfigNode node, Utf8JsonWriter json)
    {
        switch (node)
        {
            case MappingNode mapping:
                json.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    json.WritePropertyName(entry.Key.Text);
                    Write(entry.Value, json);
                }
                json.WriteEndObject();
                break;
            case ListNode list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(item, json);
                json.WriteEndArray();
                break;
            case ScalarNode scalar:
                Write(scalar, json);
                break;
        }
    }

    private static void Write(ScalarNode scalar, Utf8JsonWriter json)
    {
        if (scalar.IsNull) json.WriteNullValue();
        else if (scalar is { IsPlain: true, Text: "true" or "false" }) json.WriteBooleanValue(scalar.Text == "true");
        else if (IsNumber(scalar)) json.WriteRawValue(scalar.Text, skipInputValidation: true);
        else json.WriteStringValue(scalar.Text);
    }

    /// <summary>Whether JSON has this number: <c>-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?</c></summary>
    public static bool IsNumber(ScalarNode scalar)
    {
        if (!scalar.IsPlain) return false;
        var rest = scalar.Text.AsSpan();
        if (rest is ['-', ..]) rest = rest[1..];
        var digits = Digits(rest);
        if (digits == 0 || (digits > 1 && rest[0] == '0')) return false;
        rest = rest[digits..];
        if (rest is ['.', ..])
        {
            digits = Digits(rest[1..]);
            if (digits == 0) return false;
            rest = rest[(1 + digits)..];
        }
        if (rest is ['e' or 'E', ..])
        {
            rest = rest[1..];
            if (rest is ['+' or '-', ..]) rest = rest[1..];
            digits = Digits(rest);
            if (digits == 0) return false;
            rest = rest[digits..];
        }
        return rest.IsEmpty;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }
}
