using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Emulator.Tests;

/// <summary>The rules that keep the structure: each failure names the offending line.</summary>
internal sealed partial class ArchitectureTests
{
    private static readonly string[] Slices = ["S3", "DynamoDb", "ApplicationAutoScaling", "Cognito", "ApiGateway", "Lambda", "Kms"];

    [Test]
    public void A_slice_references_no_other_slice() =>
        Assert.That(
            from slice in Slices
            from line in Lines($"Emulator/{slice}")
            from other in Slices
            where other != slice && Regex.IsMatch(line.Text, $@"\bEmulator\.{other}\b")
            select line.ToString(), Is.Empty);

    [Test]
    public void What_lies_below_the_slices_references_none_of_them() =>
        Assert.That(
            from folder in new[] { "Protocols", "Storage", "SigV4", "Iam", "Integration", "Configuration" }
            from line in Lines($"Emulator/{folder}")
            from slice in Slices
            where Regex.IsMatch(line.Text, $@"using Emulator\.{slice}\b")
            select line.ToString(), Is.Empty);

    [Test]
    public void Time_and_chance_come_from_the_host() =>
        Assert.That(
            from line in Lines("Emulator")
            where TimeOrChance().IsMatch(line.Text) && !ChanceItself.Contains(line.Path)
            select line.ToString(), Is.Empty);

    [Test]
    public void Only_the_entry_knows_the_host() =>
        Assert.That(
            from line in Lines("Emulator")
            where Regex.IsMatch(line.Text, @"using Emulator\.Hosting\b") && line.Path.Count(c => c == '/') > 1 && !line.Path.StartsWith("Emulator/Hosting/", StringComparison.Ordinal)
            select line.ToString(), Is.Empty);

    // The one source, and the names of body files, which must differ from run to run although a seed repeats.
    private static readonly string[] ChanceItself = ["Emulator/Identifiers/IdSource.cs", "Emulator/Storage/BodyFiles.cs", "Emulator/Storage/DiskBodies.cs"];

    [Test]
    public void No_state_is_static() =>
        Assert.That(
            from line in Lines("Emulator")
            where MutableStatic().IsMatch(line.Text)
            select line.ToString(), Is.Empty);

    private static IEnumerable<SourceLine> Lines(string folder) =>
        from path in Repository.Sources(folder)
        from line in File.ReadLines(path).Select((text, index) => new SourceLine(Repository.Relative(path), index + 1, text))
        where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select line;

    private readonly record struct SourceLine(string Path, int Number, string Text)
    {
        public override string ToString() => $"{Path}({Number}): {Text.Trim()}";
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bStopwatch\b|\bTask\.Delay\(\s*[^,()]+(\([^()]*\))?\s*\)|\bThread\.Sleep\b|\bGuid\.NewGuid\b|\bRandom\.Shared\b|\bnew Random\(|\bEnvironment\.TickCount|\bRandomNumberGenerator\b")]
    private static partial Regex TimeOrChance();

    // A static field that is neither readonly nor const, or a static property with a setter.
    [GeneratedRegex(@"^\s*(public|internal|private|protected)\s+static\s+(?!readonly|extern|partial|async|class|implicit|explicit)[\w<>\[\],.? ]+\s+\w+\s*(=[^>]|;|\{[^}]*\bset;)")]
    private static partial Regex MutableStatic();
}
