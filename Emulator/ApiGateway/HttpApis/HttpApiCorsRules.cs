using Emulator.Protocols;

namespace Emulator.ApiGateway.HttpApis;

/// <summary>CORS of an HTTP API that configures it: the gateway answers preflights itself and replaces the headers of the integration.</summary>
/// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html</remarks>
internal sealed class HttpApiCorsRules
{
    private readonly HttpApiCors _cors;
    private readonly string? _origin;

    private HttpApiCorsRules(HttpApiCors cors, RestRequest request)
    {
        _cors = cors;
        var origin = request.Header("Origin");
        _origin = origin is not null && cors.AllowOrigins.Any(allowed => Allows(allowed, origin)) ? (cors.AllowOrigins.Contains("*") ? "*" : origin) : null;
        IsPreflight = request.Method == "OPTIONS" && origin is not null && request.Header("Access-Control-Request-Method") is not null;
    }

    public bool IsPreflight { get; }

    /// <summary>null where the API has no CORS configuration: OPTIONS is then a method like any other.</summary>
    public static HttpApiCorsRules? Of(HttpApi api, RestRequest request) => api.Cors is { } cors ? new HttpApiCorsRules(cors, request) : null;

    /// <summary>204, with CORS headers only where the origin is allowed.</summary>
    public Reply Preflight()
    {
        var reply = Reply.Empty(204);
        if (_origin is null) return reply;
        AddOrigin(reply);
        if (_cors.AllowMethods.Count > 0) reply.Header("access-control-allow-methods", string.Join(',', _cors.AllowMethods));
        if (_cors.AllowHeaders.Count > 0) reply.Header("access-control-allow-headers", string.Join(',', _cors.AllowHeaders));
        if (_cors.MaxAge is { } maxAge) reply.Header("access-control-max-age", maxAge.ToString());
        return reply;
    }

    public void Apply(Reply reply)
    {
        reply.Headers.RemoveAll(header => header.Key.StartsWith("access-control-", StringComparison.OrdinalIgnoreCase));
        if (_origin is not null) AddOrigin(reply);
    }

    private void AddOrigin(Reply reply)
    {
        reply.Header("access-control-allow-origin", _origin);
        if (_origin != "*") reply.Header("vary", "Origin");
        if (_cors.AllowCredentials) reply.Header("access-control-allow-credentials", "true");
        if (_cors.ExposeHeaders.Count > 0) reply.Header("access-control-expose-headers", string.Join(',', _cors.ExposeHeaders));
    }

    // "https://*" and "http://*" stand for every host of the scheme.
    private static bool Allows(string allowed, string origin) =>
        allowed == "*" || string.Equals(allowed, origin, StringComparison.OrdinalIgnoreCase)
        || (allowed.EndsWith("://*", StringComparison.Ordinal) && origin.StartsWith(allowed[..^1], StringComparison.OrdinalIgnoreCase));
}
