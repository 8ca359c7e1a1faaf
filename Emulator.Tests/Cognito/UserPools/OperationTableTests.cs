using Emulator.Cognito.IdentityPools;
using Emulator.Cognito.UserPools;
using NUnit.Framework;

namespace Emulator.Tests.Cognito.UserPools;

internal sealed class OperationTableTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "Emulator", "Cognito", "README.md"));

    [Test]
    public void The_README_lists_every_operation_that_is_built() =>
        Assert.That(CognitoUserPoolOperations.Table.Names.Concat(CognitoIdentityOperations.Table.Names).Where(name => !Readme.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void No_operation_is_both_built_and_refused()
    {
        Assert.That(CognitoUserPoolOperations.Table.Names.Intersect(CognitoUserPoolOperations.Table.NotBuiltNames), Is.Empty);
        Assert.That(CognitoIdentityOperations.Table.Names.Intersect(CognitoIdentityOperations.Table.NotBuiltNames), Is.Empty);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html")]
    public void Every_operation_of_AWS_is_known_by_name()
    {
        // As the service models of September 2026 count them.
        Assert.That(CognitoUserPoolOperations.Table.Names.Count() + CognitoUserPoolOperations.Table.NotBuiltNames.Count, Is.EqualTo(122));
        Assert.That(CognitoIdentityOperations.Table.Names.Count() + CognitoIdentityOperations.Table.NotBuiltNames.Count, Is.EqualTo(23));
    }
}
