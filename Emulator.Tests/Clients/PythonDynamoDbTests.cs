using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>boto3's resource and client of DynamoDB: dynamodb.py.</summary>
internal sealed class PythonDynamoDbTests : PythonFixture
{
    [Test]
    [Source("https://docs.aws.amazon.com/boto3/latest/guide/dynamodb.html")]
    public async Task The_resource_and_the_client_of_DynamoDB_work() =>
        Same(await RunAsync("dynamodb.py"), """
            {
              "table": ["ACTIVE", 0, ["genres"]],
              "item": { "artist": "bach", "track": 1, "genre": "fugue", "length": 3.5, "tags": ["a", "b"] },
              "query": [5, 7],
              "index": [58, 56, 54],
              "pages": [25, 25, 9],
              "updated": { "plays": 1 },
              "condition": ["ConditionalCheckFailedException", "The conditional request failed"],
              "exception": "ConditionalCheckFailedException",
              "cancelled": [
                "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]",
                ["None", "ConditionalCheckFailed"]
              ],
              "rolledBack": true,
              "transactGet": [{ "genre": "silence" }, null],
              "partiql": [{ "track": 1, "plays": 2 }],
              "partiqlError": "ValidationException",
              "events": { "INSERT": 60, "MODIFY": 2, "REMOVE": 0 },
              "gone": ["ResourceNotFoundException", "Requested resource not found: Table: Songs not found"]
            }
            """);
}
