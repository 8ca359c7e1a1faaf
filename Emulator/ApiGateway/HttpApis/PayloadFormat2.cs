using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Emulator.Protocols;

namespace Emulator.ApiGateway.HttpApis;

/// <summary>The event of payload format 2.0.</summary>
/// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html</remarks>
internal static class PayloadFormat2
{
    public static ReadOnlyMemory<byte> Write(RestRequest request, ApiCall call, RouteMatch match, JsonElement? claims, ReadOnlyMemory<byte>? body)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(buffer, AwsJson.WriterOptions);
        json.WriteStartObject();
        json.WriteString("version", "2.0");
        json.WriteString("routeKey", match.Route.RouteKey);
        json.WriteString("rawPath", call.PathWithStage);
        json.WriteString("rawQueryString", request.RawQuery);
        if (request.Header("Cookie") is { } cookies)
        {
            json.WriteStartArray("cookies");
            foreach (var cookie in cookies.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) json.WriteStringValue(cookie);
            json.WriteEndArray();
        }
        json.WriteStartObject("headers");
        foreach (var (name, value) in EventHeaders.Of(request, call.RequestId))
        {
            if (name != "cookie") json.WriteString(name, value);
        }
        json.WriteEndObject();
        WriteQuery(json, request);
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", call.Api.Account);
        json.WriteString("apiId", call.Api.ApiId);
        if (claims is { } found) WriteAuthorizer(json, found, match.Route);
        json.WriteString("domainName", request.Host);
        json.WriteString("domainPrefix", request.Host.Split('.', ':')[0]);
        json.WriteStartObject("http");
        json.WriteString("method", request.Method);
        json.WriteString("path", call.PathWithStage);
        json.WriteString("protocol", "HTTP/1.1");
        json.WriteString("sourceIp", request.SourceIp);
        json.WriteString("userAgent", request.Header("User-Agent") ?? "");
        json.WriteEndObject();
        json.WriteString("requestId", call.RequestId);
        json.WriteString("routeKey", match.Route.RouteKey);
        json.WriteString("stage", call.Stage.StageName);
        json.WriteString("time", EventTime(call.Call.Now));
        json.WriteNumber("timeEpoch", call.Call.Now.ToUnixTimeMilliseconds());
        json.WriteEndObject();
        if (match.PathParameters is not null) WriteMap(json, "pathParameters", match.PathParameters);
        if (call.Stage.StageVariables.Count > 0) WriteMap(json, "stageVariables", call.Stage.StageVariables);
        WriteBody(json, request, body ?? default, nullWhenEmpty: false);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>As in access logs: <c>12/Mar/2026:19:03:58 +0000</c>.</summary>
    public static string EventTime(DateTimeOffset time) => time.ToUniversalTime().ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);

    public static void WriteMap(Utf8JsonWriter json, string name, Dictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map) json.WriteString(key, value);
        json.WriteEndObject();
    }

    /// <summary>Text as it is, everything else in base 64.</summary>
    public static void WriteBody(Utf8JsonWriter json, RestRequest request, ReadOnlyMemory<byte> body, bool nullWhenEmpty)
    {
        var text = IsText(request.Header("Content-Type"), body.Span);
        if (body.Length > 0) json.WriteString("body", text ? Encoding.UTF8.GetString(body.Span) : Convert.ToBase64String(body.Span));
        else if (nullWhenEmpty) json.WriteNull("body");
        json.WriteBoolean("isBase64Encoded", body.Length > 0 && !text);
    }

    /// <summary>A claim as functions see it: text. A list is written <c>[a b]</c>, as the gateway does.</summary>
    public static string ClaimText(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.String => claim.GetString()!,
        JsonValueKind.Array => $"[{string.Join(' ', claim.EnumerateArray().Select(ClaimText))}]",
        _ => claim.GetRawText(),
    };

    /// <summary>Several values of one name are joined by commas.</summary>
    private static void WriteQuery(Utf8JsonWriter json, RestRequest request)
    {
        if (request.Query.Count == 0) return;
        json.WriteStartObject("queryStringParameters");
        foreach (var group in request.Query.GroupBy(parameter => parameter.Key)) json.WriteString(group.Key, string.Join(',', group.Select(parameter => parameter.Value)));
        json.WriteEndObject();
    }

    /// <summary>The members <c>claims</c> and <c>scopes</c>, alike in both formats.</summary>
    public static void WriteClaims(Utf8JsonWriter json, JsonElement claims, HttpApiRoute route)
    {
        json.WriteStartObject("claims");
        foreach (var claim in claims.EnumerateObject()) json.WriteString(claim.Name, ClaimText(claim.Value));
        json.WriteEndObject();
        if (route.AuthorizationScopes.Count == 0)
        {
            json.WriteNull("scopes");
        }
        else
        {
            json.WriteStartArray("scopes");
            foreach (var scope in JwtAuthorizer.Scopes(claims)) json.WriteStringValue(scope);
            json.WriteEndArray();
        }
    }

    private static void WriteAuthorizer(Utf8JsonWriter json, JsonElement claims, HttpApiRoute route)
    {
        json.WriteStartObject("authorizer");
        json.WriteStartObject("jwt");
        WriteClaims(json, claims, route);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Observed: a form (application/x-www-form-urlencoded) arrives in base 64 in format 2.0 and 1.0 alike.
    private static bool IsText(string? contentType, ReadOnlySpan<byte> body)
    {
        if (contentType is null) return System.Text.Unicode.Utf8.IsValid(body);
        var end = contentType.IndexOf(';');
        var type = (end < 0 ? contentType : contentType[..end]).Trim().ToLowerInvariant();
        return type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal)
            || type is "application/json" or "application/javascript" or "application/xml";
    }
}

/// <summary>The headers of a request as the gateway hands them on: lower-case names, several values joined by commas, and its own.</summary>
internal static class EventHeaders
{
    public static IEnumerable<KeyValuePair<string, string>> Of(RestRequest request, string requestId)
    {
        foreach (var (name, values) in request.Headers)
        {
            var lower = name.ToLowerInvariant();
            if (lower is "connection" or "transfer-encoding" or "expect" or "x-forwarded-for" or "x-forwarded-port" or "x-forwarded-proto" or "x-amzn-trace-id") continue;
            yield return new(lower, string.Join(',', values.AsEnumerable()));
        }
        var colon = request.Host.LastIndexOf(':');
        yield return new("x-amzn-trace-id", TraceId(request, requestId));
        yield return new("x-forwarded-for", request.Header("X-Forwarded-For") is { } before ? $"{before}, {request.SourceIp}" : request.SourceIp);
        yield return new("x-forwarded-port", colon < 0 || request.Host.EndsWith(']') ? (request.Scheme == "https" ? "443" : "80") : request.Host[(colon + 1)..]);
        yield return new("x-forwarded-proto", request.Scheme);
    }

    private static string TraceId(RestRequest request, string requestId) =>
        request.Header("X-Amzn-Trace-Id") ?? $"Root=1-{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(requestId))[..8]}-{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(requestId)).PadRight(32, '0')[8..32]}";
}
