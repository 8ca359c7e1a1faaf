using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Emulator.Lambda.Invocations;

/// <summary>Events to objects and results to JSON, as Amazon.Lambda.Serialization.SystemTextJson's default does it.</summary>
internal sealed class FunctionJson(JsonSerializerOptions options)
{
    private static readonly FunctionJson Default = new(DefaultOptions());

    public static FunctionJson For(FunctionOptions? options) => options?.SerializerOptions is { } own ? new(own) : Default;

    /// <summary>The same with a cache of its own, which goes with the types that it has seen: for code that is to be unloaded.</summary>
    public static FunctionJson Separate() => new(DefaultOptions());

    public T? Read<T>(ReadOnlyMemory<byte> payload) => (T?)Read(payload, typeof(T));

    public object? Read(ReadOnlyMemory<byte> payload, Type type)
    {
        if (type == typeof(Stream)) return Open(payload);
        try
        {
            return JsonSerializer.Deserialize(payload.Span, type, options);
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            throw new JsonSerializerException($"Error converting the Lambda event JSON payload to type {type.FullName}: {problem.Message}", problem);
        }
    }

    public ReadOnlyMemory<byte> Write<T>(T value) => Write(value, typeof(T));

    public ReadOnlyMemory<byte> Write(object? value, Type type)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        try
        {
            using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true });
            JsonSerializer.Serialize(writer, value, type, options);
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            throw new JsonSerializerException($"Error converting the response object of type {type.FullName} from the Lambda function to JSON: {problem.Message}", problem);
        }
        return buffer.WrittenMemory;
    }

    /// <summary>The payload as a stream.</summary>
    public static MemoryStream Open(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(payload.ToArray(), writable: false);

    /// <summary>What remains of a function's answer from where it stands, as AWS's runtime sends it; no more than shows that it is too large.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream? answer)
    {
        if (answer is null) return default;
        await using (answer)
        {
            using var copy = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int read;
            while (copy.Length <= LambdaLimits.ResponseBytes && (read = await answer.ReadAsync(buffer)) > 0) copy.Write(buffer.AsSpan(0, read));
            return copy.GetBuffer().AsMemory(0, (int)copy.Length);
        }
    }

    private static JsonSerializerOptions DefaultOptions() => new()
    {
        PropertyNameCaseInsensitive = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), // options that are alike share their cache
    };

    /// <summary>Bears the name that AWS's serializer gives its error: it is the errorType that clients see.</summary>
    private sealed class JsonSerializerException(string message, Exception inner) : Exception(message, inner);
}
