using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Emulator.Protocols;

/// <summary>The documents of awsJson 1.0 and 1.1 and restJson.</summary>
internal static class AwsJson
{
    /// <summary>How every slice's <c>JsonSerializerContext</c> reads and writes: AWS's member names are the property names; absent members are null and nulls are not written.</summary>
    /// <example><c>[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSecondsConverter)])]</c></example>
    public static T Decode<T>(ReadOnlySpan<byte> content, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(content.IsEmpty ? "{}"u8 : content, type) ?? throw Errors.Serialization();
        }
        catch (JsonException)
        {
            throw Errors.Serialization();
        }
    }

    public static ReadOnlyMemory<byte> Encode<T>(T value, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Whether this is JSON.</summary>
    public static bool IsDocument(ReadOnlySpan<byte> content)
    {
        try
        {
            var reader = new Utf8JsonReader(content);
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The members that an error's shape has beside its message.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, AwsException error)
    {
        foreach (var (name, value) in error.Members)
        {
            writer.WritePropertyName(name);
            switch (value)
            {
                case null: writer.WriteNullValue(); break;
                case string text: writer.WriteStringValue(text); break;
                case bool flag: writer.WriteBooleanValue(flag); break;
                case int number: writer.WriteNumberValue(number); break;
                case long number: writer.WriteNumberValue(number); break;
                case double number: writer.WriteNumberValue(number); break;
                case JsonNode node: node.WriteTo(writer); break;
                default: throw new InvalidOperationException($"An error's member {name} is a {value.GetType().Name}.");
            }
        }
    }

    /// <summary>AWS sends text as it is: only what JSON demands is escaped.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
