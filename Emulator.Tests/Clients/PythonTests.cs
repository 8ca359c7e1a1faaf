using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>boto3, with the scripts of the folder Python, which print what they saw as one JSON document.</summary>
internal sealed class PythonTests
{
    private const string KeyId = "AKIAPYTHONPYTHONPYTH";

    private const string World = $$"""
        account: "111111111111"
        region: eu-west-1
        credentials: known
        iam: enforce
        accounts:
          "111111111111":
            users: { python: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*" } } } } }
            keys: [{ id: {{KeyId}}, secret: python-secret, user: python }]
        """;

    [Test]
    [Source("https://docs.aws.amazon.com/boto3/latest/guide/dynamodb.html")]
    public async Task The_resource_and_the_client_of_DynamoDB_work() =>
        Assert.That(await RunAsync("dynamodb.py"), Is.EqualTo(JsonNode.Parse("""
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
            """)).Using<JsonNode>(JsonNode.DeepEquals));

    private static async Task<JsonNode> RunAsync(string script)
    {
        var python = await Client.PythonAsync();
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = World });
        var environment = Client.Settings(await aws.ListenAsync(), aws.Region, KeyId, "python-secret");
        environment["PYTHONDONTWRITEBYTECODE"] = "1";
        // Releases of boto3 before 1.28 take the endpoint from no variable.
        environment["ENDPOINT"] = environment["AWS_ENDPOINT_URL"];
        var output = await Client.RunAsync(python, [Path.Combine(Repository.Root, "Emulator.Tests", "Clients", "Python", script)], environment, Repository.Root);
        Assert.That(output.ExitCode, Is.Zero, output.Error);
        return JsonNode.Parse(output.Out)!;
    }
}
