using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.DynamoDb.Streams;

/// <summary>Trims as the clock passes, once an hour while there are streams: of those too to which nothing is added.</summary>
internal sealed class StreamTrimmer : IAsyncDisposable
{
    private readonly IStore _store;
    private readonly DueTimer _timer;
    private DateTimeOffset? _due;

    public StreamTrimmer(IStore store, EmulatorClock clock) => (_store, _timer) = (store, new(store, clock, Next, TrimAsync));

    /// <summary>Sets the timer if there is a stream. Called where one is enabled, at a start, and in a fork.</summary>
    public void Arm() => _timer.Arm();

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    /// <summary>An hour after the timer was first set; another stream does not put it off.</summary>
    private DateTimeOffset? Next(IReader reader, DateTimeOffset now) =>
        reader.Range(StreamSpace.Streams, KeyRange.All).Any() ? _due ??= now + StreamRetention.Pause : null;

    private async Task TrimAsync(DateTimeOffset now)
    {
        _due = null;
        await _store.WriteAsync(transaction =>
        {
            StreamRetention.TrimAll(transaction, now);
            return true;
        });
    }
}
