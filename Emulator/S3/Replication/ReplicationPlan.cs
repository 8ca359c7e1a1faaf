using Emulator.S3.Buckets;
using Emulator.S3.Objects;

namespace Emulator.S3.Replication;

/// <summary>Finds what of a change of an object is to be replicated, and queues it with the change.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html</remarks>
internal static class ReplicationPlan
{
    /// <summary>Of a new version.</summary>
    public static StoredObject OfPut(S3Write write, Bucket bucket, StoredObject made)
    {
        if (Configuration(write, bucket) is not { } configuration || made.IsInArchive) return made;
        var rules = configuration.For(rule => rule.Fits(made)).Where(rule => rule.Selects(made.Encryption)).ToList();
        return Queued(write, bucket, made, configuration.Role, rules, ReplicationOperation.Object);
    }

    public static void OfDeleteMarker(S3Write write, Bucket bucket, StoredObject marker)
    {
        if (marker.VersionId is null || Configuration(write, bucket) is not { } configuration) return;
        var rules = configuration.For(rule => rule.Tags.Count == 0 && rule.FitsKey(marker.Key)).Where(rule => rule.ReplicatesDeleteMarkers).ToList();
        Queued(write, bucket, marker, configuration.Role, rules, ReplicationOperation.DeleteMarker);
    }

    /// <summary>Of a version that has other tags, another ACL or another lock than before. Such changes follow the version to where it went; those of a replica go back where a rule has them do so.</summary>
    public static StoredObject OfUpdate(S3Write write, Bucket bucket, StoredObject? before, StoredObject changed)
    {
        if (before is null || changed.Replication is not { } state || Configuration(write, bucket) is not { } configuration) return changed;
        foreach (var operation in Operations(before, changed))
        {
            var rules = configuration.For(rule => state.IsReplica
                ? rule.ReplicatesReplicaModifications && rule.Fits(changed)
                : rule.FitsKey(changed.Key) && state.Targets.Any(target => target.Bucket == rule.Destination.Bucket));
            // The ACL of a replica with another owner is that owner's.
            changed = Queued(write, bucket, changed, configuration.Role, [.. rules.Where(rule => operation != ReplicationOperation.Acl || !rule.Destination.OverridesOwner)], operation);
        }
        return changed;
    }

    private static ReplicationConfiguration? Configuration(S3Write write, Bucket bucket) => write.Replicates ? ReplicationConfiguration.Find(write.Transaction, bucket) : null;

    private static IEnumerable<ReplicationOperation> Operations(StoredObject before, StoredObject changed)
    {
        if (!before.Tags.SequenceEqual(changed.Tags)) yield return ReplicationOperation.Tagging;
        if (before.Acl != changed.Acl) yield return ReplicationOperation.Acl;
        if (before.Retention != changed.Retention) yield return ReplicationOperation.Retention;
        if (before.LegalHold != changed.LegalHold) yield return ReplicationOperation.LegalHold;
    }

    private static StoredObject Queued(S3Write write, Bucket bucket, StoredObject version, string role, List<ReplicationRule> rules, ReplicationOperation operation)
    {
        var state = version.Replication ?? new(false, []);
        foreach (var rule in rules)
        {
            ReplicationQueue.Add(write.Transaction, new(operation, bucket.Name, bucket.Id, version.Key, version.VersionId!, write.Moment, role, rule.Id, rule.Destination));
            state = state.With(rule.Destination.Bucket, ReplicationStatus.Pending);
            write.QueuesReplication = true;
        }
        return rules.Count == 0 ? version : version with { Replication = state };
    }
}
