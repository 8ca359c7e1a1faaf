using System.Text.Json;
using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.ApiGateway.HttpApis;

/// <summary>Decides by a JSON web token.</summary>
/// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html</remarks>
internal static class JwtAuthorizer
{
    public static (JsonElement? Claims, Reply? Refusal) Authorize(ITokenVerifier tokens, HttpApiAuthorizer authorizer, HttpApiRoute route, RestRequest request)
    {
        if (FindToken(authorizer, request) is not { Length: > 0 } token) return (null, Unauthorized("Bearer"));
        var verdict = tokens.Verify(token, authorizer.Issuer);
        if (verdict.Claims is not { } claims) return (null, Unauthorized(Challenge("", "invalid_token", verdict.Problem ?? "the token is invalid")));
        if (!HasAudience(claims, authorizer.Audience)) return (null, Unauthorized(Challenge("", "invalid_token", "the token does not have a valid audience")));
        if (route.AuthorizationScopes.Count > 0 && !Scopes(claims).Intersect(route.AuthorizationScopes).Any())
        {
            var refusal = HttpApiEndpoint.Message(403, "Forbidden");
            return (null, refusal.Header("www-authenticate", Challenge(string.Join(' ', route.AuthorizationScopes), "insufficient_scope", "the token does not have a valid scope")));
        }
        return (claims, null);
    }

    /// <summary>The scopes that a token grants: <c>scope</c> (words) or <c>scp</c>.</summary>
    public static IEnumerable<string> Scopes(JsonElement claims)
    {
        if (!claims.TryGetProperty("scope", out var scope) && !claims.TryGetProperty("scp", out scope)) return [];
        return scope.ValueKind switch
        {
            JsonValueKind.String => scope.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            JsonValueKind.Array => scope.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
            _ => [],
        };
    }

    private static string? FindToken(HttpApiAuthorizer authorizer, RestRequest request)
    {
        foreach (var source in authorizer.IdentitySource)
        {
            const string header = "$request.header.";
            const string query = "$request.querystring.";
            var value = source.StartsWith(header, StringComparison.OrdinalIgnoreCase) ? request.Header(source[header.Length..])
                : source.StartsWith(query, StringComparison.OrdinalIgnoreCase) ? request.QueryValue(source[query.Length..])
                : null;
            if (value is not null) return value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value["Bearer ".Length..].Trim() : value;
        }
        return null;
    }

    /// <summary><c>aud</c> counts; <c>client_id</c> only where there is no <c>aud</c> (access tokens of Cognito).</summary>
    private static bool HasAudience(JsonElement claims, IReadOnlyList<string> allowed)
    {
        if (!claims.TryGetProperty("aud", out var audience) && !claims.TryGetProperty("client_id", out audience)) return false;
        return audience.ValueKind switch
        {
            JsonValueKind.String => allowed.Contains(audience.GetString()!),
            JsonValueKind.Array => audience.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && allowed.Contains(item.GetString()!)),
            _ => false,
        };
    }

    private static string Challenge(string scope, string error, string description) =>
        $"Bearer scope=\"{scope}\" error=\"{error}\" error_description=\"{description.Replace('"', '\'')}\"";

    private static Reply Unauthorized(string challenge) => HttpApiEndpoint.Message(401, "Unauthorized").Header("www-authenticate", challenge);
}
