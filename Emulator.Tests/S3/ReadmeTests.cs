using System.Text.RegularExpressions;
using Emulator.S3;
using NUnit.Framework;

namespace Emulator.Tests.S3;

internal sealed partial class ReadmeTests
{
    [Test]
    public void The_operations_of_the_README_are_those_of_the_table() =>
        Assert.That(Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Emulator/S3/README.md"))).Select(row => row.Groups[1].Value), Is.EqualTo(S3Operations.Table.Names));

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html")]
    public void No_operation_is_both_built_and_refused() => Assert.That(S3Operations.Table.NotBuiltNames.Overlaps(S3Operations.Table.Names), Is.False);

    [GeneratedRegex(@"^\| ([A-Z]\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
