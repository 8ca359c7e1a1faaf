namespace Emulator.Lambda.DotNet;

/// <summary>Tells that something in some folders has changed, once it is quiet again.</summary>
internal sealed class FolderWatcher : IDisposable
{
    /// <summary>Editors and compilers write a file in several steps, and several files.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly ITimer _timer;

    public FolderWatcher(IEnumerable<string> folders, TimeProvider time, Action changed)
    {
        _timer = time.CreateTimer(_ => changed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            foreach (var folder in folders.Where(Directory.Exists)) _watchers.Add(Start(folder));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers) watcher.Dispose();
        _timer.Dispose();
    }

    /// <exception cref="IOException">The system watches no more.</exception>
    private FileSystemWatcher Start(string folder)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Changed += (_, change) => OnChange(folder, change.FullPath);
        watcher.Created += (_, change) => OnChange(folder, change.FullPath);
        watcher.Deleted += (_, change) => OnChange(folder, change.FullPath);
        watcher.Renamed += (_, change) => OnChange(folder, change.FullPath);
        watcher.Error += (_, _) => Touch(); // events were lost: look
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void OnChange(string folder, string path)
    {
        if (!FolderContent.IsOutput(Path.GetRelativePath(folder, path))) Touch();
    }

    private void Touch() => _timer.Change(Quiet, Timeout.InfiniteTimeSpan);
}
