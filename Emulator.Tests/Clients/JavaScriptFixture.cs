using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>A world whose only access key is verified, and the scripts of the folder JavaScript, which run npm's clients against it and print what they saw as one JSON document.</summary>
internal abstract class JavaScriptFixture
{
    protected const string KeyId = "AKIASCRIPTSCRIPTSCRI";

    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// <summary>To be put before the configuration of each world: no key but this user's is known, and what policies do not allow is refused.</summary>
    protected const string Administrator = $$"""
        account: "111111111111"
        region: us-east-1
        credentials: known
        iam: enforce
        accounts:
          "111111111111":
            users: { script: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*" } } } } }
            keys: [{ id: {{KeyId}}, secret: "{{Secret}}", user: script }]

        """;

    private static string Folder { get; } = Path.Combine(Repository.Root, "Emulator.Tests", "Clients", "JavaScript");

    protected static async Task<JsonNode> RunAsync(string script, string configuration, Func<AwsEmulator, object>? settings = null, Action<FunctionRegistry>? functions = null)
    {
        var node = Client.Node();
        if (!Directory.Exists(Path.Combine(Folder, "node_modules"))) throw Client.Missing("npm's clients are not installed: run 'npm ci' in Emulator.Tests/Clients/JavaScript.");
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = configuration, Functions = functions });
        var environment = Client.Settings(await aws.ListenAsync(), aws.Region, KeyId, Secret);
        environment["SETTINGS"] = JsonSerializer.Serialize(settings?.Invoke(aws) ?? new { });
        var output = await Client.RunAsync(node, [script], environment, Folder);
        if (output.ExitCode != 0) Assert.Fail($"{script} ended with {output.ExitCode}.{Environment.NewLine}{output.Error}");
        return JsonNode.Parse(output.Out)!;
    }

    /// <summary>As the scripts tell a refusal.</summary>
    protected static string Refusal(string name, string message, int status = 400) => Json(new { name, message, status });

    protected static string Json(object? value) => value is null ? "null" : JsonSerializer.Serialize(value, Relaxed);

    // Texts as they are, so that a failure can be read.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
