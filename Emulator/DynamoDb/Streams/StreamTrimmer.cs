using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>Trims as the clock passes, once an hour while there are streams: of those too to which nothing is added.</summary>
internal sealed class StreamTrimmer(IStore store, EmulatorClock clock) : IDisposable
{
    private readonly Lock _arming = new();
    private ITimer? _timer;
    private bool _isArmed, _stopped;

    /// <summary>Sets the timer if there is a stream. Called where one is enabled, at a start, and in a fork.</summary>
    public void Arm()
    {
        lock (_arming)
        {
            if (_stopped || _isArmed || !HasStreams()) return;
            _isArmed = true;
            // The clock promises that what is due has been done when Advance returns: so the timer's caller waits.
            _timer ??= clock.CreateTimer(_ => Trim(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(StreamRetention.Pause, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_arming)
        {
            _stopped = true;
            _timer?.Dispose();
        }
    }

    private bool HasStreams()
    {
        using var snapshot = store.Snapshot();
        return snapshot.Range(StreamSpace.Streams, KeyRange.All).Any();
    }

    private void Trim()
    {
        lock (_arming)
        {
            if (_stopped) return;
            _isArmed = false;
        }
        var now = clock.GetUtcNow();
        store.WriteAsync(transaction =>
        {
            StreamRetention.TrimAll(transaction, now);
            return true;
        }).AsTask().GetAwaiter().GetResult();
        Arm();
    }
}
