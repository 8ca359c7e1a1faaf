using System.Text;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>A tree of files whose names are hard to carry: what a file system may hold and a URL, a query, XML or a shell may spoil.</summary>
internal static class OddTree
{
    /// <summary>More than what each client sends in one piece.</summary>
    public const int LargeBytes = 9 * 1024 * 1024;

    private static readonly string[] Names =
    [
        "plain.txt", "a b/c  d.txt", " leading", "trailing ", "ends.dot.", "plus+plus/1+1=2.txt", "per%cent/50%25 %41.txt", "%2F",
        "composed/\u00e9\uac00.txt", "decomposed/e\u0301\u1100\u1161.txt", "emoji-\U0001F3AC/\U0001F469\u200D\U0001F469\u200D\U0001F467.txt", "\u00a0space", "\u200bnothing",
        ".hidden", ".folder/.keep", "..two", "a..b", "...", "quote's.txt", "double\"quote.txt", "amp&amp;/<tag>.txt", "question?.txt", "star*.txt", "back\\slash.txt", "colon:.txt",
        "hash#1.txt", "semi;x,comma.txt", "brackets[1](2){3}.txt", "~tilde", "$HOME `x` !", "-dash", "@at", "=", "|pipe^", "new\nline.txt", "tab\tname.txt", "carriage\rreturn.txt",
        new string('x', 230), new string('\u3131', 80), string.Join('/', Enumerable.Repeat(new string('d', 200), 4)) + "/deep",
    ];

    /// <summary>The names of those files that this machine's file system can hold, with <c>/</c> between folders.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Names.Where(CanBe), "empty", "large.bin"];

    /// <summary>Writes the tree and returns its folder.</summary>
    public static string Write(string folder)
    {
        foreach (var name in Files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, name switch { "empty" => [], "large.bin" => Large(), _ => Encoding.UTF8.GetBytes($"body of {name}") });
        }
        return folder;
    }

    /// <summary>Fails where a tree differs in a name or a byte.</summary>
    public static void IsSame(string folder, string other) => Assert.Multiple(() =>
    {
        Assert.That(NamesIn(other), Is.EqualTo(NamesIn(folder)));
        foreach (var name in NamesIn(folder).Where(name => File.Exists(Path.Combine(other, name))))
        {
            Assert.That(File.ReadAllBytes(Path.Combine(folder, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(other, name))), $"{name} has the same bytes");
        }
    });

    public static IReadOnlyList<string> NamesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal)];

    private static byte[] Large()
    {
        var bytes = new byte[LargeBytes];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static bool CanBe(string name)
    {
        if (OperatingSystem.IsWindows()) return name.Length < 100 && name.All(c => c == '/' || !Path.GetInvalidFileNameChars().Contains(c)) && !name.EndsWith('.') && !name.EndsWith(' ');
        // macOS may change what is decomposed.
        return !OperatingSystem.IsMacOS() || name.IsNormalized();
    }
}
