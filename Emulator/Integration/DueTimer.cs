using Emulator.Storage;

namespace Emulator.Integration;

/// <summary>Wakes up for what the store has due.</summary>
/// <remarks>All that is due follows from the store: the timer holds nothing of its own, and is armed only while something is to come.</remarks>
/// <param name="next">When the next thing is due that the store holds, seen from now; null where nothing is.</param>
/// <param name="run">Does what is due by now; one run at a time.</param>
internal sealed class DueTimer(IStore store, EmulatorClock clock, Func<IReader, DateTimeOffset, DateTimeOffset?> next, Func<DateTimeOffset, Task> run) : IAsyncDisposable
{
    private readonly Lock _arming = new();
    private readonly SemaphoreSlim _running = new(1);
    private ITimer? _timer;
    private bool _stopped;

    /// <summary>Sets the timer to what is due next.</summary>
    /// <param name="atOnce">Something may have fallen due unseen: while no emulator ran.</param>
    public void Arm(bool atOnce = false)
    {
        lock (_arming)
        {
            if (_stopped) return;
            var now = clock.GetUtcNow();
            DateTimeOffset? due;
            using (var snapshot = store.Snapshot()) due = next(snapshot, now);
            if (due is not { } at)
            {
                _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }
            // The clock promises that what is due has been done when Advance returns: so the timer's caller waits.
            _timer ??= clock.CreateTimer(_ => RunAsync().GetAwaiter().GetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(atOnce || at < now ? TimeSpan.Zero : at - now, Timeout.InfiniteTimeSpan);
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

    private async Task RunAsync()
    {
        await _running.WaitAsync();
        try
        {
            if (_stopped) return;
            await run(clock.GetUtcNow());
        }
        finally
        {
            _running.Release();
        }
        Arm();
    }
}
