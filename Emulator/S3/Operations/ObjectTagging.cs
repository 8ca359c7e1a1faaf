using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>The tags of an object, or of a version: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html</remarks>
internal static class ObjectTagging
{
    public static ObjectTaggingInput Bind(RestRequest request) => new(
        S3Request.Bucket(request), S3Request.Key(request), VersionId.Parse(request.QueryValue("versionId")), request.Method == "PUT" ? S3Request.Document(request) : null, request.SourceIp);

    /// <param name="verb">Put, Get or Delete.</param>
    public static Func<Call, ObjectTaggingInput, IReadOnlyList<Permission>> Permissions(string verb) =>
        (_, input) => [new(input.VersionId is null ? $"s3:{verb}ObjectTagging" : $"s3:{verb}ObjectVersionTagging", $"{input.Bucket.Arn}/{input.Key}")];

    public static async ValueTask<BucketObject> Put(S3Service service, Call call, ObjectTaggingInput input)
    {
        var document = await input.Document!.ReadAsync("Tagging", call.Cancelled);
        var tags = TagSet.Parse(document, S3Limits.ObjectTags, TagSet.TooManyObjectTags(), "Your TagKey cannot be prefixed with aws:");
        return await ChangeAsync(service, call, input, tags, "Put");
    }

    public static ValueTask<BucketObject> Get(S3Service service, Call call, ObjectTaggingInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        // Observed: GetObjectTagging alone names the bucket in the key of its error.
        return new(new BucketObject(bucket, Require(snapshot, bucket, input, "GET", $"{bucket.Name}/{input.Key}")));
    }

    public static Reply Write(BucketObject output) => TagSet.Write(output.Object.Tags).Header("x-amz-version-id", output.VersionId);

    public static Reply WritePut(BucketObject output) => Reply.Empty().Header("x-amz-version-id", output.VersionId);

    public static ValueTask<BucketObject> Delete(S3Service service, Call call, ObjectTaggingInput input) => ChangeAsync(service, call, input, [], "Delete");

    public static Reply WriteDelete(BucketObject output) => Reply.Empty(204).Header("x-amz-version-id", output.VersionId);

    private static async ValueTask<BucketObject> ChangeAsync(S3Service service, Call call, ObjectTaggingInput input, IReadOnlyList<Tag> tags, string happened)
    {
        var changed = await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket);
            var changed = Require(write.Transaction, bucket, input, happened.ToUpperInvariant(), input.Key) with { Tags = tags };
            ObjectStore.Update(write, bucket, changed);
            return new BucketObject(bucket, changed);
        });
        service.Notify(changed.Bucket, call, input.SourceIp, S3Event.Tagging(happened, changed.Object));
        return changed;
    }

    /// <summary>Observed: a delete marker is told as such even where no version is named.</summary>
    private static StoredObject Require(IReader reader, Bucket bucket, ObjectTaggingInput input, string method, string missingKey)
    {
        var found = input.VersionId is { } id
            ? ObjectStore.FindVersion(reader, bucket, input.Key, id) ?? throw S3Errors.NoSuchVersion(input.Key, id)
            : ObjectStore.Find(reader, bucket, input.Key) ?? VersionStore.FindNewest(reader, bucket, input.Key) ?? throw S3Errors.NoSuchKey(missingKey);
        return found.IsDeleteMarker ? throw S3Errors.IsDeleteMarker(found, method) : found;
    }
}

internal sealed record ObjectTaggingInput(BucketReference Bucket, string Key, VersionId? VersionId, S3Document? Document, string SourceIp);
