using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>Deletes an object, or a version of it for good; that there is none is no error.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html</remarks>
internal static class DeleteObject
{
    public static DeleteObjectInput Bind(RestRequest request)
    {
        // Observed: these two are for directory buckets.
        foreach (var header in (ReadOnlySpan<string>)["x-amz-if-match-last-modified-time", "x-amz-if-match-size"])
        {
            if (request.Header(header) is not null) throw S3Errors.HeaderNotImplemented(header);
        }
        return new(S3Request.Bucket(request), S3Request.Key(request), VersionId.Parse(request.QueryValue("versionId")), request.Header("If-Match"), request.Header(Protection.BypassHeader), request.SourceIp);
    }

    public static IReadOnlyList<Permission> Permissions(Call call, DeleteObjectInput input)
    {
        var arn = $"{input.Bucket.Arn}/{input.Key}";
        var delete = new Permission(input.VersionId is null ? "s3:DeleteObject" : "s3:DeleteObjectVersion", arn);
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
        return input.IfMatch is null or "*" ? [delete] : [delete, new("s3:GetObject", arn)];
    }

    public static async ValueTask<DeleteObjectOutput> Execute(S3Service service, Call call, DeleteObjectInput input)
    {
        var bypasses = Protection.MayBypass(service, call, input.Bypass, $"{input.Bucket.Arn}/{input.Key}");
        var (bucket, deletion) = await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket);
            Protection.CheckBypass(bucket, input.Bypass);
            if (input.IfMatch is not null && FailureOf(write, bucket, input.Key, input.IfMatch) is { } failed) throw failed;
            var deletion = Deletion.Run(write, bucket, input.Key, input.VersionId, bypasses);
            return deletion.IsForbidden ? throw S3Errors.ObjectLocked() : (bucket, deletion);
        });
        if (deletion.Event is { } happened) service.Notify(bucket, call, input.SourceIp, happened);
        return new(bucket, input.VersionId, deletion);
    }

    public static Reply Write(DeleteObjectOutput output)
    {
        var (bucket, asked, deletion) = output;
        var reply = Reply.Empty(204);
        if (bucket.Versioning == VersioningStatus.Unversioned) return reply;
        return reply.Header("x-amz-version-id", asked?.Text ?? deletion.Deleted?.ToldVersionId)
            .Header("x-amz-delete-marker", deletion.IsOfMarker ? "true" : null);
    }

    /// <summary>The condition is on the current version, whichever is to be deleted. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html</summary>
    public static AwsException? FailureOf(S3Write write, Bucket bucket, string key, string ifMatch)
    {
        var current = ObjectStore.Find(write.Transaction, bucket, key);
        if (current is null && VersionStore.FindNewest(write.Transaction, bucket, key) is null) return S3Errors.NoSuchKey(key);
        return current is not null && (ifMatch == "*" || ETags.Same(ifMatch, current.ETag)) ? null : S3Errors.PreconditionFailed("If-Match");
    }
}

internal sealed record DeleteObjectInput(BucketReference Bucket, string Key, VersionId? VersionId, string? IfMatch, string? Bypass, string SourceIp);

internal sealed record DeleteObjectOutput(Bucket Bucket, VersionId? Asked, Deletion Deletion);
