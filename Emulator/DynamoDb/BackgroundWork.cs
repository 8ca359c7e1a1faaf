using System.Collections.Concurrent;

namespace Emulator.DynamoDb;

/// <summary>Work that may go on after the request that asked for it is answered. It lives as long as the process: what its end interrupts has failed.</summary>
internal sealed class BackgroundWork(TimeProvider clock) : IAsyncDisposable
{
    /// <summary>How long a request waits for it, so that what is small is done when it is answered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Task> _running = new();
    private CancellationTokenSource? _stopping;

    public bool IsRunning(string id) => _running.ContainsKey(id);

    /// <summary>Begins work and waits until it is done, or for a while. The work must not throw.</summary>
    public async ValueTask RunAsync(string id, Func<CancellationToken, Task> work)
    {
        if (_stopping is null) Interlocked.CompareExchange(ref _stopping, new(), null);
        var started = new TaskCompletionSource();
        var task = RunAsync(id, work, started.Task, _stopping.Token);
        _running[id] = task;
        started.SetResult();
        using var enough = new CancellationTokenSource();
        await Task.WhenAny(task, Task.Delay(Patience, clock, enough.Token));
        await enough.CancelAsync();
    }

    private async Task RunAsync(string id, Func<CancellationToken, Task> work, Task started, CancellationToken stopping)
    {
        await started.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await work(stopping);
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping is null) return;
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }
}
