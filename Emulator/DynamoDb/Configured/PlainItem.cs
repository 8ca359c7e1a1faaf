using System.Text;
using System.Text.Json;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Configured;

/// <summary>Items written as plain JSON: strings, numbers, booleans, nulls, lists and maps.</summary>
internal static class PlainItem
{
    public static ReadOnlyMemory<byte> Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    public static ReadOnlyMemory<byte> Of(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) throw DynamoDbErrors.Validation("an item must be an object");
        using var writer = new ValueWriter();
        WriteEntries(writer, item);
        return writer.ToArray();
    }

    private static void WriteEntries(ValueWriter writer, JsonElement map)
    {
        var starts = new List<int>();
        foreach (var member in map.EnumerateObject())
        {
            starts.Add(writer.Length);
            writer.LengthPrefixed(Encoding.UTF8.GetBytes(member.Name));
            WriteValue(writer, member.Value);
        }
        writer.SortEntries([.. starts]);
    }

    private static void WriteValue(ValueWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                writer.Scalar(AttributeType.S, Encoding.UTF8.GetBytes(value.GetString()!));
                break;
            case JsonValueKind.Number:
                WriteNumber(writer, Encoding.UTF8.GetBytes(value.GetRawText()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Bool(value.GetBoolean());
                break;
            case JsonValueKind.Null:
                writer.Null();
                break;
            case JsonValueKind.Array:
                var list = writer.Begin(AttributeType.L);
                foreach (var element in value.EnumerateArray()) WriteValue(writer, element);
                writer.End(list);
                break;
            default:
                var map = writer.Begin(AttributeType.M);
                WriteEntries(writer, value);
                writer.End(map);
                break;
        }
    }

    private static void WriteNumber(ValueWriter writer, byte[] text)
    {
        Span<byte> digits = stackalloc byte[NumberEncoding.MaxLength];
        var problem = NumberEncoding.TryEncode(text, digits, out var length);
        if (problem != NumberProblem.None) throw DynamoDbErrors.Validation(DynamoDbErrors.NumberText(problem, text));
        writer.Scalar(AttributeType.N, digits[..length]);
    }
}
