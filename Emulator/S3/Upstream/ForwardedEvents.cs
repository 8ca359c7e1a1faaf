using System.Globalization;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;

namespace Emulator.S3.Upstream;

/// <summary>Tells the functions that emulator.yaml names of what was written to a bucket of another server.</summary>
internal static class ForwardedEvents
{
    /// <summary>After an operation whose answer has no document.</summary>
    /// <param name="operation">Of an upload: how it came to be.</param>
    public static ValueTask SendAsync(S3Service service, UpstreamBucket target, Call call, RestRequest request, string operation, UpstreamAnswer answer, long? size)
    {
        var key = S3Request.Key(request);
        var version = answer.Header("x-amz-version-id");
        return operation switch
        {
            "Put" or "Copy" => SendAsync(service, target, call, request.SourceIp, S3Event.Created(operation, Written(service, key, answer.ETag, version) with { Size = size ?? 0 })),
            "DeleteObject" => SendAsync(service, target, call, request.SourceIp, Deleted(service, key, request.QueryValue("versionId"), answer.Header("x-amz-delete-marker") == "true" ? version ?? "null" : null)),
            "PutObjectAcl" => SendAsync(service, target, call, request.SourceIp, S3Event.AclPut(Written(service, key, null, version))),
            _ => SendAsync(service, target, call, request.SourceIp, S3Event.Tagging(request.Method == "PUT" ? "Put" : "Delete", Written(service, key, null, version))),
        };
    }

    /// <summary>After an operation whose answer is a document with the ETag.</summary>
    public static ValueTask SendAsync(S3Service service, UpstreamBucket target, Call call, RestRequest request, string operation, UpstreamAnswer answer, ReadOnlyMemory<byte> document)
    {
        var isCopy = operation == "CopyObject";
        var etag = UpstreamFailure.TryParse(document, isCopy ? "CopyObjectResult" : "CompleteMultipartUploadResult")?.Value("ETag")?.Trim('"');
        return SendAsync(service, target, call, request.SourceIp, S3Event.Created(isCopy ? "Copy" : "CompleteMultipartUpload", Written(service, S3Request.Key(request), etag, answer.Header("x-amz-version-id")) with { Size = -1 }));
    }

    /// <summary>What a delete did.</summary>
    /// <param name="version">The version that was deleted for good; null where none was named.</param>
    /// <param name="marker">The delete marker that was made, or deleted; null where none was.</param>
    public static S3Event Deleted(S3Service service, string key, string? version, string? marker) => version is null && marker is not null
        ? S3Event.DeleteMarkerCreated(Written(service, key, null, marker))
        : S3Event.Removed("Delete", Written(service, key, null, version));

    /// <summary>Sends the event, if anybody waits for it. What the answer did not tell of the object is asked for.</summary>
    public static async ValueTask SendAsync(S3Service service, UpstreamBucket target, Call call, string sourceIp, S3Event happened)
    {
        Bucket? bucket;
        using (var snapshot = service.Snapshot())
        {
            bucket = BucketStore.Find(snapshot, target.Name);
            if (bucket is null || BucketSettings.Notification.Find(snapshot, bucket)?.Functions.Any(function => function.Fits(happened.Name, happened.Object.Key)) is not true) return;
        }
        if (happened.Name.StartsWith("ObjectCreated:", StringComparison.Ordinal) ? happened.Object.Size < 0 : happened.HasETag && happened.Object.ETag.Length == 0) happened = await CompletedAsync(target, happened);
        service.Notify(bucket, call, sourceIp, happened);
    }

    private static async ValueTask<S3Event> CompletedAsync(UpstreamBucket target, S3Event happened)
    {
        var found = happened.Object;
        try
        {
            var query = found.VersionId is null ? "" : $"versionId={Uri.EscapeDataString(found.VersionId)}";
            using var answer = await target.Server.SendAsync(new("HEAD", target.NameThere, found.Key, query), CancellationToken.None); // the client may have gone by now
            return happened with
            {
                Object = found with { ETag = answer.ETag ?? found.ETag, Size = long.TryParse(answer.Header("Content-Length"), CultureInfo.InvariantCulture, out var size) ? size : 0 },
                HasSize = happened.HasSize && !UpstreamFailure.IsFailure(answer),
            };
        }
        catch (AwsException)
        {
            return happened with { HasSize = false }; // the write succeeded: its event is told all the same
        }
    }

    /// <summary>An object as far as events tell of it.</summary>
    public static StoredObject Written(S3Service service, string key, string? etag, string? version) => new()
    {
        Key = key,
        Size = 0,
        LastModified = service.Now,
        ETag = etag ?? "",
        VersionId = version,
        Sequence = service.Context.Clock.GetUtcNow().UtcTicks,
        Checksum = new(ObjectChecksum.DefaultAlgorithm, ChecksumType.FullObject, ""),
        Headers = new(),
    };
}
