using System.Buffers;
using System.Text.Json;
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

    /// <summary>AWS sends text as it is: only what JSON demands is escaped.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
