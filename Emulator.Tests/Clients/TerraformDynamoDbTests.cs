using NUnit.Framework;

namespace Emulator.Tests.Clients;

[Source("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table")]
internal sealed class TerraformDynamoDbTests : TerraformFixture
{
    [Test]
    public async Task Tables_are_applied_planned_without_changes_and_destroyed()
    {
        await InitAsync("dynamodb.tf");
        await ApplyAsync();
        Assert.That((string)(await OutputAsync())["stream"]!["value"]!, Does.StartWith("arn:aws:dynamodb:eu-west-1:111111111111:table/games/stream/"));
        Assert.That(await PlanAsync(), Is.Empty);
        await DestroyAsync();
        using var dynamoDb = Aws.CreateClient<Amazon.DynamoDBv2.AmazonDynamoDBClient>(Credentials);
        Assert.That((await dynamoDb.ListTablesAsync()).TableNames ?? [], Is.Empty);
    }
}
