using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html")]
internal sealed class StoredStatementTests
{
    private static readonly string[] Rows = ["9", "8", "7", "6", "5", "4"];

    [Test]
    public async Task Pages_go_on_where_they_ended_in_another_process()
    {
        using var folder = new TemporaryFolder();
        const string statement = "SELECT * FROM Notes WHERE p = 'a' AND c < '9z' AND c > '3' ORDER BY c DESC";
        string token;
        List<string> found;
        await using (var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder.Path))
        {
            using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
            await dynamoDb.CreateTableAsync(new CreateTableRequest("Notes", [new("p", KeyType.HASH), new("c", KeyType.RANGE)], [new("p", ScalarAttributeType.S), new("c", ScalarAttributeType.S)], new(1, 1)));
            for (var i = 0; i < 10; i++) await dynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = $"INSERT INTO Notes VALUE {{'p': 'a', 'c': '{i}'}}" });
            var first = await dynamoDb.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, Limit = 2 });
            (token, found) = (first.NextToken, [.. first.Items.Select(item => item["c"].S)]);
        }
        await using var again = await AwsEmulator.StartAsync(options => options.DataFolder = folder.Path);
        using var client = again.CreateClient<AmazonDynamoDBClient>();
        var second = await client.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, NextToken = token });
        Assert.Multiple(() =>
        {
            Assert.That(found.Concat(second.Items.Select(item => item["c"].S)), Is.EqualTo(Rows));
            Assert.That(second.NextToken, Is.Null);
        });
    }
}
