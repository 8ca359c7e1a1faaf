using System.Text.RegularExpressions;
using Emulator.ApplicationAutoScaling;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

internal sealed partial class ReadmeTests
{
    [Test]
    public void The_operations_of_the_README_are_those_of_the_table() =>
        Assert.That(Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Emulator/ApplicationAutoScaling/README.md"))).Select(row => row.Groups[1].Value), Is.EqualTo(ApplicationAutoScalingOperations.Table.Names));

    [GeneratedRegex(@"^\| ([A-Z]\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
