namespace Emulator.S3.Upstream;

/// <summary>Ends the wait for a server that keeps silent. The time that its client takes does not count.</summary>
internal sealed class Patience : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _both;

    /// <param name="cancelled">The client's going away.</param>
    public Patience(TimeSpan limit, TimeProvider clock, CancellationToken cancelled)
    {
        _limit = limit;
        _silence = new(Timeout.InfiniteTimeSpan, clock);
        _both = CancellationTokenSource.CreateLinkedTokenSource(cancelled, _silence.Token);
    }

    /// <summary>Cancelled when the server has kept silent for too long, or the client has gone.</summary>
    public CancellationToken Token => _both.Token;

    public bool IsOver => _silence.IsCancellationRequested;

    public TimeSpan Limit => _limit;

    /// <summary>It is the server's turn.</summary>
    public void Begin() => _silence.CancelAfter(_limit);

    /// <summary>It is the client's turn.</summary>
    public void Pause() => _silence.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _both.Dispose();
        _silence.Dispose();
    }
}
