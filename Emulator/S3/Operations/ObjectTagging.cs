using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>The tags of an object: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html</remarks>
internal static class ObjectTagging
{
    public static ObjectTaggingInput Bind(RestRequest request) =>
        new(S3Request.Bucket(request), S3Request.Key(request), request.QueryValue("versionId"), request.Method == "PUT" ? S3Request.Document(request) : null, request.SourceIp);

    public static async ValueTask<StoredObject> Put(S3Service service, Call call, ObjectTaggingInput input)
    {
        var document = await input.Document!.ReadAsync("Tagging", call.Cancelled);
        var tags = TagSet.Parse(document, S3Limits.ObjectTags, TagSet.TooManyObjectTags(), "Your TagKey cannot be prefixed with aws:");
        return await ChangeAsync(service, call, input, tags, "Put");
    }

    public static ValueTask<StoredObject> Get(S3Service service, Call call, ObjectTaggingInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        S3Request.CheckVersionId(input.VersionId);
        // Observed: GetObjectTagging alone names the bucket in the key of its error.
        return new(ObjectStore.Find(snapshot, bucket, input.Key) ?? throw S3Errors.NoSuchKey($"{bucket.Name}/{input.Key}"));
    }

    public static Reply Write(StoredObject output) => TagSet.Write(output.Tags);

    public static ValueTask<StoredObject> Delete(S3Service service, Call call, ObjectTaggingInput input) => ChangeAsync(service, call, input, [], "Delete");

    private static async ValueTask<StoredObject> ChangeAsync(S3Service service, Call call, ObjectTaggingInput input, IReadOnlyList<Tag> tags, string happened)
    {
        S3Request.CheckVersionId(input.VersionId);
        var (bucket, changed) = await service.CommitAsync((tx, _) =>
        {
            var bucket = BucketStore.Require(tx, input.Bucket);
            var changed = ObjectStore.Require(tx, bucket, input.Key) with { Tags = tags };
            ObjectStore.Update(tx, bucket, changed);
            return (bucket, changed);
        });
        service.Notify(bucket, call, input.SourceIp, S3Event.Tagging(happened, changed));
        return changed;
    }
}

internal sealed record ObjectTaggingInput(BucketReference Bucket, string Key, string? VersionId, S3Document? Document, string SourceIp);
