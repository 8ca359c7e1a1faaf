using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Emulator.Lambda.DotNet;

/// <summary>What lies in a folder: to be hashed, or copied.</summary>
internal static class FolderContent
{
    /// <summary>Larger files count by size and time, not by their bytes.</summary>
    private const long HashedBytes = 4 * 1024 * 1024;

    /// <summary>Whether a path below a project's folder is what tools write there, not what people do.</summary>
    public static bool IsOutput(string relativePath) =>
        relativePath.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)
            .Any(part => part is "bin" or "obj" or "node_modules" or "TestResults" || (part.Length > 1 && part[0] == '.' && part is not ".editorconfig" and not ".."));

    /// <summary>The sources below a folder, in order.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Files(folder, skipOutput: true).Order(StringComparer.Ordinal);

    /// <summary>All files below a folder, in order.</summary>
    public static IEnumerable<string> All(string folder) => Files(folder, skipOutput: false).Order(StringComparer.Ordinal);

    /// <summary>A hash of names and bytes.</summary>
    public static string Hash(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\n"));
            try
            {
                var file = new FileInfo(path);
                if (!file.Exists) continue;
                hash.AppendData(file.Length > HashedBytes ? Encoding.UTF8.GetBytes(Stamp(file)) : File.ReadAllBytes(path));
            }
            catch (IOException) { } // being written: a change that will be told
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A hash of names, sizes and times.</summary>
    public static string HashOfTimes(IEnumerable<string> files) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files.Select(path => $"{path} {Stamp(new FileInfo(path))}")))));

    public static void Copy(string from, string to)
    {
        foreach (var path in All(from))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target, overwrite: true);
        }
    }

    private static string Stamp(FileInfo file) => file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "-";

    private static IEnumerable<string> Files(string folder, bool skipOutput)
    {
        if (!Directory.Exists(folder)) return [];
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.System };
        return Directory.EnumerateFiles(folder, "*", options)
            .Concat(Directory.EnumerateDirectories(folder, "*", options)
                .Where(inner => !(skipOutput && IsOutput(Path.GetFileName(inner))) && new DirectoryInfo(inner).LinkTarget is null)
                .SelectMany(inner => Files(inner, skipOutput)));
    }
}
