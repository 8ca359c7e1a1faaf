namespace Emulator.Lambda.DotNet;

/// <summary>Where a function's assemblies come from: a folder of them, or a project to be built. Functions that name the same one share it.</summary>
internal abstract class CodeSource(CodeFolders folders, TimeProvider time, bool watch, Action<string>? progress) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<CodeVersion>? _current;
    private FolderWatcher? _watcher;
    private string? _fingerprint;
    private bool _disposed;

    /// <summary>There is a newer version; <see cref="CurrentAsync"/> makes it ready.</summary>
    public event Action? Changed;

    /// <summary>The folder that the user knows.</summary>
    public abstract string Folder { get; }

    protected CodeFolders Folders { get; } = folders;

    protected TimeProvider Time { get; } = time;

    protected Action<string>? Progress { get; } = progress;

    /// <summary>Waits until the present version is ready to be loaded.</summary>
    public Task<CodeVersion> CurrentAsync()
    {
        lock (_lock)
        {
            // What failed is tried again when something changes, or, where nobody watches, when somebody asks.
            if (_current is { IsFaulted: true } && !watch) _current = null;
            return _current ??= Task.Run(MakeAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        _watcher?.Dispose();
        await _stop.CancelAsync();
        if (_current is { } current) await current.ContinueWith(static done => _ = done.Exception, TaskScheduler.Default);
        _stop.Dispose();
    }

    /// <summary>What the version depends on, as one string that differs when it does.</summary>
    protected abstract string Fingerprint();

    /// <summary>Builds and copies what <see cref="Fingerprint"/> saw.</summary>
    protected abstract Task<CodeVersion> MakeAsync(string fingerprint, CancellationToken stopped);

    /// <summary>The folders in which a change may matter.</summary>
    protected abstract IEnumerable<string> Watched();

    private async Task<CodeVersion> MakeAsync()
    {
        Watch();
        // Taken before the work: what changes meanwhile is seen by the watcher and made once more.
        var fingerprint = Fingerprint();
        lock (_lock) _fingerprint = fingerprint;
        return await MakeAsync(fingerprint, _stop.Token);
    }

    private void Watch()
    {
        lock (_lock)
        {
            if (!watch || _watcher is not null || _stop.IsCancellationRequested) return;
            try
            {
                _watcher = new FolderWatcher(Watched(), Time, OnTouched);
            }
            catch (IOException problem)
            {
                Progress?.Invoke($"Changes in {Folder} are not noticed: {problem.Message}"); // the system's limit of watchers is reached
            }
        }
    }

    private void OnTouched()
    {
        var fingerprint = Fingerprint();
        lock (_lock)
        {
            if (_current is null || fingerprint == _fingerprint || _stop.IsCancellationRequested) return;
            _current = null;
        }
        Changed?.Invoke();
    }
}

/// <summary>A folder of assemblies that nobody changes any more.</summary>
internal sealed record CodeVersion(string Folder, Functions.CodeDigest Digest);
