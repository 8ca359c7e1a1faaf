using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Cors;

/// <summary>CORS headers on the answer to a request itself: it is answered all the same where no rule fits, and the browser keeps it from the page.</summary>
internal static class ActualRequest
{
    public static void AddHeaders(S3Service service, RestRequest request, Reply reply)
    {
        if (request.Method == "OPTIONS" || request.Header("Origin") is not { } origin || BucketOf(request.RawPath) is not { } name) return;
        AddHeaders(service, name, origin, request, reply);
    }

    public static void AddHeaders(S3Service service, string bucketName, string origin, RestRequest request, Reply reply)
    {
        using var snapshot = service.Snapshot();
        if (BucketStore.Find(snapshot, bucketName) is not { } bucket || BucketSettings.Cors.Find(snapshot, bucket) is not { } cors) return;
        var headers = CorsAnswer.HeaderNames(request.Header("Access-Control-Request-Headers"));
        var method = request.Header("Access-Control-Request-Method") ?? request.Method;
        if (cors.Rules.FirstOrDefault(rule => rule.Allows(origin, method, headers)) is { } rule) CorsAnswer.Add(reply, rule, origin, headers);
    }

    private static string? BucketOf(string rawPath)
    {
        var end = rawPath.IndexOf('/', 1);
        var name = end < 0 ? rawPath[1..] : rawPath[1..end];
        return name.Length == 0 ? null : name;
    }
}
