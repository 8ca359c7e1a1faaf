using System.Text;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Input;

/// <summary>Whatever bytes arrive, the answer is an answer of AWS's: nothing else is thrown, and nothing hangs.</summary>
internal sealed class DecoderFuzzTests
{
    private const int Rounds = 4_000;

    private static readonly (string Operation, string Json)[] Requests =
    [
        ("PutItem", """{"TableName":"Notes","Item":{"p":{"S":"a"},"c":{"S":"b"},"n":{"N":"1.5e3"},"b":{"B":"AQI="},"s":{"SS":["x","y"]},"l":{"L":[{"M":{"a":{"NULL":true}}},{"BOOL":false}]}},"ConditionExpression":"attribute_not_exists(#a) OR n BETWEEN :x AND :y","ExpressionAttributeNames":{"#a":"n"},"ExpressionAttributeValues":{":x":{"N":"1"},":y":{"N":"2"}},"ReturnValues":"ALL_OLD"}"""),
        ("UpdateItem", """{"TableName":"Notes","Key":{"p":{"S":"a"},"c":{"S":"b"}},"UpdateExpression":"SET n = if_not_exists(n, :x) + :x, l[0].a = :x REMOVE q ADD t :s","ExpressionAttributeValues":{":x":{"N":"1"},":s":{"SS":["\u00e9","\\"]}}}"""),
        ("Query", """{"TableName":"Notes","KeyConditionExpression":"p = :p AND begins_with(c, :c)","ExpressionAttributeValues":{":p":{"S":"a"},":c":{"S":"b"}},"Limit":2,"ScanIndexForward":false,"ExclusiveStartKey":{"p":{"S":"a"},"c":{"S":"b"}}}"""),
        ("Scan", """{"TableName":"Notes","ScanFilter":{"n":{"ComparisonOperator":"IN","AttributeValueList":[{"N":"1"},{"N":"2"}]}},"TotalSegments":4,"Segment":1}"""),
        ("BatchGetItem", """{"RequestItems":{"Notes":{"Keys":[{"p":{"S":"a"},"c":{"S":"b"}}],"ProjectionExpression":"p, l[0]"}},"ReturnConsumedCapacity":"TOTAL"}"""),
        ("BatchWriteItem", """{"RequestItems":{"Notes":[{"PutRequest":{"Item":{"p":{"S":"a"},"c":{"S":"b"}}}},{"DeleteRequest":{"Key":{"p":{"S":"a"},"c":{"S":"d"}}}}]}}"""),
        ("TransactWriteItems", """{"TransactItems":[{"Put":{"TableName":"Notes","Item":{"p":{"S":"a"},"c":{"S":"b"}},"ConditionExpression":"attribute_not_exists(#a)","ExpressionAttributeNames":{"#a":"p"}}},{"Update":{"TableName":"Notes","Key":{"p":{"S":"a"},"c":{"S":"c"}},"UpdateExpression":"ADD n :v","ExpressionAttributeValues":{":v":{"N":"1"}}}},{"Delete":{"TableName":"Notes","Key":{"p":{"S":"a"},"c":{"S":"d"}}}},{"ConditionCheck":{"TableName":"Notes","Key":{"p":{"S":"a"},"c":{"S":"e"}},"ConditionExpression":"p <> c","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}}],"ReturnConsumedCapacity":"INDEXES"}"""),
        ("TransactGetItems", """{"TransactItems":[{"Get":{"TableName":"Notes","Key":{"p":{"S":"a"},"c":{"S":"b"}},"ProjectionExpression":"#a, c","ExpressionAttributeNames":{"#a":"p"}}},{"Get":{"TableName":"Notes","Key":{"p":{"S":"a"},"c":{"S":"c"}}}}],"ReturnConsumedCapacity":"TOTAL"}"""),
        ("CreateTable", """{"TableName":"Other","AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],"KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],"ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1},"Tags":[{"Key":"a","Value":"b"}]}"""),
        ("ListTables", """{"Limit":5,"ExclusiveStartTableName":"Notes"}"""),
    ];

    [Test]
    public async Task Damaged_requests_are_refused_in_AWS_words()
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p", "c");
        var random = new Random(1);
        foreach (var (operation, json) in Requests)
        {
            for (var i = 0; i < Rounds; i++) await SendAsync(service, operation, Damage(random, Encoding.UTF8.GetBytes(json)));
        }
    }

    [Test]
    public async Task Depth_is_bounded([Values("M", "L", "array", "object")] string kind, [Values(32, 33, 500, 100_000)] int depth)
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p", "c");
        var (open, close) = kind switch
        {
            "M" => ("{\"M\":{\"a\":", "}}"),
            "L" => ("{\"L\":[", "]}"),
            "array" => ("[", "]"),
            _ => ("{\"a\":", "}"),
        };
        var value = string.Concat(Enumerable.Repeat(open, depth)) + "{\"NULL\":true}" + string.Concat(Enumerable.Repeat(close, depth));
        Assert.ThrowsAsync<AwsException>(() => service.SendAsync("PutItem", $$$"""{"TableName":"Notes","Item":{"p":{"S":"a"},"c":{"S":"b"},"v":{{{value}}} }}"""));
    }

    private static async Task SendAsync(DirectService service, string operation, byte[] content)
    {
        try
        {
            await service.SendAsync(operation, content);
        }
        catch (AwsException error)
        {
            Assert.That(error.StatusCode, Is.AnyOf(400, 501), $"{operation} {Encoding.UTF8.GetString(content)}: {error.Code} {error.Message}");
        }
    }

    private static byte[] Damage(Random random, byte[] content)
    {
        var bytes = content.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes.RemoveAt(at); break;
                case 1: bytes.Insert(at, (byte)random.Next(256)); break;
                case 2: bytes[at] = (byte)"{}[]\",:0123456789truefalsn \\u#"[random.Next(30)]; break;
                case 3: bytes.RemoveRange(at, random.Next(Math.Min(20, bytes.Count - at))); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, random.Next(Math.Min(20, bytes.Count - at)))); break;
            }
            if (bytes.Count == 0) return [];
        }
        return [.. bytes];
    }
}
