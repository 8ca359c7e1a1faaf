using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Objects;

namespace Emulator.S3.Access;

/// <summary>Buckets whose requesters pay: others than the owner must sign, and say that they know it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html and ObjectsinRequesterPaysBuckets.html</remarks>
internal static class RequesterPays
{
    private const string Header = "x-amz-request-payer";
    private const string Requester = "requester";

    /// <summary>Refuses a request that must be paid by somebody who does not say that he does: to its bucket, and to that of the source of a copy.</summary>
    public static void Check(S3Service service, Caller caller, RestRequest request)
    {
        var isConfirmed = IsConfirmed(request);
        foreach (var bucket in Buckets(request)) Check(service, caller, bucket, isConfirmed);
    }

    public static void Check(S3Service service, Caller caller, string bucket, bool isConfirmed)
    {
        if (MustPay(service, caller, bucket) && (!isConfirmed || caller.Kind == CallerKind.Anonymous)) throw S3Errors.AccessDenied();
    }

    /// <summary>Tells a requester that he was charged.</summary>
    public static void AddHeader(S3Service service, Caller? caller, RestRequest request, Reply reply)
    {
        if (reply.StatusCode >= 400 || caller is null or { Kind: CallerKind.Anonymous } || !IsConfirmed(request)) return;
        if (Buckets(request).Any(bucket => MustPay(service, caller, bucket))) reply.Header("x-amz-request-charged", Requester);
    }

    private static bool MustPay(S3Service service, Caller caller, string bucket) => service.Access.Find(bucket) is { IsRequesterPays: true } access && caller.Account != access.Bucket.Account;

    public static bool IsConfirmed(RestRequest request) => IsConfirmed(request.Header(Header) ?? request.QueryValue(Header));

    public static bool IsConfirmed(string? header) => header == Requester;

    private static IEnumerable<string> Buckets(RestRequest request)
    {
        if (request.Labels.TryGetValue("Bucket", out var bucket)) yield return bucket;
        if (request.Header(CopySource.Header) is not null) yield return CopySource.Of(request, VersionId.Null).Bucket.Name;
    }
}
