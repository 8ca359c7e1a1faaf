namespace Emulator.Tests;

/// <summary>The checkout that the tests were built from, for tests that read the sources.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The product's sources, without what a build makes.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Emulator.slnx"))) return folder;
        }
        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
