using Emulator.ApplicationAutoScaling.Policies;
using Emulator.ApplicationAutoScaling.Schedules;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling.Scaling;

/// <summary>Scales by the clock: looks each minute at the alarms of the policies, and runs scheduled actions at their times. While there are neither, it has no timer.</summary>
internal sealed class Scaler : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly IScalableTables _tables;
    private readonly DueTimer _timer;
    private readonly StoredList<ScalingPolicy> _policies;
    private readonly StoredList<ScheduledAction> _actions;
    private readonly TargetTracking _tracking;
    private readonly ScheduledScaling _scheduled;
    private DateTimeOffset _looked;

    public Scaler(ServiceContext context, IScalableTables tables)
    {
        _tables = tables;
        _timer = new(context.Store, context.Clock, Next, RunAsync);
        _policies = new(context.Store, AutoScalingStore.Policies, AutoScalingStore.AllPolicies);
        _actions = new(context.Store, AutoScalingStore.Schedules, AutoScalingStore.AllSchedules);
        _tracking = new(context, tables);
        _scheduled = new(context, tables);
    }

    /// <summary>Sets the timer to what comes next. Called after each change of policies and actions, at a start, and in a fork.</summary>
    public void Arm()
    {
        _tables.Count(_policies.Read().Count > 0);
        _timer.Arm();
    }

    /// <summary>Waits for what is being done; nothing begins any more.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private DateTimeOffset? Next(IReader reader, DateTimeOffset now)
    {
        var next = _policies.Read().Count > 0 ? MinuteOf(now) + Minute : (DateTimeOffset?)null;
        foreach (var action in _actions.Read()) if (action.NextDue is { } due && !(due >= next)) next = due;
        return next;
    }

    private async Task RunAsync(DateTimeOffset now)
    {
        foreach (var action in _actions.Read().Where(action => action.NextDue <= now).OrderBy(action => action.NextDue)) await _scheduled.RunAsync(action, now);
        var minute = MinuteOf(now);
        if (minute == _looked) return;
        _looked = minute;
        foreach (var policy in _policies.Read()) await _tracking.FollowAsync(policy, minute);
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Minute.Ticks), TimeSpan.Zero);

    /// <summary>All rows of a space, read again when the space has changed.</summary>
    private sealed class StoredList<T>(IStore store, Space space, Func<IReader, IEnumerable<T>> read)
    {
        private Known _known = new(0, []);

        public List<T> Read()
        {
            var known = _known;
            if (known.Version == store.Version(space)) return known.Rows;
            using var snapshot = store.Snapshot();
            _known = known = new(snapshot.Version(space), [.. read(snapshot)]);
            return known.Rows;
        }

        private sealed record Known(long Version, List<T> Rows);
    }
}
