using System.Text;
using Amazon.Runtime;
using Emulator.Configuration;
using Emulator.Identifiers;
using Emulator.Storage;

namespace Emulator.Hosting;

/// <summary>The composition of one emulator, by plain <c>new</c>: the only place that knows every slice.</summary>
internal sealed partial class EmulatorHost : IAsyncDisposable
{
    private readonly AwsEmulatorOptions _options;

    private EmulatorHost(AwsEmulatorOptions options, EmulatorConfig config, IStore store, BodyFiles bodies, EmulatorClock clock, IdSource ids, Inbox inbox, FunctionRegistry functions)
    {
        _options = options;
        (Config, Store, Bodies, Clock, Ids, Inbox, Functions) = (config, store, bodies, clock, ids, inbox, functions);
        Pipeline = new RequestPipeline(this);
        Handler = new InMemoryHandler(Pipeline.HandleAsync);
        Compose();
    }

    public EmulatorConfig Config { get; }
    public IStore Store { get; }
    public BodyFiles Bodies { get; }
    public EmulatorClock Clock { get; }
    public IdSource Ids { get; }
    public Inbox Inbox { get; }
    public Journal Journal { get; } = new();
    public FunctionRegistry Functions { get; }
    public RequestPipeline Pipeline { get; }
    public HttpMessageHandler Handler { get; }

    /// <summary>Where state lives; null for memory.</summary>
    public string? DataPath => _options.DataFolder;

    /// <summary>How clients reach it; in memory any host would do.</summary>
    public string BaseUrl { get; set; } = "http://localhost:4566";

    /// <summary>The address of the port that is open; null while there is none.</summary>
    public Uri? ListensAt { get; set; }

    /// <summary>Makes an SDK client (set by the public face, which owns the transport of clients).</summary>
    public Func<Type, AWSCredentials, object> CreateClient { get; set; } = (_, _) => throw new InvalidOperationException("The emulator is not started.");

    public static async Task<EmulatorHost> CreateAsync(AwsEmulatorOptions options)
    {
        var config = await ReadConfigurationAsync(options);
        var clock = new EmulatorClock();
        var ids = new IdSource(options.Seed);
        var functions = new FunctionRegistry();
        options.Functions?.Invoke(functions);
        var inbox = new Inbox(clock);
        if (options.DataFolder is null) return new EmulatorHost(options, config, new MemoryStore(), new MemoryBodies(), clock, ids, inbox, functions);
        var store = SqliteStore.Open(options.DataFolder, config.Durability);
        var bodies = new DiskBodies(Path.Combine(options.DataFolder, "bodies"), config.Durability);
        using (var rows = store.Snapshot()) bodies.Sweep(rows);
        return new EmulatorHost(options, config, store, bodies, clock, ids, inbox, functions);
    }

    /// <summary>The same state by reference, in a new composition.</summary>
    public EmulatorHost Fork()
    {
        if (Store is not MemoryStore store || Bodies is not MemoryBodies bodies) throw new NotSupportedException("Only an emulator in memory can be forked; save a snapshot and load it into one.");
        var clock = Clock.Fork();
        using var hold = bodies.Hold();
        var fork = new EmulatorHost(_options, Config, store.Fork(), bodies.Fork(), clock, Ids.Fork(), Inbox.Fork(clock), Functions.Fork()) { BaseUrl = BaseUrl };
        foreach (var slice in fork.Slices) slice.Resume();
        return fork;
    }

    /// <summary>Makes what is declared and missing.</summary>
    public async Task ApplyAsync(CancellationToken cancelled)
    {
        foreach (var slice in Slices)
        {
            foreach (var difference in await slice.ApplyAsync(cancelled)) Log(difference);
        }
    }

    /// <summary>Begins to make what is declared; requests wait until it is there.</summary>
    public Task BeginApply() => Ready = Task.Run(() => ApplyAsync(CancellationToken.None));

    /// <summary>Done when what is declared is there.</summary>
    public Task Ready { get; private set; } = Task.CompletedTask;

    public async Task ResetAsync(CancellationToken cancelled)
    {
        await StoreSnapshot.ClearAsync(Store, Bodies);
        Inbox.Clear();
        Journal.Clear();
        await ApplyAsync(cancelled);
    }

    /// <summary>Writes the file whole or not at all.</summary>
    public async Task SaveSnapshotAsync(string path, CancellationToken cancelled)
    {
        var unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                await SaveSnapshotAsync(file, cancelled);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public Task SaveSnapshotAsync(Stream stream, CancellationToken cancelled) => StoreSnapshot.SaveAsync(Store, Bodies, stream, cancelled);

    public async Task LoadSnapshotAsync(string path, CancellationToken cancelled)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        await LoadSnapshotAsync(file, cancelled);
    }

    public async Task LoadSnapshotAsync(Stream stream, CancellationToken cancelled)
    {
        await StoreSnapshot.LoadAsync(Store, Bodies, stream, replace: true, cancelled);
        await ApplyAsync(cancelled);
    }

    public void Log(string line) => _options.Log?.Invoke(line);

    private static async Task<EmulatorConfig> ReadConfigurationAsync(AwsEmulatorOptions options)
    {
        var config = EmulatorConfig.Default;
        if ((options.Configuration ?? await ReadFileAsync(options.ConfigurationFile)) is { } yaml)
        {
            var path = options.Configuration is null ? options.ConfigurationFile! : "emulator.yaml";
            var result = ConfigurationReader.Read(yaml, path);
            if (result.Problems.Count > 0) throw new EmulatorConfigurationException(Describe(result.Problems));
            config = result.Config;
        }
        if (options.Region is not null) config = config with { Region = options.Region };
        if (options.Account is not null) config = config with { Account = options.Account };
        if (options.S3Upstream is { } upstream) config = config with { S3Upstream = upstream.ToConfig() };
        if (options.Iam is { } iam) config = config with { Iam = (IamMode)iam };
        return config;
    }

    private static async Task<string?> ReadFileAsync(string? path) => path is null ? null : await File.ReadAllTextAsync(path);

    private static string Describe(IReadOnlyList<ConfigurationProblem> problems)
    {
        var text = new StringBuilder($"The configuration has {problems.Count} problem(s):");
        foreach (var problem in problems) text.AppendLine().Append(problem);
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeSlicesAsync();
        await Store.DisposeAsync();
        await Bodies.DisposeAsync();
    }
}
