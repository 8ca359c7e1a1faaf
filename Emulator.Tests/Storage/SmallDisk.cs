using System.Diagnostics;
using Emulator.Tests.Clients;

namespace Emulator.Tests.Storage;

/// <summary>A file system of a few megabytes in memory. To mount it takes root: elsewhere its tests are skipped, and fail where CI=true.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk() { }

    public string Path => _folder.Path;

    private string Filler => _folder["filler"];

    public static SmallDisk Mount(int megabytes)
    {
        var disk = new SmallDisk();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path) is not { } failure) return disk;
        disk._folder.Dispose();
        throw Client.Missing($"A small file system cannot be mounted here: {failure}");
    }

    /// <summary>Leaves room for so many bytes only.</summary>
    public void Fill(long leave = 0)
    {
        using var filler = new FileStream(Filler, FileMode.Append);
        var block = new byte[4096];
        try
        {
            while (new DriveInfo(Path).AvailableFreeSpace > leave)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Not another block.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", Path);
        _folder.Dispose();
    }

    /// <summary>null, or what went wrong.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            return absent.Message;
        }
    }
}
