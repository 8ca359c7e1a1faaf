using System.Text.RegularExpressions;
using Emulator.ApplicationAutoScaling;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

internal sealed partial class ReadmeTests
{
    [Test]
    public void The_operations_of_the_README_are_those_of_the_table() =>
        Assert.That(Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Emulator/ApplicationAutoScaling/README.md"))).Select(row => row.Groups[1].Value), Is.EqualTo(ApplicationAutoScalingOperations.Table.Names));

    [Test]
    [Source("https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html")]
    public void Each_operation_has_the_action_of_its_name() =>
        Assert.That(ApplicationAutoScalingOperations.Table.Names.Select(ApplicationAutoScalingOperations.Table.ActionOf), Is.EqualTo(ApplicationAutoScalingOperations.Table.Names.Select(name => $"application-autoscaling:{name}")));

    [GeneratedRegex(@"^\| ([A-Z]\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
