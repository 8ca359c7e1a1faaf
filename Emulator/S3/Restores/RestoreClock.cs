using Emulator.Integration;
using Emulator.S3.Buckets;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;

namespace Emulator.S3.Restores;

/// <summary>Tells at the moment when an archived object is restored, and when its copy has gone.</summary>
/// <remarks>Whether there is a copy follows from the object's row and the clock: only the events need a timer.</remarks>
internal sealed class RestoreClock : IAsyncDisposable
{
    private const int RestoresPerWrite = 200;

    private readonly S3Service _service;
    private readonly DueTimer _timer;

    public RestoreClock(S3Service service)
    {
        _service = service;
        _timer = new(service.Context.Store, service.Context.Clock, static (reader, _) => RestoreStore.Next(reader), RunAsync);
    }

    public void Arm() => _timer.Arm();

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private async Task RunAsync(DateTimeOffset now)
    {
        while (true)
        {
            List<DueRestore> due;
            using (var snapshot = _service.Snapshot()) due = [.. RestoreStore.InOrder(snapshot).TakeWhile(one => one.At <= now).Take(RestoresPerWrite)];
            if (due.Count == 0) return;
            var happened = await _service.CommitAsync(write => due.ConvertAll(one => Take(write, one)));
            foreach (var one in happened)
            {
                if (one is var (bucket, cause, what)) NotificationSender.Send(_service, bucket, cause, what);
            }
        }
    }

    private static (Bucket, EventCause, S3Event)? Take(S3Write write, DueRestore due)
    {
        var tx = write.Transaction;
        var ids = write.Service.Context.Ids;
        RestoreStore.Remove(tx, due);
        if (BucketStore.Find(tx, due.BucketName) is not { } bucket || bucket.Id != due.BucketId) return null;
        if (ObjectStore.FindPlace(tx, bucket, due.Key, due.Sequence) is not { Restore: { } restore } version) return null;
        if (restore.CompletesAt == due.At)
        {
            RestoreStore.Add(tx, bucket, version, restore.ExpiresAt);
            return (bucket, EventCause.Restore(bucket.Account, ids), S3Event.RestoreCompleted(version, restore.ExpiresAt));
        }
        if (restore.ExpiresAt != due.At) return null; // prolonged, or sped up
        var archived = version with { Restore = null };
        ObjectStore.Update(write, bucket, archived);
        return (bucket, EventCause.OfS3(ids), S3Event.RestoreExpired(archived));
    }
}
