using System.Text;
using System.Text.Json;
using Emulator.Protocols;

namespace Emulator.ApiGateway.HttpApis;

/// <summary>Makes an HTTP answer of what a function returned.</summary>
internal static class FunctionAnswer
{
    /// <summary>null where it is no answer: the caller sees 500.</summary>
    public static Reply? Read(ReadOnlySpan<byte> payload, string format)
    {
        JsonElement root;
        try
        {
            root = JsonSerializer.Deserialize(payload, ApiGatewayJson.Default.JsonElement);
        }
        catch (JsonException)
        {
            return null;
        }
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("statusCode", out var status)) return Proxy(root, status, format);
        // Format 2.0 takes any JSON that says no status for a body.
        return format == "2.0" ? new Reply { ContentType = "application/json", Content = payload.ToArray() } : null;
    }

    private static Reply? Proxy(JsonElement root, JsonElement status, string format)
    {
        int code;
        if (status.ValueKind == JsonValueKind.String ? !int.TryParse(status.GetString(), out code) : status.ValueKind != JsonValueKind.Number || !status.TryGetInt32(out code)) return null;
        if (code is < 100 or > 599) return null;
        var reply = new Reply { StatusCode = code };
        if (root.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in headers.EnumerateObject()) AddHeader(reply, header.Name, PayloadFormat2.ClaimText(header.Value));
        }
        if (format == "1.0" && root.TryGetProperty("multiValueHeaders", out var multi) && multi.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in multi.EnumerateObject().Where(header => header.Value.ValueKind == JsonValueKind.Array))
            {
                reply.Headers.RemoveAll(single => string.Equals(single.Key, header.Name, StringComparison.OrdinalIgnoreCase));
                foreach (var value in header.Value.EnumerateArray()) AddHeader(reply, header.Name, PayloadFormat2.ClaimText(value));
            }
        }
        if (format == "2.0" && root.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array)
        {
            foreach (var cookie in cookies.EnumerateArray()) reply.Header("set-cookie", PayloadFormat2.ClaimText(cookie));
        }
        if (!ReadBody(root, reply)) return null;
        // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html: text is assumed where the function names no type.
        if (reply.ContentType is null && reply.Content.Length > 0) reply.ContentType = "text/plain;charset=UTF-8";
        return reply;
    }

    private static bool ReadBody(JsonElement root, Reply reply)
    {
        if (!root.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null) return true;
        var text = body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
        if (!root.TryGetProperty("isBase64Encoded", out var encoded) || encoded.ValueKind != JsonValueKind.True)
        {
            reply.Content = Encoding.UTF8.GetBytes(text);
            return true;
        }
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return false;
        reply.Content = bytes.AsMemory(0, length);
        return true;
    }

    private static void AddHeader(Reply reply, string name, string value)
    {
        // A header that HTTP cannot carry, or that describes the connection, is not the function's to set.
        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0 || name.Length == 0 || name.AsSpan().ContainsAnyExceptInRange('!', '~') || name.Contains(':')) return;
        if (name.Equals("content-type", StringComparison.OrdinalIgnoreCase)) reply.ContentType = value;
        else if (name.ToLowerInvariant() is not ("content-length" or "connection" or "transfer-encoding" or "date" or "server" or "keep-alive" or "upgrade")) reply.Header(name, value);
    }
}
