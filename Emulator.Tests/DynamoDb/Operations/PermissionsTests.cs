using System.Text;
using Emulator.Iam;
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

    [TestCase("GetItem", """{"TableName":"Notes","Key":{"p":{"S":"me"},"c":{"S":"1"}},"ProjectionExpression":"#a.b[1], d","ExpressionAttributeNames":{"#a":"a"},"ReturnConsumedCapacity":"TOTAL"}""", "Attributes=a,c,d,p Select=SPECIFIC_ATTRIBUTES ReturnConsumedCapacity=TOTAL")]
    [TestCase("GetItem", """{"TableName":"Notes","Key":{"p":{"S":"me"},"c":{"S":"1"}}}""", "Attributes=c,p Select=ALL_ATTRIBUTES")]
    [TestCase("GetItem", """{"TableName":"Notes","Key":{"p":{"S":"me"},"c":{"S":"1"}},"AttributesToGet":["x"]}""", "Attributes=c,p,x Select=SPECIFIC_ATTRIBUTES")]
    [TestCase("PutItem", """{"TableName":"Notes","Item":{"p":{"S":"me"},"c":{"S":"1"},"x":{"N":"1"}},"ConditionExpression":"attribute_not_exists(y) AND size ( z ) > :v","ReturnValues":"ALL_OLD"}""", "Attributes=c,p,x,y,z ReturnValues=ALL_OLD")]
    [TestCase("UpdateItem", """{"TableName":"Notes","Key":{"p":{"S":"me"},"c":{"S":"1"}},"UpdateExpression":"SET a.set = if_not_exists(b, :v) REMOVE #c","ExpressionAttributeNames":{"#c":"d"}}""", "Attributes=a,b,c,d,p")]
    [TestCase("UpdateItem", """{"TableName":"Notes","Key":{"p":{"S":"me"},"c":{"S":"1"}},"AttributeUpdates":{"x":{"Action":"DELETE"}},"Expected":{"y":{"Exists":false}}}""", "Attributes=c,p,x,y")]
    [TestCase("DeleteItem", """{"TableName":"Notes","Key":{"p":{"S":"me"},"c":{"S":"1"}},"ConditionExpression":"x IN (:a) OR NOT y BETWEEN :a AND z","ReturnValues":"NONE"}""", "Attributes=c,p,x,y,z ReturnValues=NONE")]
    [TestCase("Query", """{"TableName":"Notes","KeyConditionExpression":"p = :p","FilterExpression":"f = :p","ProjectionExpression":"g","ExpressionAttributeValues":{":p":{"S":"me"}}}""", "Attributes=f,g,p Select=SPECIFIC_ATTRIBUTES")]
    [TestCase("Scan", """{"TableName":"Notes","IndexName":"Index","ScanFilter":{"x":{"ComparisonOperator":"NULL"}}}""", "Attributes=x Select=ALL_PROJECTED_ATTRIBUTES")]
    [TestCase("BatchGetItem", """{"RequestItems":{"Notes":{"Keys":[{"p":{"S":"me"},"c":{"S":"1"}}],"ProjectionExpression":"x"}}}""", "Attributes=c,p,x Select=SPECIFIC_ATTRIBUTES")]
    [TestCase("BatchWriteItem", """{"RequestItems":{"Notes":[{"PutRequest":{"Item":{"p":{"S":"me"},"c":{"S":"1"},"x":{"N":"1"}}}},{"DeleteRequest":{"Key":{"p":{"S":"you"},"c":{"S":"1"}}}}]}}""", "Attributes=c,p,x")]
    public async Task Policies_can_ask_what_a_request_names_and_wants_back(string operation, string json, string expected)
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p", "c");
        Assert.That(Context(service.Prepare(operation, Encoding.UTF8.GetBytes(json)).Permissions.Single()), Is.EqualTo(expected.Split(' ')));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html")]
    public async Task A_transaction_asks_for_what_its_actions_are()
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p", "c");
        const string key = """{"p":{"S":"me"},"c":{"S":"1"}}""";
        var writes = service.Prepare("TransactWriteItems", Encoding.UTF8.GetBytes($$$"""
            {"TransactItems":[{"Put":{"TableName":"Notes","Item":{{{key}}} } },{"Update":{"TableName":"Other","Key":{{{key}}},"UpdateExpression":"SET x = y" } },
            {"Delete":{"TableName":"Notes","Key":{{{key}}} } },{"ConditionCheck":{"TableName":"Notes","Key":{{{key}}},"ConditionExpression":"z = :z" } }]}
            """)).Permissions;
        var reads = service.Prepare("TransactGetItems", Encoding.UTF8.GetBytes($$$"""{"TransactItems":[{"Get":{"TableName":"Notes","Key":{{{key}}},"ProjectionExpression":"x" } }]}""")).Permissions;
        Assert.That(writes.Concat(reads).Select(permission => $"{permission.Action} {permission.Resource[Arn.LastIndexOf('/')..]} {string.Join(' ', Context(permission))}"), Is.EqualTo(new[]
        {
            "dynamodb:PutItem /Notes Attributes=c,p EnclosingOperation=TransactWriteItems",
            "dynamodb:UpdateItem /Other Attributes=c,p,x,y EnclosingOperation=TransactWriteItems",
            "dynamodb:DeleteItem /Notes Attributes=c,p EnclosingOperation=TransactWriteItems",
            "dynamodb:ConditionCheckItem /Notes Attributes=c,p,z EnclosingOperation=TransactWriteItems",
            "dynamodb:GetItem /Notes Attributes=c,p,x Select=SPECIFIC_ATTRIBUTES EnclosingOperation=TransactGetItems",
        }));
        Assert.That(writes[0].Context!.Single(pair => pair.Key == "dynamodb:LeadingKeys").Value, Is.EqualTo("me"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html")]
    public async Task A_transaction_of_statements_says_that_it_is_one()
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p", "c");
        var permission = service.Prepare("ExecuteTransaction", """{"TransactStatements":[{"Statement":"DELETE FROM Notes WHERE p = 'me' AND c = '1'"}]}"""u8.ToArray()).Permissions.Single();
        Assert.That($"{permission.Action} {string.Join(' ', Context(permission))}", Is.EqualTo("dynamodb:PartiQLDelete Attributes=c,p EnclosingOperation=ExecuteTransaction"));
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

    /// <summary>The condition keys but for the partitions, with their values in order.</summary>
    private static IEnumerable<string> Context(Permission permission) => (permission.Context ?? [])
        .Where(pair => pair.Key != "dynamodb:LeadingKeys")
        .GroupBy(pair => pair.Key["dynamodb:".Length..], pair => pair.Value)
        .Select(key => $"{key.Key}={string.Join(',', key.Order(StringComparer.Ordinal))}");
}
