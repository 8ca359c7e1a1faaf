using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>Deletes up to 1,000 objects or versions; each is allowed, refused and told on its own.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html</remarks>
internal static class DeleteObjects
{
    public static DeleteObjectsInput Bind(RestRequest request) => new(S3Request.Bucket(request), S3Request.CheckedDocument(request, S3Limits.DeleteDocumentBytes), request.Header(Protection.BypassHeader), request.SourceIp);

    public static async ValueTask<DeleteObjectsOutput> Execute(S3Service service, Call call, DeleteObjectsInput input)
    {
        using (var snapshot = service.Snapshot()) Protection.CheckBypass(BucketStore.Require(snapshot, input.Bucket), input.Bypass);
        var document = (await input.Document.ReadAsync("Delete", call.Cancelled)).Only("Object", "Quiet");
        var asked = ReadAll(document);
        var allowed = asked.ConvertAll(one => Permissions(input.Bucket, one).All(permission => service.Allows(call, permission)));

        var bypasses = asked.ConvertAll(one => Protection.MayBypass(service, call, input.Bypass, $"{input.Bucket.Arn}/{one.Key}"));
        var (bucket, results) = await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket);
            return (bucket, asked.Select((one, i) => allowed[i] ? Delete(write, bucket, one, bypasses[i]) : new(one, S3Errors.AccessDenied(), default)).ToList());
        });
        foreach (var result in results)
        {
            if (result.Deletion.Event is { } happened) service.Notify(bucket, call, input.SourceIp, happened);
        }
        return new(results, document.Value("Quiet") is "true");
    }

    public static Reply Write(DeleteObjectsOutput output)
    {
        var xml = new XmlBuilder().Root("DeleteResult"u8);
        foreach (var (asked, error, deletion) in output.Results)
        {
            if (error is null)
            {
                if (!output.Quiet) WriteDeleted(xml, asked, deletion);
                continue;
            }
            xml.Start("Error"u8).Element("Key"u8, asked.Key).Element("VersionId"u8, asked.VersionId)
                .Element("Code"u8, error.Code).Element("Message"u8, error.Message).End("Error"u8);
        }
        return xml.End("DeleteResult"u8).ToReply();
    }

    private static void WriteDeleted(XmlBuilder xml, DeletedObject asked, Deletion deletion)
    {
        xml.Start("Deleted"u8).Element("Key"u8, asked.Key).Element("VersionId"u8, asked.VersionId);
        if (deletion.IsOfMarker) xml.Element("DeleteMarker"u8, true).Element("DeleteMarkerVersionId"u8, deletion.Deleted!.ToldVersionId);
        xml.End("Deleted"u8);
    }

    public static List<DeletedObject> ReadAll(XmlNode document)
    {
        var asked = document.All("Object").Select(Read).ToList();
        return asked.Count is 0 or > S3Limits.DeletedKeys ? throw RestXml.MalformedXml() : asked;
    }

    public static IEnumerable<Permission> Permissions(BucketReference bucket, DeletedObject asked)
    {
        var arn = $"{bucket.Arn}/{asked.Key}";
        var context = new List<KeyValuePair<string, string>>();
        if (asked.VersionId is not null) context.Add(new("s3:versionid", asked.VersionId));
        if (asked.ETag is not null) context.Add(new("s3:if-match", asked.ETag));
        yield return new(asked.VersionId is null ? "s3:DeleteObject" : "s3:DeleteObjectVersion", arn) { Context = context };
        if (asked.ETag is not (null or "*")) yield return new("s3:GetObject", arn);
    }

    private static DeletedObject Read(XmlNode node)
    {
        node.Only("Key", "VersionId", "ETag", "LastModifiedTime", "Size");
        if (node.Child("LastModifiedTime") is not null) throw S3Errors.HeaderNotImplemented("x-amz-if-match-last-modified-time");
        if (node.Child("Size") is not null) throw S3Errors.HeaderNotImplemented("x-amz-if-match-size");
        return new(node.Required("Key") is { Length: > 0 } key ? key : throw RestXml.MalformedXml(), node.Value("VersionId") is { Length: > 0 } version ? version : null, node.Value("ETag"));
    }

    /// <summary>Each refusal is told beside its key; the others go on.</summary>
    private static DeleteResult Delete(S3Write write, Bucket bucket, DeletedObject asked, bool bypassesGovernance)
    {
        if (ObjectKey.FailureOf(asked.Key) is { } tooLong) return new(asked, tooLong, default);
        // Observed: what is no version id is here a version that is not there.
        VersionId? version = null;
        if (asked.VersionId is not null && (version = VersionId.TryParse(asked.VersionId)) is null) return new(asked, new("NoSuchVersion", "The specified version does not exist.", 404), default);
        if (asked.ETag is not null && DeleteObject.FailureOf(write, bucket, asked.Key, asked.ETag) is { } failed) return new(asked, failed, default);
        var deletion = Deletion.Run(write, bucket, asked.Key, version, bypassesGovernance);
        return new(asked, deletion.IsForbidden ? S3Errors.ObjectLocked() : null, deletion);
    }
}

internal sealed record DeleteObjectsInput(BucketReference Bucket, S3Document Document, string? Bypass, string SourceIp);

internal sealed record DeletedObject(string Key, string? VersionId, string? ETag);

internal sealed record DeleteResult(DeletedObject Asked, AwsException? Error, Deletion Deletion);

internal sealed record DeleteObjectsOutput(IReadOnlyList<DeleteResult> Results, bool Quiet);
