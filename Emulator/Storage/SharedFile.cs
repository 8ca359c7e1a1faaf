using Microsoft.Win32.SafeHandles;

namespace Emulator.Storage;

/// <summary>An open file with several users; the last one closes it.</summary>
internal sealed class SharedFile(SafeFileHandle handle)
{
    private int _users = 1;

    public SafeFileHandle Handle => handle;

    public bool TryAddUser()
    {
        for (var users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users) return true;
        }
        return false;
    }

    public void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) == 0) handle.Dispose();
    }

    /// <summary>A file that is gone when it is closed, even by the death of the process: nothing is left to clean up.</summary>
    public static SharedFile CreateTemporary()
    {
        var path = Path.Combine(Path.GetTempPath(), $"emulator-body-{Path.GetRandomFileName()}");
        if (OperatingSystem.IsWindows()) return new(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.Asynchronous | FileOptions.DeleteOnClose));
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.Asynchronous);
        File.Delete(path); // the open file stays
        return new(handle);
    }
}

/// <summary>A reader of a file, which it is a user of.</summary>
internal sealed class FileBodyStream(SharedFile file, long length, long offset) : BodyStream(length, offset)
{
    /// <summary>What is short is read at once: it is in the system's memory almost always, and another thread costs more than the read.</summary>
    private const int ReadAtOnce = 64 * 1024;

    private SharedFile? _file = file;

    private SafeFileHandle Handle => (_file ?? throw new ObjectDisposedException(nameof(FileBodyStream))).Handle;

    protected override int ReadAt(Span<byte> buffer, long position) => RandomAccess.Read(Handle, buffer, position);

    protected override ValueTask<int> ReadAtAsync(Memory<byte> buffer, long position, CancellationToken cancelled)
    {
        if (buffer.Length > ReadAtOnce) return RandomAccess.ReadAsync(Handle, buffer, position, cancelled);
        cancelled.ThrowIfCancellationRequested();
        return new(RandomAccess.Read(Handle, buffer.Span, position));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Interlocked.Exchange(ref _file, null)?.RemoveUser();
        base.Dispose(disposing);
    }
}
