using System.Text.RegularExpressions;
using Emulator.S3.Control;
using NUnit.Framework;

namespace Emulator.Tests.S3.Control;

internal sealed partial class ReadmeTests
{
    [Test]
    public void The_operations_of_the_README_are_those_of_the_table() =>
        Assert.That(Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Emulator/S3/Control/README.md"))).Select(row => row.Groups[1].Value), Is.EqualTo(S3ControlOperations.Table.Names));

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html")]
    public void No_operation_is_both_built_and_refused() => Assert.That(S3ControlOperations.Table.NotBuiltNames.Overlaps(S3ControlOperations.Table.Names), Is.False);

    [GeneratedRegex(@"^\| ([A-Z]\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
