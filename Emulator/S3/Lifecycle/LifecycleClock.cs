using Emulator.Integration;
using Emulator.S3.Buckets;
using Emulator.S3.Multipart;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.Lifecycle;

/// <summary>Does at each midnight UTC of the clock what the rules of all buckets have due.</summary>
internal sealed class LifecycleClock : IAsyncDisposable
{
    private const int StepsPerWrite = 200;

    private readonly S3Service _service;
    private readonly DueTimer _timer;

    public LifecycleClock(S3Service service)
    {
        _service = service;
        _timer = new(service.Context.Store, service.Context.Clock, NextMidnight, RunAsync);
    }

    /// <summary>Sets the timer to the next midnight, if there are rules.</summary>
    /// <param name="atOnce">A midnight may have passed unseen: while no emulator ran.</param>
    public void Arm(bool atOnce = false) => _timer.Arm(atOnce);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private static DateTimeOffset? NextMidnight(IReader reader, DateTimeOffset now) =>
        LifecycleStore.Any(reader) && now.UtcDateTime.Date < DateTime.MaxValue.Date ? new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) : null;

    private async Task RunAsync(DateTimeOffset now)
    {
        List<string> names;
        using (var snapshot = _service.Snapshot()) names = LifecycleStore.Names(snapshot);
        foreach (var name in names) await RunAsync(name, now);
    }

    /// <summary>Finds in one view of the bucket what is due, and does it in small writes, each of which looks again at what it changes.</summary>
    private async Task RunAsync(string name, DateTimeOffset now)
    {
        using var snapshot = _service.Snapshot();
        if (BucketStore.Find(snapshot, name) is not { } bucket || _service.LifecycleRules.Find(snapshot, bucket) is not { } configuration) return;
        var steps = new LifecycleSteps(configuration, bucket, now);
        // Older versions first: what expires today becomes noncurrent today.
        foreach (var some in steps.OfOthers(snapshot).Chunk(StepsPerWrite)) await WriteAsync(bucket, (write, at) => Take(write, at, steps, some, DoOther));
        foreach (var some in steps.OfCurrent(snapshot).Chunk(StepsPerWrite)) await WriteAsync(bucket, (write, at) => Take(write, at, steps, some, DoCurrent));
        foreach (var some in steps.OfUploads(snapshot).Chunk(StepsPerWrite)) await WriteAsync(bucket, (write, at) => Abort(write, at, some));
    }

    private async Task WriteAsync(Bucket seen, Func<S3Write, Bucket, List<S3Event>> run)
    {
        var (bucket, happened) = await _service.CommitAsync(write =>
        {
            write.Replicates = false;
            return BucketStore.Find(write.Transaction, seen.Name) is { } found && found.Id == seen.Id ? (found, run(write, found)) : (seen, []);
        });
        foreach (var one in happened) NotificationSender.Send(_service, bucket, EventCause.OfS3(_service.Context.Ids), one);
    }

    private static List<S3Event> Take(S3Write write, Bucket bucket, LifecycleSteps steps, LifecycleStep[] some, Func<S3Write, Bucket, LifecycleSteps, LifecycleStep, S3Event?> run)
    {
        var happened = new List<S3Event>();
        foreach (var step in some)
        {
            if (run(write, bucket, steps, step) is { } one) happened.Add(one);
        }
        return happened;
    }

    private static S3Event? DoCurrent(S3Write write, Bucket bucket, LifecycleSteps steps, LifecycleStep step)
    {
        var current = ObjectStore.Find(write.Transaction, bucket, step.Version.Key);
        // Written or tagged meanwhile: then the rules decide anew.
        if (current is null || steps.OfCurrent(current) is not { } due) return null;
        if (due.StorageClass is not null) return Move(write, bucket, current, due.StorageClass);
        var deletion = Deletion.Run(write, bucket, current.Key, null, bypassesGovernance: false);
        return deletion.MadeMarker ? S3Event.LifecycleMarkerCreated(deletion.Deleted!) : S3Event.LifecycleExpired(current);
    }

    private static S3Event? DoOther(S3Write write, Bucket bucket, LifecycleSteps steps, LifecycleStep step)
    {
        // null: deleted meanwhile, or current again.
        if (VersionStore.Find(write.Transaction, bucket, step.Version.Key, step.Version.Sequence) is not { } version) return null;
        if (step.StorageClass is not null) return Move(write, bucket, version, step.StorageClass);
        var isNewest = ObjectStore.Find(write.Transaction, bucket, version.Key) is null && VersionStore.FindNewest(write.Transaction, bucket, version.Key)!.Sequence == version.Sequence;
        if (isNewest && !steps.IsExpiredMarker(write.Transaction, version)) return null;
        var deletion = Deletion.Run(write, bucket, version.Key, VersionId.Parse(version.ToldVersionId), bypassesGovernance: false);
        return deletion.Deleted is null ? null : S3Event.LifecycleExpired(version);
    }

    private static S3Event Move(S3Write write, Bucket bucket, StoredObject version, string storageClass)
    {
        var moved = version with { StorageClass = storageClass, Restore = null };
        ObjectStore.Update(write, bucket, moved);
        return S3Event.LifecycleTransition(moved);
    }

    private static List<S3Event> Abort(S3Write write, Bucket bucket, MultipartUpload[] some)
    {
        foreach (var upload in some)
        {
            if (UploadStore.Find(write.Transaction, bucket, upload.Key, upload.UploadId) is { } found) UploadStore.Remove(write.Transaction, bucket, found, new HashSet<int>(), write.Freed);
        }
        return [];
    }
}
