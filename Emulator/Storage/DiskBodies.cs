using System.Runtime.InteropServices;
using System.Text;
using Emulator.Configuration;
using Microsoft.Win32.SafeHandles;

namespace Emulator.Storage;

/// <summary>Bodies as files of a folder, in 256 folders by the end of their ids.</summary>
/// <remarks>A body is written under its own name: nobody knows the id before its row commits, and what a crash cuts short no row names.</remarks>
internal sealed class DiskBodies(string folder, Durability durability) : BodyFiles
{
    public override BodyWriter Create(string id)
    {
        if (!IsId(id)) throw NoId(id);
        return new Writer(this, id);
    }

    public override Stream OpenRead(string id, long offset = 0)
    {
        if (!IsId(id)) throw NotFound(id);
        try
        {
            // Who deletes it meanwhile may, on Windows too.
            var handle = File.OpenHandle(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return new FileBodyStream(new SharedFile(handle), RandomAccess.GetLength(handle), offset);
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(id);
        }
    }

    public override int Sweep(IReader rows)
    {
        if (!Directory.Exists(folder)) return 0;
        var removed = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var id = Path.GetFileName(file);
            if (IsOfThisRun(id) || BodyReferences.Contains(rows, id)) continue;
            File.Delete(file);
            removed++;
        }
        return removed;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Remove(string id)
    {
        if (!IsId(id)) return;
        try
        {
            File.Delete(PathOf(id));
        }
        catch (DirectoryNotFoundException)
        {
            // Nor is there the body.
        }
    }

    private string PathOf(string id) => Path.Combine(folder, id[^2..], id);

    private SafeFileHandle CreateFile(string id)
    {
        var path = PathOf(id);
        var parent = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(parent))
        {
            Directory.CreateDirectory(parent);
            if (durability == Durability.Power) DirectoryEntries.Flush(folder);
            if (durability == Durability.Power) DirectoryEntries.Flush(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        }
        return File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
    }

    private void MakeDurable(string id, SafeFileHandle file)
    {
        if (durability != Durability.Power) return;
        RandomAccess.FlushToDisk(file);
        DirectoryEntries.Flush(Path.GetDirectoryName(PathOf(id))!);
    }

    private sealed class Writer(DiskBodies bodies, string id) : BodyWriter(id)
    {
        private SafeFileHandle? _file;

        private SafeFileHandle File => _file ??= bodies.CreateFile(Id);

        protected override void Drain(ReadOnlyMemory<byte> full, long offset) => RandomAccess.Write(File, full.Span, offset);

        protected override ValueTask DrainAsync(ReadOnlyMemory<byte> full, long offset, CancellationToken cancelled) => RandomAccess.WriteAsync(File, full, offset, cancelled);

        protected override ValueTask FinishAsync(ReadOnlyMemory<byte> rest, long offset, CancellationToken cancelled)
        {
            Drain(rest, offset);
            bodies.MakeDurable(Id, File);
            File.Dispose();
            return default;
        }

        protected override void Abandon()
        {
            if (_file is null) return;
            _file.Dispose();
            bodies.Remove(Id);
        }
    }
}

/// <summary>Makes the entries of a directory survive a power cut: on Unix a file's own sync leaves its name behind, on Windows the file system's journal has it.</summary>
internal static class DirectoryEntries
{
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open([.. Encoding.UTF8.GetBytes(directory), 0], 0);
        if (descriptor < 0) throw new StoreException($"The folder {directory} cannot be synced (error {Marshal.GetLastPInvokeError()}).");
        var result = Sync(descriptor);
        _ = Close(descriptor);
        if (result != 0) throw new StoreException($"The folder {directory} cannot be synced.");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
