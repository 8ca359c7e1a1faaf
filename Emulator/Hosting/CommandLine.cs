using System.CommandLine;

namespace Emulator.Hosting;

/// <summary>The commands and options of the program.</summary>
internal static class CommandLine
{
    public static Task<int> InvokeAsync(string[] arguments)
    {
        var config = new Option<string?>("--config") { Description = "The emulator.yaml to use. Default: emulator.yaml in this folder, if it is there.", Recursive = true };
        var data = new Option<string?>("--data") { Description = "The folder where state lives. Default: .emulator", Recursive = true };
        var port = new Option<int?>("--port") { Description = "The port on 127.0.0.1; 0 for any free one. Default: 4566, or what emulator.yaml says." };
        var inMemory = new Option<bool>("--in-memory") { Description = "Keep all state in memory; it is gone when the emulator stops." };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > 65535) result.AddError("--port takes 0 to 65535.");
        });

        RunSettings Settings(ParseResult result) => new()
        {
            ConfigurationFile = result.GetValue(config),
            DataFolder = result.GetValue(data),
            Port = result.GetValue(port),
            InMemory = result.GetValue(inMemory),
        };

        var check = new Command("check", "Validates emulator.yaml, lists every problem, and exits with 1 if there is one.");
        check.SetAction((result, cancelled) => CheckCommand.RunAsync(Settings(result), cancelled));
        var reset = new Command("reset", "Removes all state in the data folder. The emulator must not be running.");
        reset.SetAction((result, _) => Task.FromResult(ResetCommand.Run(Settings(result))));

        var root = new RootCommand("S3, Cognito, API Gateway, Lambda and DynamoDB, offline, in one process.") { config, data, port, inMemory, check, reset };
        root.SetAction((result, _) => RunCommand.RunAsync(Settings(result)));
        return root.Parse(arguments).InvokeAsync();
    }
}

/// <summary>What the command line says.</summary>
internal sealed record RunSettings
{
    public string? ConfigurationFile { get; init; }
    public string? DataFolder { get; init; }
    public int? Port { get; init; }
    public bool InMemory { get; init; }

    /// <summary>The configuration file that is meant; null where there is none.</summary>
    public string? FindConfiguration() => ConfigurationFile ?? (File.Exists("emulator.yaml") ? "emulator.yaml" : null);

    public string FindDataFolder() => DataFolder ?? ".emulator";
}
