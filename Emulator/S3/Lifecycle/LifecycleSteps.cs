using System.Text;
using Emulator.S3.Buckets;
using Emulator.S3.Multipart;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Lifecycle;

/// <summary>What is due for a version: its end, or its move to another storage class.</summary>
internal readonly record struct LifecycleStep(StoredObject Version, string? StorageClass);

/// <summary>What a bucket's rules have due at a moment.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html</remarks>
internal sealed class LifecycleSteps(LifecycleConfiguration configuration, Bucket bucket, DateTimeOffset now)
{
    private readonly List<LifecycleRule> _rules = [.. configuration.Rules.Where(rule => rule.IsEnabled)];

    public IEnumerable<LifecycleStep> OfCurrent(IReader reader)
    {
        foreach (var (key, row) in ObjectStore.Range(reader, bucket, [], []))
        {
            if (OfCurrent(StoredObject.FromRow(Encoding.UTF8.GetString(key.Span[S3Keys.BucketIdBytes..]), row.Span)) is { } step) yield return step;
        }
    }

    public LifecycleStep? OfCurrent(StoredObject current)
    {
        // "S3 Lifecycle permanent deletion takes precedence over transition": of what is due, expiration comes first.
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html
        string? target = null;
        foreach (var rule in _rules)
        {
            if (!rule.Filter.Fits(current)) continue;
            if (rule.Expiration is { } expiration && expiration.Since(current.LastModified) <= now) return new(current, null);
            target = Deepest(target, rule, rule.Transitions, current, current.LastModified, 0);
        }
        return target is null ? null : new(current, target);
    }

    /// <summary>Of the versions that are not current, and of the delete markers that hide nothing.</summary>
    public IEnumerable<LifecycleStep> OfOthers(IReader reader)
    {
        if (bucket.Versioning == VersioningStatus.Unversioned) yield break;
        var name = ReadOnlyMemory<byte>.Empty;
        var key = "";
        var newer = 0; // noncurrent versions that are newer than the one at hand
        DateTimeOffset? since = null; // when the one at hand was replaced; null: it is the newest of its key
        foreach (var (row, value) in VersionStore.Range(reader, bucket, S3Keys.Bucket(bucket.Id)))
        {
            if (S3Keys.KeyOfVersion(row) is var its && (key.Length == 0 || !its.Span.SequenceEqual(name.Span)))
            {
                (name, key, newer) = (its, Encoding.UTF8.GetString(its.Span), 0);
                since = ObjectStore.Find(reader, bucket, key) is { } current ? Written(current) : null;
            }
            var version = StoredObject.FromRow(key, value.Span);
            if (since is null)
            {
                if (IsExpiredMarker(reader, version)) yield return new(version, null);
            }
            else if (OfNoncurrent(version, since.Value, newer++) is { } step)
            {
                yield return step;
            }
            since = Written(version);
        }
    }

    /// <summary>Whether it is a delete marker that is alone under its key, and a rule has it go.</summary>
    public bool IsExpiredMarker(IReader reader, StoredObject newest)
    {
        foreach (var rule in _rules)
        {
            if (!rule.Filter.Fits(newest) || !(rule.ExpiresDeleteMarkers || rule.Expiration?.Since(newest.LastModified) <= now)) continue;
            return ObjectStore.Find(reader, bucket, newest.Key) is null && !VersionStore.OfKey(reader, bucket, newest.Key).Skip(1).Any();
        }
        return false;
    }

    public IEnumerable<MultipartUpload> OfUploads(IReader reader) => UploadStore.List(reader, bucket, S3Keys.Bucket(bucket.Id))
        .Where(upload => _rules.Exists(rule => rule.Abort?.Since(upload.Initiated) <= now && rule.Filter.FitsKey(upload.Key)));

    private LifecycleStep? OfNoncurrent(StoredObject version, DateTimeOffset since, int newer)
    {
        string? target = null;
        foreach (var rule in _rules)
        {
            if (!rule.Filter.Fits(version)) continue;
            if (rule.NoncurrentExpiration is { } expiration && newer >= expiration.NewerVersions && expiration.Time.Since(since) <= now && !Protection.Forbids(version, now, bypassesGovernance: false))
            {
                return new(version, null);
            }
            target = Deepest(target, rule, rule.NoncurrentTransitions, version, since, newer);
        }
        return target is null ? null : new(version, target);
    }

    /// <summary>The deepest storage class to which a transition that is due moves the version; null where it stays.</summary>
    private string? Deepest(string? target, LifecycleRule rule, IReadOnlyList<LifecycleTransition> transitions, StoredObject version, DateTimeOffset since, int newer)
    {
        if (version.IsDeleteMarker) return null;
        foreach (var (time, storageClass, newerVersions) in transitions)
        {
            if (newer < newerVersions || time.Since(since) > now || !configuration.AllowsSize(rule, version.Size, storageClass)) continue;
            if (Depth(storageClass) > Depth(target ?? version.StorageClass)) target = storageClass;
        }
        return target;
    }

    /// <summary>Objects move down only. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html</summary>
    private static int Depth(string storageClass) => storageClass switch
    {
        "STANDARD_IA" => 1,
        "INTELLIGENT_TIERING" => 2,
        "ONEZONE_IA" or "GLACIER_IR" => 3,
        "GLACIER" => 4,
        "DEEP_ARCHIVE" => 5,
        _ => 0,
    };

    /// <summary>When a version took the place of the one before.</summary>
    /// <remarks>An object that was uploaded in parts is dated by the beginning of its upload; the markers that rules make by midnight.</remarks>
    private static DateTimeOffset Written(StoredObject version) => version.IsDeleteMarker ? version.LastModified : new(version.Sequence, TimeSpan.Zero);
}
