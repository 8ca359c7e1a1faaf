using System.Security.Cryptography;
using System.Text;
using Emulator.Lambda.Functions;

namespace Emulator.Lambda.DotNet;

/// <summary>Keeps the copies from which code is loaded: one folder a version, never changed, so that the original can be built anew while the copy runs.</summary>
internal sealed class CodeFolders(string root, TimeProvider time)
{
    /// <summary>Copies that another process may still load from are let be.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <param name="main">The assembly whose size and hash describe the function's code.</param>
    public CodeVersion Copy(string source, string main)
    {
        var digest = Digest(main);
        var home = Path.Combine(root, Name(source, main));
        var folder = Path.Combine(home, FolderContent.HashOfTimes(FolderContent.All(source))[..32]);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(home);
            RemoveOld(home);
            var unfinished = $"{folder}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
            FolderContent.Copy(source, unfinished);
            try
            {
                Directory.Move(unfinished, folder);
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                Directory.Delete(unfinished, recursive: true); // another was faster, with the same content
            }
        }
        return new(folder, digest);
    }

    private static CodeDigest Digest(string main)
    {
        using var file = File.OpenRead(main);
        return new(file.Length, Convert.ToBase64String(SHA256.HashData(file)));
    }

    private void RemoveOld(string home)
    {
        foreach (var old in Directory.EnumerateDirectories(home))
        {
            if (time.GetUtcNow() - Directory.GetLastWriteTimeUtc(old) < KeptFor) continue;
            try
            {
                Directory.Delete(old, recursive: true);
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException) { }
        }
    }

    /// <summary>A readable name that two sources do not share.</summary>
    private static string Name(string source, string main) =>
        $"{Path.GetFileNameWithoutExtension(main)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..12]}";
}
