using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>Deletes an object; that there is none is no error.</summary>
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
        return new(S3Request.Bucket(request), S3Request.Key(request), request.QueryValue("versionId"), request.Header("If-Match"), request.SourceIp);
    }

    public static IReadOnlyList<Permission> Permissions(Call call, DeleteObjectInput input) =>
        [new(input.VersionId is null ? "s3:DeleteObject" : "s3:DeleteObjectVersion", $"{input.Bucket.Arn}/{input.Key}")];

    public static async ValueTask<StoredObject?> Execute(S3Service service, Call call, DeleteObjectInput input)
    {
        S3Request.CheckVersionId(input.VersionId);
        var (bucket, deleted) = await service.CommitAsync((tx, freed) =>
        {
            var bucket = BucketStore.Require(tx, input.Bucket);
            var present = ObjectStore.Find(tx, bucket, input.Key);
            CheckMatch(input.IfMatch, present);
            if (present is not null) ObjectStore.Delete(tx, bucket, present, freed);
            return (bucket, present);
        });
        if (deleted is not null) service.Notify(bucket, call, input.SourceIp, S3Event.Removed("Delete", deleted));
        return deleted;
    }

    public static Reply Write(StoredObject? output) => Reply.Empty(204);

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html</summary>
    public static void CheckMatch(string? ifMatch, StoredObject? present)
    {
        if (ifMatch is null) return;
        if (present is null || (ifMatch != "*" && !ETags.Same(ifMatch, present.ETag))) throw S3Errors.PreconditionFailed("If-Match");
    }
}

internal sealed record DeleteObjectInput(BucketReference Bucket, string Key, string? VersionId, string? IfMatch, string SourceIp);
