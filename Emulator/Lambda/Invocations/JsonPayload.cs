using System.Text.Json;

namespace Emulator.Lambda.Invocations;

/// <summary>Whether an event is JSON.</summary>
internal static class JsonPayload
{
    /// <summary>null where it is; else why not, in the words of Lambda's own parser.</summary>
    public static string? Problem(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = LambdaLimits.PayloadDepth });
        try
        {
            while (reader.Read()) { }
            return null;
        }
        catch (JsonException)
        {
            return new JacksonScanner(payload).Problem();
        }
    }
}
