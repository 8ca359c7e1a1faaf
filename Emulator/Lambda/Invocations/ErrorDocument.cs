using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Emulator.Lambda.Functions;

namespace Emulator.Lambda.Invocations;

/// <summary>The payloads of invocations that failed.</summary>
internal static class ErrorDocument
{
    /// <summary>Source: https://github.com/aws/aws-lambda-dotnet, LambdaJsonExceptionWriter: 256 KB, in bytes.</summary>
    private const int MaximumBytes = 256 * 1024;

    /// <summary>Exceptions that are wrapped deeper than this are left out; the size limit would cut them anyway.</summary>
    private const int MaximumDepth = 50;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Observed 2025-11-25, member order included.
    public static ReadOnlyMemory<byte> TimedOut(string requestId, TimeSpan timeout) => Write(Compact, writer =>
    {
        writer.WriteString("errorType", "Sandbox.Timedout");
        writer.WriteString("errorMessage", $"RequestId: {requestId} Error: {TimedOutText(timeout)}");
    });

    public static string TimedOutText(TimeSpan timeout) => string.Create(CultureInfo.InvariantCulture, $"Task timed out after {timeout.TotalSeconds:F2} seconds");

    // Observed 2025-11-24, member order included.
    public static ReadOnlyMemory<byte> ResponseTooLarge() => Write(Compact, writer =>
    {
        writer.WriteString("errorMessage", $"Response payload size exceeded maximum allowed payload size ({LambdaLimits.ResponseBytes} bytes).");
        writer.WriteString("errorType", "Function.ResponseSizeTooLarge");
    });

    /// <summary>An exception as AWS's .NET runtime writes it: errorType, errorMessage, stackTrace, cause, causes.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/csharp-exceptions.html</remarks>
    public static ReadOnlyMemory<byte> Of(Exception exception)
    {
        var document = Write(Indented, writer => WriteMembers(writer, exception, MaximumDepth));
        return document.Length <= MaximumBytes ? document : "{\"errorMessage\": \"Exception exceeded maximum payload size of 256KB.\"}"u8.ToArray();
    }

    private static void WriteMembers(Utf8JsonWriter writer, Exception exception, int depth)
    {
        writer.WriteString("errorType", exception is FunctionUnavailableException unavailable ? unavailable.ErrorType : exception.GetType().Name);
        writer.WriteString("errorMessage", exception.Message);
        var frames = StackTraceOf(exception);
        if (frames.Count > 0)
        {
            writer.WriteStartArray("stackTrace");
            foreach (var frame in frames) writer.WriteStringValue(frame);
            writer.WriteEndArray();
        }
        if (depth == 0) return;
        if (exception.InnerException is { } inner)
        {
            writer.WriteStartObject("cause");
            WriteMembers(writer, inner, depth - 1);
            writer.WriteEndObject();
        }
        if (exception is AggregateException { InnerExceptions: { Count: > 0 } all })
        {
            writer.WriteStartArray("causes");
            foreach (var one in all)
            {
                writer.WriteStartObject();
                WriteMembers(writer, one, depth - 1);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
    }

    /// <summary>The function's own frames: how the emulator called it is left out.</summary>
    private static List<string> StackTraceOf(Exception exception)
    {
        if (exception is FunctionUnavailableException || string.IsNullOrEmpty(exception.StackTrace)) return [];
        var frames = new StackTrace(exception, fNeedFileInfo: true).ToString()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(frame => !IsOurs(frame)).ToList();
        while (frames.Count > 0 && frames[^1].StartsWith("---", StringComparison.Ordinal)) frames.RemoveAt(frames.Count - 1);
        return frames;
    }

    private static bool IsOurs(string frame) =>
        frame.StartsWith("at Emulator.Lambda.", StringComparison.Ordinal)
        || frame.StartsWith("at Emulator.FunctionRegistry.", StringComparison.Ordinal)
        || frame.StartsWith("at InvokeStub_", StringComparison.Ordinal)
        || frame.StartsWith("at System.Reflection.Method", StringComparison.Ordinal)
        || frame.StartsWith("at System.RuntimeMethodHandle.", StringComparison.Ordinal);

    private static ReadOnlyMemory<byte> Write(JsonWriterOptions options, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, options);
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
