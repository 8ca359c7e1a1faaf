using System.Globalization;

namespace Emulator.Storage;

/// <summary>The folder in which one emulator keeps its state, held so that no other uses it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <summary>The database of <see cref="SqliteStore"/>.</summary>
    public string Store => System.IO.Path.Combine(Path, "store.db");

    /// <summary>The files of <see cref="DiskBodies"/>.</summary>
    public string Bodies => System.IO.Path.Combine(Path, "bodies");

    /// <summary>Takes the folder, which is made if it is not there. The system gives it back when this process ends, however it ends.</summary>
    /// <exception cref="StoreException">Another process (or emulator) has it.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var processFile = System.IO.Path.Combine(path, "process");
        try
        {
            Directory.CreateDirectory(path);
            var held = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            File.WriteAllText(processFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(path, held);
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            throw new StoreException($"The data folder {path} is in use by another emulator{Process(processFile)}. Stop that one, or choose another folder.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data folder {path} cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Removes what the emulator kept in a folder; false where there was nothing.</summary>
    /// <exception cref="StoreException">It is in use.</exception>
    public static bool Remove(string path)
    {
        if (!Directory.Exists(path)) return false;
        using var folder = Open(path);
        var files = Directory.GetFiles(folder.Path, "store.db*");
        foreach (var file in files) File.Delete(file);
        if (Directory.Exists(folder.Bodies)) Directory.Delete(folder.Bodies, recursive: true);
        return files.Length > 0;
    }

    public void Dispose() => _lock.Dispose();

    private static bool IsSharingViolation(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        : error.HResult is 11 or 35; // EWOULDBLOCK on Linux, on macOS

    private static string Process(string file)
    {
        try
        {
            return int.TryParse(File.ReadAllText(file), out var id) ? $" (process {id})" : "";
        }
        catch (IOException)
        {
            return ""; // only a courtesy
        }
    }
}
