using System.Text;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html")]
internal sealed class PermissionsTests
{
    private const string Arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Notes";

    [TestCase("GetItem", """{"TableName":"Notes","Key":{"p":{"S":"me"},"c":{"S":"1"}}}""", "me")]
    [TestCase("PutItem", """{"TableName":"Notes","Item":{"p":{"S":"me"},"c":{"S":"1"}}}""", "me")]
    [TestCase("UpdateItem", """{"TableName":"Notes","Key":{"p":{"S":"me"},"c":{"S":"1"}}}""", "me")]
    [TestCase("DeleteItem", """{"TableName":"Notes","Key":{"p":{"S":"me"},"c":{"S":"1"}}}""", "me")]
    [TestCase("Query", """{"TableName":"Notes","KeyConditionExpression":"p = :p","ExpressionAttributeValues":{":p":{"S":"me"}}}""", "me")]
    [TestCase("BatchGetItem", """{"RequestItems":{"Notes":{"Keys":[{"p":{"S":"me"},"c":{"S":"1"}},{"p":{"S":"you"},"c":{"S":"1"}}]}}}""", "me you")]
    [TestCase("BatchWriteItem", """{"RequestItems":{"Notes":[{"PutRequest":{"Item":{"p":{"S":"me"},"c":{"S":"1"}}}},{"DeleteRequest":{"Key":{"p":{"S":"you"},"c":{"S":"1"}}}}]}}""", "me you")]
    [TestCase("Scan", """{"TableName":"Notes"}""", "")]
    [TestCase("DescribeTable", """{"TableName":"Notes"}""", "")]
    public async Task Each_operation_asks_for_its_table_and_partitions(string operation, string json, string leadingKeys)
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p", "c");
        var permission = service.Prepare(operation, Encoding.UTF8.GetBytes(json)).Permissions.Single();
        var keys = permission.Context?.Where(pair => pair.Key == "dynamodb:LeadingKeys").Select(pair => pair.Value) ?? [];
        Assert.That((permission.Action, permission.Resource, string.Join(' ', keys)), Is.EqualTo(($"dynamodb:{operation}", Arn, leadingKeys)));
    }

    [Test]
    public async Task A_batch_asks_for_each_of_its_tables()
    {
        await using var service = new DirectService();
        var permissions = service.Prepare("BatchGetItem", """{"RequestItems":{"One":{"Keys":[]},"arn:aws:dynamodb:eu-west-1:111111111111:table/Two":{"Keys":[]}}}"""u8.ToArray()).Permissions;
        Assert.That(permissions.Select(permission => permission.Resource), Is.EqualTo(new[] { Arn.Replace("Notes", "One", StringComparison.Ordinal), "arn:aws:dynamodb:eu-west-1:111111111111:table/Two" }));
    }

    [Test]
    public async Task Listing_tables_concerns_all_of_them()
    {
        await using var service = new DirectService();
        Assert.That(service.Prepare("ListTables", "{}"u8.ToArray()).Permissions.Single().Resource, Is.EqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/*"));
    }
}
