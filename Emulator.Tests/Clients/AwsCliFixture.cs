using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>The AWS CLI, of version 1 or 2, in a folder of its own beside an emulator of its own.</summary>
[Source("https://docs.aws.amazon.com/cli/latest/reference/")]
internal abstract class AwsCliFixture
{
    private const string KeyId = "AKIACOMMANDLINECLIEN";

    private const string Account = $$"""
        account: "111111111111"
        region: eu-west-1
        credentials: known
        accounts:
          "111111111111":
            users: { cli: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*" } } } } }
            keys: [{ id: {{KeyId}}, secret: cli-secret, user: cli }]

        """;

    private Uri _endpoint = null!;
    private string _folder = "";

    protected AwsEmulator Aws { get; private set; } = null!;

    /// <summary>What emulator.yaml says beyond the caller's account.</summary>
    protected virtual string World => "";

    protected virtual void Configure(FunctionRegistry functions) { }

    [SetUp]
    public async Task Start()
    {
        _ = Client.AwsCli();
        Aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = Account + World, Functions = Configure });
        _endpoint = await Aws.ListenAsync();
        _folder = Directory.CreateTempSubdirectory("emulator-cli-").FullName;
    }

    [TearDown]
    public async Task Stop()
    {
        if (Aws is not null) await Aws.DisposeAsync();
        if (_folder.Length > 0) Directory.Delete(_folder, recursive: true);
    }

    protected string PathOf(params string[] parts) => Path.Combine([_folder, .. parts]);

    protected static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    protected async Task<JsonNode> JsonAsync(string command, params string[] more) => JsonNode.Parse(await RunAsync(command, [.. more, "--output", "json"])) ?? throw new JsonException("nothing");

    /// <summary>What a command prints. Its words are split at spaces; words that contain spaces follow separately.</summary>
    protected async Task<string> RunAsync(string command, params string[] more)
    {
        var output = await StartAsync(command, more);
        Assert.That(output.ExitCode, Is.Zero, $"aws {command}: {output.Error}");
        return output.Out.ReplaceLineEndings("\n").Trim('\n');
    }

    /// <summary>What a command that fails says.</summary>
    protected async Task<string> FailAsync(string command, params string[] more)
    {
        var output = await StartAsync(command, more);
        Assert.That(output.ExitCode, Is.Not.Zero, $"aws {command}: {output.Out}");
        return output.Error + output.Out;
    }

    private Task<ClientOutput> StartAsync(string command, string[] more)
    {
        var environment = Client.Settings(_endpoint, Aws.Region, KeyId, "cli-secret");
        environment["AWS_PAGER"] = "";
        environment["PYTHONUTF8"] = "1";
        environment["PYTHONIOENCODING"] = "utf-8";
        // Releases before 2.13 and 1.29 take the endpoint from no variable.
        return Client.RunAsync(Client.AwsCli(), [.. command.Split(' '), .. more, "--endpoint-url", _endpoint.GetLeftPart(UriPartial.Authority)], environment, _folder);
    }
}
