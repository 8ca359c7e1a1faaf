using Emulator.Integration;
using Emulator.S3.Notifications;

namespace Emulator.S3.Replication;

/// <summary>Does in the background what waits to be replicated: at once, as the clock runs; with a clock that stands still when it is moved.</summary>
/// <remarks>All that waits stands in the store, so that nothing is lost with the process, and a fork goes on with it.</remarks>
internal sealed class ReplicationClock : IAsyncDisposable
{
    private const int TasksPerWrite = 100;

    private readonly S3Service _service;
    private readonly DueTimer _timer;

    public ReplicationClock(S3Service service)
    {
        _service = service;
        _timer = new(service.Context.Store, service.Context.Clock, (reader, now) => ReplicationQueue.Any(reader) ? now : null, _ => RunAsync());
    }

    public void Arm() => _timer.Arm();

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private async Task RunAsync()
    {
        var role = new ReplicationRole(_service);
        while (await RunSomeAsync(role)) { }
    }

    private async Task<bool> RunSomeAsync(ReplicationRole role)
    {
        List<(ReadOnlyMemory<byte> Place, ReplicationTask Task)> some;
        List<string?> refusals;
        using (var snapshot = _service.Snapshot())
        {
            some = ReplicationQueue.First(snapshot, TasksPerWrite);
            refusals = some.ConvertAll(one => role.RefusalOf(snapshot, one.Task));
        }
        if (some.Count == 0) return false;
        var outcomes = await _service.CommitAsync(write =>
        {
            write.Replicates = false;
            return some.Select((one, i) =>
            {
                ReplicationQueue.Remove(write.Transaction, one.Place);
                return Replica.Make(write, one.Task, refusals[i]);
            }).ToList();
        });
        for (var i = 0; i < some.Count; i++) Tell(role, some[i].Task, outcomes[i]);
        return true;
    }

    private void Tell(ReplicationRole role, ReplicationTask task, ReplicationOutcome outcome)
    {
        var ids = _service.Context.Ids;
        if (outcome is { Event: { } happened, Destination: { } destination }) NotificationSender.Send(_service, destination, EventCause.Replication(role.Session(task.Role)!, ids), happened);
        // "To receive replication failure event notifications, you must enable S3 Replication metrics on your replication rule."
        if (outcome is not { Failure: { } reason, Source: { } source } || !task.Destination.HasMetrics) return;
        var data = new ReplicationEventData(task.RuleId, task.Destination.Arn, task.OperationName, task.Requested, reason);
        NotificationSender.Send(_service, source.Bucket, EventCause.OfS3(ids), S3Event.ReplicationFailed(source.Object, data));
    }
}
