using System.Text;
using System.Text.Json;
using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Integration;
using Emulator.Lambda;
using Emulator.Lambda.DotNet;
using Emulator.Lambda.Functions;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.DotNet;

/// <summary>Functions of assemblies and projects, in an emulator of their own and in a folder of their own.</summary>
internal abstract class AssemblyFixture
{
    // Built once for all tests, as the emulator builds it.
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    private readonly List<LambdaService> _services = [];
    private readonly List<string> _told = [];

    protected static string Assets { get; } = Path.Combine(Repository.Root, "Emulator.Tests", "Assets", "Lambda");

    protected AwsEmulator Aws { get; private set; } = null!;

    protected string Temporary { get; private set; } = "";

    /// <summary>What the user was told.</summary>
    protected string[] Told
    {
        get { lock (_told) return [.. _told]; }
    }

    [SetUp]
    public async Task Start()
    {
        Aws = await AwsEmulator.StartAsync();
        Temporary = Directory.CreateTempSubdirectory("emulator-").FullName;
    }

    [TearDown]
    public async Task Stop()
    {
        foreach (var service in _services) await service.DisposeAsync();
        await Aws.DisposeAsync();
        Remove(Temporary);
    }

    /// <summary>The assembly with all the handlers.</summary>
    protected static async Task<string> HandlersAsync() => Path.Combine(await Built.Value, "bin", "Handlers", "debug", "Handlers.dll");

    protected static async Task<FunctionConfig> HandlerAsync(string method, string type = "Handlers.Function") => new() { Assembly = await HandlersAsync(), Handler = $"Handlers::{type}::{method}" };

    protected LambdaService Serve(FunctionConfig function, bool watch = false, bool ownsProcess = false) =>
        Serve(new Dictionary<string, FunctionConfig> { ["f"] = function }, watch, ownsProcess);

    protected LambdaService Serve(IReadOnlyDictionary<string, FunctionConfig> functions, bool watch = false, bool ownsProcess = false)
    {
        var host = Aws.Host;
        var context = new ServiceContext(host.Store, host.Bodies, host.Clock, host.Ids, host.Config with { Functions = functions });
        var service = new LambdaService(context, new FunctionRegistry(), new IamDirectory(context), new FunctionHost
        {
            Transport = () => Aws.Handler,
            Progress = line => { lock (_told) _told.Add(line); },
            Watch = watch,
            OwnsProcess = ownsProcess,
            WorkFolder = Path.Combine(Temporary, "work"),
        });
        _services.Add(service);
        return service;
    }

    protected async Task<FunctionOutcome> InvokeAsync(LambdaService service, string payload = "{}", string function = "f") =>
        await service.InvokeAsync(new(Aws.Account, Aws.Region, function, Encoding.UTF8.GetBytes(payload), null), CancellationToken.None);

    protected async Task<string> TextAsync(LambdaService service, string payload = "{}", string function = "f")
    {
        var outcome = await InvokeAsync(service, payload, function);
        Assert.That(outcome.FunctionError, Is.Null, Encoding.UTF8.GetString(outcome.Payload.Span));
        return Encoding.UTF8.GetString(outcome.Payload.Span);
    }

    protected async Task<(string? Type, string? Message)> ErrorAsync(LambdaService service, string payload = "{}")
    {
        var outcome = await InvokeAsync(service, payload);
        Assert.That(outcome.FunctionError, Is.EqualTo("Unhandled"));
        using var document = JsonDocument.Parse(outcome.Payload);
        return (document.RootElement.GetProperty("errorType").GetString(), document.RootElement.GetProperty("errorMessage").GetString());
    }

    private static async Task<string> BuildAsync()
    {
        var artifacts = Path.Combine(Path.GetTempPath(), $"emulator-handlers-{Environment.ProcessId}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(artifacts);
        var build = await ProjectBuild.RunAsync(Path.Combine(Assets, "Handlers", "Handlers.csproj"), artifacts, LambdaLimits.Build, CancellationToken.None);
        Assert.That(build.Errors, Is.Null);
        return artifacts;
    }

    /// <summary>Where the system does not let go of loaded files, they stay in its temporary folder.</summary>
    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException) { }
    }
}
