using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Cors;

namespace Emulator.S3.Operations;

/// <summary>Answers a browser's preflight by the bucket's CORS rules; no signature is looked at.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html</remarks>
internal static class OptionsObject
{
    public static OptionsObjectInput Bind(RestRequest request)
    {
        var origin = request.Header("Origin") ?? throw new AwsException("BadRequest", "Insufficient information. Origin request header needed.");
        return new(request.Labels["Bucket"], request.Labels.ContainsKey("Key"), origin, request.Header("Access-Control-Request-Method"),
            CorsAnswer.HeaderNames(request.Header("Access-Control-Request-Headers")));
    }

    public static ValueTask<Reply> Execute(S3Service service, Call call, OptionsObjectInput input) => new(Answer(service, input));

    public static Reply Answer(S3Service service, OptionsObjectInput input)
    {
        using var snapshot = service.Snapshot();
        if (BucketStore.Find(snapshot, input.Bucket) is not { } bucket) throw Forbidden(input, "CORSResponse: Bucket not found", "BUCKET");
        if (BucketSettings.Cors.Find(snapshot, bucket) is not { } cors) throw Forbidden(input, "CORSResponse: CORS is not enabled for this bucket.", "BUCKET");
        if (input.Method is null) throw new AwsException("BadRequest", "Invalid Access-Control-Request-Method: null");
        var rule = cors.Rules.FirstOrDefault(rule => rule.Allows(input.Origin, input.Method, input.Headers)) ?? throw Forbidden(input, "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
            input.IsObject ? "OBJECT" : "BUCKET");
        var reply = Reply.Empty();
        CorsAnswer.Add(reply, rule, input.Origin, input.Headers);
        return reply;
    }

    private static AwsException Forbidden(OptionsObjectInput input, string message, string resourceType) => new("AccessForbidden", message, 403)
    {
        Members = [new("Method", input.Method ?? "OPTIONS"), new("ResourceType", resourceType)],
    };
}

internal sealed record OptionsObjectInput(string Bucket, bool IsObject, string Origin, string? Method, IReadOnlyList<string> Headers);
