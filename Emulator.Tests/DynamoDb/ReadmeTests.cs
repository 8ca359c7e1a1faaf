using System.Text.RegularExpressions;
using Emulator.DynamoDb;
using Emulator.DynamoDb.Streams;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb;

internal sealed partial class ReadmeTests
{
    [Test]
    public void The_operations_of_the_README_are_those_of_the_tables() =>
        Assert.That(Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Emulator/DynamoDb/README.md"))).Select(row => row.Groups[1].Value), Is.EqualTo(DynamoDbOperations.Table.Names.Concat(StreamsOperations.Table.Names)));

    [GeneratedRegex(@"^\| ([A-Z]\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
