using Emulator.Storage;

namespace Emulator.Integration;

/// <summary>Wakes up for what the store has due.</summary>
/// <remarks>All that is due follows from the store: the timer holds nothing of its own, and is armed only while something is to come.</remarks>
/// <param name="next">When the next thing is due that the store holds, seen from now; null where nothing is.</param>
/// <param name="run">Does what is due by now; one run at a time.</param>
internal sealed class DueTimer(IStore store, EmulatorClock clock, Func<IReader, DateTimeOffset, DateTimeOffset?> next, Func<DateTimeOffset, Task> run) : IAsyncDisposable
{
    /// <summary>When what the disk has no room for is tried again.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _arming = new();
    private readonly SemaphoreSlim _running = new(1);
    private ITimer? _timer;
    private DateTimeOffset? _wakesAt;
    private bool _stopped;

    /// <summary>Sets the timer to what is due next.</summary>
    /// <param name="atOnce">Something may have fallen due unseen: while no emulator ran.</param>
    public void Arm(bool atOnce = false)
    {
        lock (_arming)
        {
            if (_stopped) return;
            var now = clock.GetUtcNow();
            if (_wakesAt <= now) return; // and sees then what is due
            DateTimeOffset? due;
            using (var snapshot = store.Snapshot()) due = next(snapshot, now);
            if (due is not { } at)
            {
                _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _wakesAt = null;
                return;
            }
            WakeAfter(atOnce || at < now ? TimeSpan.Zero : at - now, now);
        }
    }

    /// <summary>Returns when no run is under way any more: the store may go.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_arming)
        {
            _stopped = true;
            _timer?.Dispose();
        }
        await _running.WaitAsync();
        _running.Release();
    }

    private void WakeAfter(TimeSpan time, DateTimeOffset now)
    {
        // The clock promises that what is due has been done when Advance returns: so the timer's caller waits.
        _timer ??= clock.CreateTimer(_ => RunAsync().GetAwaiter().GetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(time, Timeout.InfiniteTimeSpan);
        _wakesAt = now + time;
    }

    private async Task RunAsync()
    {
        await _running.WaitAsync();
        try
        {
            lock (_arming)
            {
                if (_stopped) return;
                _wakesAt = null;
            }
            await run(clock.GetUtcNow());
        }
        catch (Exception full) when (DiskFull.Is(full))
        {
            lock (_arming)
            {
                if (!_stopped) WakeAfter(RetryAfter, clock.GetUtcNow());
            }
            return;
        }
        finally
        {
            _running.Release();
        }
        Arm();
    }
}
