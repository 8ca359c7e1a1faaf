using Emulator.Lambda;
using NUnit.Framework;

namespace Emulator.Tests.Lambda;

[Source("https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html")]
internal sealed class OperationTableTests
{
    [Test]
    public void The_README_lists_every_operation_that_is_built()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "Emulator", "Lambda", "README.md"));
        Assert.That(LambdaOperations.Table.Names.Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Each_operation_has_the_iam_action_of_its_name_but_invoke() =>
        Assert.That(LambdaOperations.Table.Names.Select(LambdaOperations.Table.ActionOf), Is.EqualTo(new[] { "lambda:GetFunction", "lambda:GetFunctionConfiguration", "lambda:InvokeFunction", "lambda:ListFunctions" }));
}
