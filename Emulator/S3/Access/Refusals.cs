using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Multipart;
using Emulator.S3.Objects;

namespace Emulator.S3.Access;

/// <summary>What S3 does with a request that no policy allows.</summary>
internal static class Refusals
{
    /// <summary>Who began an upload may list its parts and abort it, unless his own policies keep him from it.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions</remarks>
    public static bool IsOfInitiator(S3Service service, RestRequest request, Call call, AccessDecision denied)
    {
        if (denied.Permission.Action is not ("s3:AbortMultipartUpload" or "s3:ListMultipartUploadParts") || denied.Missing is not [Iam.Policies.PolicyType.Resource]) return false;
        if (call.Caller.Kind == CallerKind.Anonymous || S3Resource.Parse(denied.Permission.Resource) is not { Key: { } key } resource) return false;
        using var snapshot = service.Snapshot();
        return BucketStore.Find(snapshot, resource.Bucket) is { } bucket
            && UploadStore.Find(snapshot, bucket, key, request.QueryValue("uploadId") ?? "")?.Initiator.Id == service.Owners.Initiator(call).Id;
    }

    /// <summary>Everybody is told that a bucket is not there; who may list it, that an object is not. null: access is denied.</summary>
    public static AwsException? Of(S3Service service, RestRequest request, Call call, AccessDecision denied)
    {
        var permission = denied.Permission;
        if (permission.IsCreation || S3Resource.Parse(permission.Resource) is not { } resource) return null;
        if (!service.Knows(resource.Bucket)) return S3Errors.NoSuchBucket(resource.Bucket);
        if (service.Upstreams?.Find(resource.Bucket) is not null) return null; // what is there is another server's matter
        using var snapshot = service.Snapshot();
        if (BucketStore.Find(snapshot, resource.Bucket) is not { } bucket) return null;
        // Observed: who may not list a bucket is told its region, by which SDKs find it.
        if (resource.Key is null) return permission.Action == "s3:ListBucket" ? IamErrors.AccessDenied(denied).With("x-amz-bucket-region", bucket.Region) : null;
        return denied.Deciding is null && permission.Action == "s3:GetObject" && ObjectStore.Find(snapshot, bucket, resource.Key) is null && service.MayList(call, bucket.Arn, resource.Key)
            ? S3Errors.NoSuchKey(resource.Key, VersionStore.FindNewest(snapshot, bucket, resource.Key))
            : null;
    }
}
