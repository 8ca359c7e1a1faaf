using System.Diagnostics;
using Emulator.Lambda.Functions;
using Emulator.Tracing;

namespace Emulator.Lambda.Invocations;

/// <summary>The one way of an invocation, whatever the function is made of and however the call came: concurrency, code, timeout, log, outcome.</summary>
internal sealed class Invoker(EmulatorClock clock)
{
    private int _running;

    /// <exception cref="Protocols.AwsException">Too many executions run.</exception>
    public async Task<InvocationResult> InvokeAsync(Function function, Invocation invocation)
    {
        if (Interlocked.Increment(ref _running) > LambdaLimits.ConcurrentExecutions)
        {
            Interlocked.Decrement(ref _running);
            throw LambdaErrors.TooManyRequests();
        }
        try
        {
            var log = new InvocationLog(function.Log, invocation.RequestId, invocation.Tail);
            return await AcquireAsync(function, log) is var (instance, problem) && instance is not null
                ? await RunAsync(function, invocation, instance, log)
                : Unavailable(function, log, problem!);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static async ValueTask<(FunctionInstance? Instance, FunctionUnavailableException? Problem)> AcquireAsync(Function function, InvocationLog log)
    {
        try
        {
            return (await function.Code.AcquireAsync(log), null);
        }
        catch (FunctionUnavailableException problem)
        {
            return (null, problem);
        }
    }

    private async Task<InvocationResult> RunAsync(Function function, Invocation invocation, FunctionInstance instance, InvocationLog log)
    {
        log.Start();
        var context = new LambdaContext(function, invocation, log, clock.MachineClock);
        var init = instance.InitDuration;
        var started = clock.MachineClock.GetTimestamp();
        // On the thread pool, since a function that blocks must not keep its caller from the timeout.
        var run = Task.Run(async () =>
        {
            using var cause = CauseScope.Enter(invocation.Cause);
            return await instance.RunAsync(invocation.Payload, context);
        });
        try
        {
            await run.WaitAsync(Debugger.IsAttached ? Timeout.InfiniteTimeSpan : function.Settings.Timeout, clock.MachineClock);
        }
        catch when (run.IsCompleted) { } // its own error: read below
        catch (TimeoutException)
        {
            return TimedOut(function, invocation, instance, log, run);
        }
        context.End();
        instance.Release(reusable: true);
        var (payload, error) = Outcome(run, log);
        log.End(new(clock.MachineClock.GetElapsedTime(started), init, function.Settings.MemorySizeMb, null));
        return new(payload, error, log.Tail());
    }

    private static (ReadOnlyMemory<byte> Payload, string? Error) Outcome(Task<ReadOnlyMemory<byte>> run, InvocationLog log)
    {
        if (run.IsCompletedSuccessfully)
        {
            return run.Result.Length <= LambdaLimits.ResponseBytes ? (run.Result, null) : (ErrorDocument.ResponseTooLarge(), "Unhandled");
        }
        var exception = run.Exception?.InnerException ?? new TaskCanceledException(run);
        log.Write("fail", exception.ToString());
        return (ErrorDocument.Of(exception), "Unhandled");
    }

    private static InvocationResult TimedOut(Function function, Invocation invocation, FunctionInstance instance, InvocationLog log, Task run)
    {
        // In AWS the execution environment ends here. A delegate or an assembly cannot be stopped: it runs on unheard, and its instance is not used again.
        _ = run.ContinueWith(static (finished, instance) =>
        {
            _ = finished.Exception;
            ((FunctionInstance)instance!).Release(reusable: false);
        }, instance, TaskScheduler.Default);
        var timeout = function.Settings.Timeout;
        log.Raw($"{log.Timestamp} {invocation.RequestId} {ErrorDocument.TimedOutText(timeout)}\n");
        log.End(new(timeout, instance.InitDuration, function.Settings.MemorySizeMb, "timeout"));
        return new(ErrorDocument.TimedOut(invocation.RequestId, timeout), "Unhandled", log.Tail());
    }

    private static InvocationResult Unavailable(Function function, InvocationLog log, FunctionUnavailableException problem)
    {
        log.Start();
        log.Write("fail", (problem.InnerException ?? problem).ToString());
        log.End(new(TimeSpan.Zero, null, function.Settings.MemorySizeMb, "error"));
        // What a constructor threw is answered as if the handler had thrown it, as AWS does.
        return new(ErrorDocument.Of(problem.InnerException ?? problem), "Unhandled", log.Tail());
    }
}
