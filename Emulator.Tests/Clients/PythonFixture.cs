using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>boto3, with the scripts of the folder Python, which print what they saw as one JSON document.</summary>
internal abstract class PythonFixture
{
    private const string KeyId = "AKIAPYTHONPYTHONPYTH";

    private const string World = $$"""
        account: "111111111111"
        region: us-east-1
        credentials: known
        iam: enforce
        accounts:
          "111111111111":
            users: { python: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*" } } } } }
            keys: [{ id: {{KeyId}}, secret: python-secret, user: python }]
        """;

    protected static async Task<JsonNode> RunAsync(string script)
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

    protected static void Same(JsonNode? seen, string expected) => Assert.That(seen, Is.EqualTo(JsonNode.Parse(expected)).Using<JsonNode>(JsonNode.DeepEquals));
}
