using Emulator.Lambda.Functions;
using Emulator.Lambda.Invocations;

namespace Emulator.Lambda.DotNet;

/// <summary>A function that is a method of a .NET assembly. When the assembly changes, invocations to come use the new one, those that run end with the old.</summary>
internal sealed class AssemblyCode : FunctionCode, IAsyncDisposable
{
    private readonly CodeSource _source;
    private readonly TimeProvider _time;
    private readonly bool _watch;
    private readonly Lock _lock = new();
    private Function? _function;
    private Task<LoadedHandler>? _loaded;
    private bool _disposed;

    public AssemblyCode(string? handler, CodeSource source, TimeProvider time, bool watch)
    {
        (Handler, _source, _time, _watch) = (handler ?? "", source, time, watch);
        _source.Changed += Reload;
    }

    public override string Handler { get; }

    public override string? Folder => _source.Folder;

    public override CodeDigest Digest => Loaded is { IsCompletedSuccessfully: true } loaded ? loaded.Result.Version.Digest : CodeDigest.None;

    /// <summary>What nobody has asked for yet counts as active, as it will be when somebody does.</summary>
    public override FunctionState State => Loaded switch
    {
        null or { IsCompletedSuccessfully: true } => FunctionState.Active,
        { IsFaulted: true, Exception.InnerException: { } problem } => FunctionState.Failed(problem.Message),
        _ => FunctionState.Creating,
    };

    private Task<LoadedHandler>? Loaded
    {
        get { lock (_lock) return _loaded; }
    }

    public void BelongTo(Function function) => _function = function;

    /// <summary>Begins to build and load, and does not wait.</summary>
    public void Warm() => _ = LoadedAsync().ContinueWith(static done => _ = done.Exception, TaskScheduler.Default);

    public override async ValueTask<FunctionInstance> AcquireAsync(InvocationLog log)
    {
        while (true)
        {
            var loaded = await LoadedAsync();
            if (await loaded.RentAsync(log) is { } instance) return instance;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<LoadedHandler>? loaded;
        lock (_lock) (loaded, _loaded, _disposed) = (_loaded, null, true);
        _source.Changed -= Reload;
        if (loaded is null) return;
        await loaded.ContinueWith(static done => _ = done.Exception, TaskScheduler.Default);
        if (loaded.IsCompletedSuccessfully) await loaded.Result.RetireAsync();
    }

    private Task<LoadedHandler> LoadedAsync()
    {
        lock (_lock)
        {
            if (_disposed) throw new FunctionUnavailableException("Emulator.Stopped", "The emulator was stopped.");
            if (_loaded is { IsFaulted: true } && !_watch) _loaded = null;
            return _loaded ??= Task.Run(LoadAsync);
        }
    }

    private async Task<LoadedHandler> LoadAsync()
    {
        try
        {
            return await LoadedHandler.LoadAsync(_function!, HandlerName.Parse(Handler), await _source.CurrentAsync(), _time);
        }
        catch (Exception problem) when (problem is not FunctionUnavailableException)
        {
            // An assembly that lacks another, a folder that cannot be written: an error of the function, not of the emulator.
            throw new FunctionUnavailableException(problem.GetType().Name, problem.Message, problem);
        }
    }

    private void Reload()
    {
        Task<LoadedHandler>? old;
        lock (_lock)
        {
            (old, _loaded) = (_loaded, null);
            if (old is null || _disposed) return;
        }
        _ = old.ContinueWith(static done =>
        {
            if (done.IsCompletedSuccessfully) _ = done.Result.RetireAsync();
            else _ = done.Exception;
        }, TaskScheduler.Default);
        Warm();
    }
}
