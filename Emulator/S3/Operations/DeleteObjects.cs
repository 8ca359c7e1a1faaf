using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>Deletes up to 1,000 objects; each is allowed, refused and told on its own.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html</remarks>
internal static class DeleteObjects
{
    public static DeleteObjectsInput Bind(RestRequest request) => new(S3Request.Bucket(request), S3Request.Document(request, S3Limits.DeleteDocumentBytes), request.SourceIp);

    public static async ValueTask<DeleteObjectsOutput> Execute(S3Service service, Call call, DeleteObjectsInput input)
    {
        using (var snapshot = service.Snapshot()) BucketStore.Require(snapshot, input.Bucket);
        var document = (await input.Document.ReadAsync("Delete", call.Cancelled)).Only("Object", "Quiet");
        var asked = document.All("Object").Select(Read).ToList();
        if (asked.Count is 0 or > S3Limits.DeletedKeys) throw RestXml.MalformedXml();
        var allowed = asked.ConvertAll(one => service.Allows(call, new("s3:DeleteObject", $"{input.Bucket.Arn}/{one.Key}")));

        var (bucket, results, deleted) = await service.CommitAsync((tx, freed) =>
        {
            var bucket = BucketStore.Require(tx, input.Bucket);
            var results = new List<DeleteResult>(asked.Count);
            var deleted = new List<StoredObject>();
            for (var i = 0; i < asked.Count; i++)
            {
                var present = ObjectStore.Find(tx, bucket, asked[i].Key);
                var error = allowed[i] ? Refusal(asked[i], present) : S3Errors.AccessDenied();
                results.Add(new(asked[i], error));
                if (error is not null || present is null) continue;
                ObjectStore.Delete(tx, bucket, present, freed);
                deleted.Add(present);
            }
            return (bucket, results, deleted);
        });
        foreach (var one in deleted) service.Notify(bucket, call, input.SourceIp, S3Event.Removed("Delete", one));
        return new(results, document.Value("Quiet") is "true");
    }

    public static Reply Write(DeleteObjectsOutput output)
    {
        var xml = new XmlBuilder().Root("DeleteResult"u8);
        foreach (var (asked, error) in output.Results)
        {
            if (error is null)
            {
                if (!output.Quiet) xml.Start("Deleted"u8).Element("Key"u8, asked.Key).Element("VersionId"u8, asked.VersionId).End("Deleted"u8);
                continue;
            }
            xml.Start("Error"u8).Element("Key"u8, asked.Key).Element("VersionId"u8, asked.VersionId)
                .Element("Code"u8, error.Code).Element("Message"u8, error.Message).End("Error"u8);
        }
        return xml.End("DeleteResult"u8).ToReply();
    }

    private static DeletedObject Read(XmlNode node)
    {
        node.Only("Key", "VersionId", "ETag", "LastModifiedTime", "Size");
        if (node.Child("LastModifiedTime") is not null) throw S3Errors.HeaderNotImplemented("x-amz-if-match-last-modified-time");
        if (node.Child("Size") is not null) throw S3Errors.HeaderNotImplemented("x-amz-if-match-size");
        return new(node.Required("Key") is { Length: > 0 } key ? key : throw RestXml.MalformedXml(), node.Value("VersionId") is { Length: > 0 } version ? version : null, node.Value("ETag"));
    }

    private static AwsException? Refusal(DeletedObject asked, StoredObject? present)
    {
        if (asked.VersionId is not (null or "null")) return new("NoSuchVersion", "The specified version does not exist.", 404);
        if (asked.ETag is null) return null;
        return present is not null && (asked.ETag == "*" || ETags.Same(asked.ETag, present.ETag)) ? null : S3Errors.PreconditionFailed("If-Match");
    }
}

internal sealed record DeleteObjectsInput(BucketReference Bucket, S3Document Document, string SourceIp);

internal sealed record DeletedObject(string Key, string? VersionId, string? ETag);

internal sealed record DeleteResult(DeletedObject Asked, AwsException? Error);

internal sealed record DeleteObjectsOutput(IReadOnlyList<DeleteResult> Results, bool Quiet);
