using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>Terraform with the AWS provider: applies a configuration of the folder Terraform to an emulator of its own.</summary>
internal abstract class TerraformFixture
{
    private const string KeyId = "AKIATERRAFORMTERRAFO";
    private const string Secret = "terraform-secret";

    /// <summary>Who applies, for looking at what was applied.</summary>
    protected static Amazon.Runtime.AWSCredentials Credentials { get; } = new Amazon.Runtime.BasicAWSCredentials(KeyId, Secret);

    private const string World = $$"""
        account: "111111111111"
        region: eu-west-1
        credentials: known
        iam: enforce
        accounts:
          "111111111111":
            users: { terraform: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*" } } } } }
            keys: [{ id: {{KeyId}}, secret: {{Secret}}, user: terraform }]
        """;

    private string _folder = "";
    private Dictionary<string, string> _environment = [];

    protected AwsEmulator Aws { get; private set; } = null!;

    /// <summary>Options beyond the defaults.</summary>
    protected virtual void Configure(AwsEmulatorOptions options) { }

    [SetUp]
    public async Task Start()
    {
        _ = Client.Terraform();
        _folder = Directory.CreateTempSubdirectory("emulator-terraform-").FullName;
        var options = new AwsEmulatorOptions { Configuration = World };
        Configure(options);
        Aws = await AwsEmulator.StartAsync(options);
        _environment = Client.Settings(await Aws.ListenAsync(), Aws.Region, KeyId, Secret);
        _environment["TF_IN_AUTOMATION"] = "1";
        _environment["CHECKPOINT_DISABLE"] = "1";
        _environment["TF_CLI_CONFIG_FILE"] = Path.Combine(_folder, "terraform.rc");
        await File.WriteAllTextAsync(_environment["TF_CLI_CONFIG_FILE"], Installation());
    }

    [TearDown]
    public async Task Stop()
    {
        if (Aws is not null) await Aws.DisposeAsync();
        if (_folder.Length > 0) Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Prepares a folder with the configuration and the provider.</summary>
    protected async Task InitAsync(string configuration)
    {
        File.Copy(Path.Combine(Repository.Root, "Emulator.Tests", "Clients", "Terraform", configuration), Path.Combine(_folder, "main.tf"), overwrite: true);
        // S3 Control puts the account before the endpoint's name: such names go to the emulator as the provider's proxy.
        await File.WriteAllTextAsync(Path.Combine(_folder, "provider.tf"), $$"""
            terraform {
              required_providers { aws = { source = "hashicorp/aws" } }
            }
            provider "aws" {
              s3_use_path_style           = true
              skip_metadata_api_check     = true
              skip_region_validation      = true
              skip_credentials_validation = false
              http_proxy                  = "{{_environment["AWS_ENDPOINT_URL"]}}"
              https_proxy                 = ""
              endpoints { s3control = "http://s3-control.eu-west-1.amazonaws.com" }
            }
            """);
        await RunAsync(0, "init", "-input=false");
    }

    protected Task ApplyAsync() => RunAsync(0, "apply", "-input=false", "-auto-approve");

    /// <summary>What an apply would change, as <c>Plan: 6 to import, 0 to add, 0 to change, 0 to destroy.</c>; null where it would do nothing.</summary>
    protected async Task<string?> SummaryOfPlanAsync() =>
        (await PlanAsync()).Split('\n').FirstOrDefault(line => line.StartsWith("Plan:", StringComparison.Ordinal));

    /// <summary>What a plan would change; nothing where the last apply did all and the emulator told all of it back.</summary>
    protected async Task<string> PlanAsync()
    {
        var output = await StartAsync("plan", "-input=false", "-detailed-exitcode");
        Assert.That(output.ExitCode, Is.AnyOf(0, 2), output.Error);
        return output.ExitCode == 0 ? "" : output.Out;
    }

    protected Task DestroyAsync() => RunAsync(0, "destroy", "-input=false", "-auto-approve");

    protected async Task<JsonNode> OutputAsync() => JsonNode.Parse(await RunAsync(0, "output", "-json"))!;

    private async Task<string> RunAsync(int exitCode, string command, params string[] arguments)
    {
        var output = await StartAsync(command, arguments);
        Assert.That(output.ExitCode, Is.EqualTo(exitCode), $"terraform {command}: {output.Out}{output.Error}");
        return output.Out;
    }

    private Task<ClientOutput> StartAsync(string command, params string[] arguments) =>
        Client.RunAsync(Client.Terraform(), [command, .. command == "output" ? [] : new[] { "-no-color" }, .. arguments], _environment, _folder);

    /// <summary>Takes the provider from a mirror on this machine where there is one, else from its registry.</summary>
    private static string Installation() => Client.TerraformMirror() is { } mirror
        ? $$"""provider_installation { filesystem_mirror { path = {{JsonSerializer.Serialize(mirror)}} } }"""
        : "provider_installation { direct {} }";
}
