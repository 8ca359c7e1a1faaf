using Emulator.ApplicationAutoScaling.Policies;
using Emulator.ApplicationAutoScaling.Schedules;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling.Scaling;

/// <summary>Scales by the clock: looks each minute at the alarms of the policies, and runs scheduled actions at their times. While there are neither, it has no timer.</summary>
internal sealed class Scaler(ServiceContext context, IScalableTables tables) : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _running = new(1);
    private readonly Lock _arming = new();
    private readonly StoredList<ScalingPolicy> _policies = new(context.Store, AutoScalingStore.Policies, AutoScalingStore.AllPolicies);
    private readonly StoredList<ScheduledAction> _actions = new(context.Store, AutoScalingStore.Schedules, AutoScalingStore.AllSchedules);
    private readonly TargetTracking _tracking = new(context, tables);
    private readonly ScheduledScaling _scheduled = new(context, tables);
    private DateTimeOffset _looked;
    private ITimer? _timer;
    private bool _stopped;

    /// <summary>Sets the timer to what comes next. Called after each change of policies and actions, at a start, and in a fork.</summary>
    public void Arm()
    {
        lock (_arming)
        {
            var policies = _policies.Read();
            tables.Count(policies.Count > 0);
            var now = context.Clock.GetUtcNow();
            var next = policies.Count > 0 ? MinuteOf(now) + Minute : (DateTimeOffset?)null;
            foreach (var action in _actions.Read()) if (action.NextDue is { } due && !(due >= next)) next = due;

            if (_stopped) return;
            if (next is not { } at)
            {
                _timer?.Dispose();
                _timer = null;
                return;
            }
            // The clock promises that what is due has been done when Advance returns: so the timer's caller waits.
            _timer ??= context.Clock.CreateTimer(_ => RunAsync().GetAwaiter().GetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(at > now ? at - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Waits for what is being done; nothing begins any more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_arming)
        {
            _stopped = true;
            _timer?.Dispose();
        }
        await _running.WaitAsync(); // what runs ends first
        _running.Release(); // and what comes after it finds that it was stopped
    }

    private async Task RunAsync()
    {
        await _running.WaitAsync();
        try
        {
            if (_stopped) return;
            var now = context.Clock.GetUtcNow();
            foreach (var action in _actions.Read().Where(action => action.NextDue <= now).OrderBy(action => action.NextDue)) await _scheduled.RunAsync(action, now);
            var minute = MinuteOf(now);
            if (minute != _looked)
            {
                _looked = minute;
                foreach (var policy in _policies.Read()) await _tracking.FollowAsync(policy, minute);
            }
            Arm();
        }
        finally
        {
            _running.Release();
        }
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
