using Emulator.Protocols;

namespace Emulator.S3.Cors;

/// <summary>The headers with which S3 tells a browser what a rule allows.</summary>
internal static class CorsAnswer
{
    public static void Add(Reply reply, CorsRule rule, string origin, IReadOnlyList<string> requestedHeaders)
    {
        var pattern = rule.OriginFor(origin);
        reply.Header("Access-Control-Allow-Origin", pattern == "*" ? "*" : origin)
            .Header("Access-Control-Allow-Methods", string.Join(", ", rule.AllowedMethods))
            .Header("Access-Control-Allow-Headers", requestedHeaders.Count == 0 ? null : string.Join(", ", requestedHeaders.Select(header => header.ToLowerInvariant())))
            .Header("Access-Control-Expose-Headers", rule.ExposeHeaders.Count == 0 ? null : string.Join(", ", rule.ExposeHeaders))
            .Header("Access-Control-Max-Age", rule.MaxAgeSeconds?.ToString())
            // Observed: with credentials, unless every origin is let in.
            .Header("Access-Control-Allow-Credentials", pattern == "*" ? null : "true")
            .Header("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    }

    public static IReadOnlyList<string> HeaderNames(string? list) =>
        list is null ? [] : list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
