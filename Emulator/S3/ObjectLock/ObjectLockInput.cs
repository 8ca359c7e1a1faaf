using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.ObjectLock;

/// <summary>A version whose lock is read or changed.</summary>
/// <param name="Bypass">The header that asks to bypass governance, as it came.</param>
internal sealed record ObjectLockInput(BucketReference Bucket, string Key, VersionId? VersionId, string? Bypass, S3Document? Document)
{
    public string Arn => $"{Bucket.Arn}/{Key}";

    public static ObjectLockInput Bind(RestRequest request) => new(
        S3Request.Bucket(request), S3Request.Key(request), Objects.VersionId.Parse(request.QueryValue("versionId")),
        request.Header(Protection.BypassHeader), request.Method == "PUT" ? S3Request.CheckedDocument(request) : null);

    /// <summary>Refuses a bucket that is not there or has no object lock before the document is read.</summary>
    public void CheckBucket(S3Service service)
    {
        using var snapshot = service.Snapshot();
        RequireBucket(snapshot);
    }

    public BucketObject Require(IReader reader, S3Service service, Call call, string method)
    {
        var bucket = RequireBucket(reader);
        return new(bucket, service.RequireObject(reader, call, bucket, Key, VersionId, method));
    }

    private Bucket RequireBucket(IReader reader)
    {
        var bucket = BucketStore.Require(reader, Bucket);
        return bucket.HasObjectLock ? bucket : throw S3Errors.InvalidRequest("Bucket is missing Object Lock Configuration");
    }
}
