using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.Replication;

/// <summary>S3 in the role of a replication configuration: who it is then, and why it may not do a task.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html</remarks>
internal sealed class ReplicationRole(S3Service service)
{
    private readonly Dictionary<string, Caller?> _sessions = new(StringComparer.Ordinal);

    /// <summary>The session in the role; null where the role does not trust S3.</summary>
    public Caller? Session(string role)
    {
        if (!_sessions.TryGetValue(role, out var session)) _sessions[role] = session = service.Assume(role, "s3-replication");
        return session;
    }

    /// <summary>Why the role may not do the task, as events tell it; null where it may.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html</remarks>
    public string? RefusalOf(IReader reader, ReplicationTask task)
    {
        if (Session(task.Role) is not { } session) return "AssumeRoleNotPermitted";
        // What is gone meanwhile fails for that.
        if (BucketStore.Find(reader, task.Bucket) is not { } source || BucketStore.Find(reader, task.Destination.Bucket) is not { } destination) return null;
        var version = VersionId.TryParse(task.VersionId) is { } id ? ObjectStore.FindVersion(reader, source, task.Key, id) : null;
        if (version is null) return null;
        var call = new Call
        {
            Caller = session,
            Account = session.Account,
            Region = source.Region,
            Now = service.Context.Clock.GetUtcNow(),
            RequestId = "",
            Scheme = "https",
            Host = "s3.amazonaws.com",
            Conditions = new RequestConditions(null, source.Region),
        };
        foreach (var (action, bucket, reason) in Needed(task, source, destination, version))
        {
            if (!service.Allows(call, new(action, $"{bucket.Arn}/{task.Key}"))) return reason;
        }
        return null;
    }

    private static IEnumerable<(string Action, Bucket Bucket, string Reason)> Needed(ReplicationTask task, Bucket source, Bucket destination, StoredObject version)
    {
        var isObject = task.Operation == ReplicationOperation.Object;
        if (task.Operation == ReplicationOperation.DeleteMarker)
        {
            yield return ("s3:ReplicateDelete", destination, "DstDelObjNotPermitted");
            yield break;
        }
        yield return ("s3:GetObjectVersionForReplication", source, isObject ? "SrcGetObjectNotPermitted" : "SrcHeadObjectNotPermitted");
        if (isObject || task.Operation == ReplicationOperation.Acl) yield return ("s3:GetObjectVersionAcl", source, "SrcGetAclNotPermitted");
        if (task.Operation == ReplicationOperation.Retention || (isObject && source.HasObjectLock)) yield return ("s3:GetObjectRetention", source, "SrcGetRetentionNotPermitted");
        if (task.Operation == ReplicationOperation.LegalHold || (isObject && source.HasObjectLock)) yield return ("s3:GetObjectLegalHold", source, "SrcGetLegalHoldNotPermitted");
        if (task.Operation == ReplicationOperation.Tagging || (isObject && version.Tags.Count > 0))
        {
            yield return ("s3:GetObjectVersionTagging", source, "SrcGetTaggingNotPermitted");
            yield return ("s3:ReplicateTags", destination, "DstPutTaggingNotPermitted");
        }
        if (task.Operation != ReplicationOperation.Tagging) yield return ("s3:ReplicateObject", destination, $"DstPut{What(task.Operation)}NotPermitted");
        if (isObject && task.Destination.OverridesOwner) yield return ("s3:ObjectOwnerOverrideToBucketOwner", destination, "DstPutObjectNotPermitted");
    }

    private static string What(ReplicationOperation operation) => operation.ToString();
}
