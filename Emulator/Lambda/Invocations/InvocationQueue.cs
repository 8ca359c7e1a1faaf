using Emulator.Lambda.Functions;
using Emulator.Protocols;

namespace Emulator.Lambda.Invocations;

/// <summary>Asynchronous invocations: events that are run in the background, and again where the function fails.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html</remarks>
/// <param name="find">The function as it is when the event runs; null where it is no longer there.</param>
internal sealed class InvocationQueue(Invoker invoker, EmulatorClock clock, Func<string, Function?> find) : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _slots = new(LambdaLimits.ConcurrentEvents);
    private readonly HashSet<Event> _waiting = [];
    private TaskCompletionSource? _idle;
    private long _bytes;
    private int _active;
    private bool _stopped;

    /// <summary>Events that run, are about to run, or wait for another try.</summary>
    public int Count
    {
        get { lock (_lock) return _active + _waiting.Count; }
    }

    /// <exception cref="AwsException">Too many events wait.</exception>
    public void Add(string function, Invocation invocation)
    {
        var queued = new Event(function, invocation, clock.GetUtcNow());
        lock (_lock)
        {
            if (_stopped || _bytes + queued.Bytes > LambdaLimits.QueuedBytes) throw LambdaErrors.TooManyRequests();
            _bytes += queued.Bytes;
        }
        Start(queued);
    }

    /// <summary>Completes when nothing runs or is about to run. What waits for its next try is waiting for the clock.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock) return _active == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stopped = true;
            foreach (var waiting in _waiting) waiting.Timer?.Dispose();
            _waiting.Clear();
        }
        try
        {
            await WhenIdleAsync().WaitAsync(DrainTime, clock.MachineClock);
        }
        catch (TimeoutException) { } // a function that does not end does not keep the emulator from ending
    }

    private void Start(Event queued)
    {
        lock (_lock)
        {
            if (_waiting.Remove(queued)) queued.Timer?.Dispose();
            else if (_stopped) return;
            _active++;
        }
        // The caller's context (its request, its console) is not the event's.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(() => RunAsync(queued));
    }

    private async Task RunAsync(Event queued)
    {
        await _slots.WaitAsync();
        TimeSpan? again = null;
        try
        {
            if (find(queued.Function) is { } function) again = NextTry(queued, await OutcomeAsync(function, queued));
        }
        finally
        {
            _slots.Release();
            Finish(queued, again);
        }
    }

    private async Task<Outcome> OutcomeAsync(Function function, Event queued)
    {
        try
        {
            var result = await invoker.InvokeAsync(function, queued.Invocation);
            return result.FunctionError is null ? Outcome.Done : Outcome.Failed;
        }
        catch (AwsException)
        {
            return Outcome.Throttled;
        }
    }

    /// <summary>How long until the event is tried again; null: it is done with.</summary>
    private TimeSpan? NextTry(Event queued, Outcome outcome)
    {
        TimeSpan? wait = outcome switch
        {
            // One minute, then two.
            Outcome.Failed when queued.Failures < LambdaLimits.AsynchronousRetries => TimeSpan.FromMinutes(++queued.Failures),
            // From one second up to five minutes.
            Outcome.Throttled => TimeSpan.FromSeconds(Math.Min(300, 1 << Math.Min(queued.Throttles++, 9))),
            _ => null,
        };
        return wait is { } time && clock.GetUtcNow() + time - queued.Since <= LambdaLimits.MaximumEventAge ? wait : null;
    }

    private void Finish(Event queued, TimeSpan? again)
    {
        lock (_lock)
        {
            if (again is { } wait && !_stopped)
            {
                _waiting.Add(queued);
                queued.Timer = clock.CreateTimer(_ => Start(queued), null, wait, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _bytes -= queued.Bytes;
            }
            if (--_active > 0) return;
            _idle?.TrySetResult();
            _idle = null;
        }
    }

    private enum Outcome { Done, Failed, Throttled }

    private sealed class Event(string function, Invocation invocation, DateTimeOffset since)
    {
        public string Function { get; } = function;
        public Invocation Invocation { get; } = invocation;
        public DateTimeOffset Since { get; } = since;
        public long Bytes { get; } = invocation.Payload.Length + 1024;
        public int Failures { get; set; }
        public int Throttles { get; set; }
        public ITimer? Timer { get; set; }
    }
}
