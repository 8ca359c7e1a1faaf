using System.Collections.Concurrent;
using System.Globalization;
using Emulator.Configuration;
using Emulator.Integration;
using Emulator.Lambda.DotNet;
using Emulator.Lambda.Functions;
using Emulator.Lambda.Invocations;

namespace Emulator.Lambda;

/// <summary>Lambda: the functions of emulator.yaml and of the registry, and the ways to call them.</summary>
internal sealed class LambdaService : IServiceSlice, IFunctionInvoker, IResourcePolicies, IAsyncDisposable
{
    private readonly ServiceContext _context;
    private readonly FunctionRegistry _registry;
    private readonly ICredentialIssuer _credentials;
    private readonly FunctionHost _host;
    private readonly CodeLoader _loader;
    private readonly ConcurrentDictionary<string, Function> _functions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public LambdaService(ServiceContext context, FunctionRegistry registry, ICredentialIssuer credentials, FunctionHost host)
    {
        (_context, _registry, _credentials, _host) = (context, registry, credentials, host);
        _loader = new CodeLoader(host, context.Clock.MachineClock);
        Invoker = new Invoker(context.Clock);
        Queue = new InvocationQueue(Invoker, context.Clock, Find);
        registry.Attach(this);
    }

    public Invoker Invoker { get; }

    public InvocationQueue Queue { get; }

    private EmulatorConfig Config => _context.Config;

    /// <summary>The last lines of a function's log; empty where there is no such function.</summary>
    public IReadOnlyList<FunctionLogLine> Logs(string function) => Find(function)?.Log.Lines ?? [];

    /// <summary>The functions of an account and region, by name.</summary>
    public IEnumerable<Function> Functions(string account, string region) =>
        account == Config.Account && region == Config.Region
            ? _registry.Names.Union(Config.Functions.Keys).Order(StringComparer.Ordinal).Select(Find).OfType<Function>()
            : [];

    /// <summary>The function that a request names; throws AWS's error where there is none.</summary>
    /// <param name="shownArn">The ARN as the error names it, which differs from operation to operation.</param>
    public Function Get(string account, string region, FunctionName name, string shownArn)
    {
        if (name.Region is { } other && other != region) throw LambdaErrors.WrongRegion(other, region);
        return Find(name.Account ?? account, region, name) ?? throw LambdaErrors.FunctionNotFound(shownArn);
    }

    /// <summary>Makes the functions' code ready in the background where the host wishes it: nothing waits for a build.</summary>
    public ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled)
    {
        // The store may be another than it was: after a reset, or a snapshot that was loaded.
        foreach (var function in _functions.Values) function.Role.Forget();
        if (_host.BuildAtStart)
        {
            foreach (var function in Functions(Config.Account, Config.Region)) (function.Code as AssemblyCode)?.Warm();
        }
        return new([]);
    }

    public IEnumerable<ResourceSummary> Resources() =>
        Functions(Config.Account, Config.Region).Select(function => new ResourceSummary("lambda", "Function", function.Name, function.Name, function.Arn));

    public async ValueTask<FunctionOutcome> InvokeAsync(FunctionCall call, CancellationToken cancelled)
    {
        CheckSize(call.Payload, asynchronous: false);
        var (function, invocation) = Prepare(call);
        var result = await Invoker.InvokeAsync(function, invocation);
        return new(result.Payload, result.FunctionError, invocation.RequestId);
    }

    public void Enqueue(FunctionCall call)
    {
        CheckSize(call.Payload, asynchronous: true);
        var (function, invocation) = Prepare(call);
        Queue.Add(function.Name, invocation);
    }

    public bool Exists(string account, string region, string function) =>
        FunctionName.TryParse(function, out var name) && Find(name.Account ?? account, name.Region ?? region, name) is not null;

    /// <summary>Functions have no policies of their own yet; the owner is known.</summary>
    ResourcePolicy? IResourcePolicies.Find(string resourceArn) =>
        FunctionName.TryParse(resourceArn, out var name) && name is { Account: { } account, Region: { } region } && Find(account, region, name) is not null
            ? new(account, null)
            : null;

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        await _loader.DisposeAsync();
        foreach (var function in _functions.Values) function.DisposeClients();
    }

    public string NewTraceId()
    {
        var seconds = _context.Clock.GetUtcNow().ToUnixTimeSeconds().ToString("x8", CultureInfo.InvariantCulture);
        return $"Root=1-{seconds}-{_context.Ids.Hex(24)};Parent={_context.Ids.Hex(16)};Sampled=0";
    }

    /// <summary>An event that is empty is an empty object. Observed 2021-03. Source: https://github.com/aws/aws-lambda-dotnet/pull/834</summary>
    public static ReadOnlyMemory<byte> EventOf(ReadOnlyMemory<byte> payload) => payload.IsEmpty ? "{}"u8.ToArray() : payload;

    public static void CheckSize(ReadOnlyMemory<byte> payload, bool asynchronous)
    {
        if (payload.Length > LambdaLimits.SynchronousPayloadBytes) throw LambdaErrors.RequestTooLarge();
        if (asynchronous && payload.Length > LambdaLimits.AsynchronousPayloadBytes) throw LambdaErrors.EventTooLarge(payload.Length);
    }

    private (Function Function, Invocation Invocation) Prepare(FunctionCall call)
    {
        if (!FunctionName.TryParse(call.Function, out var name)) throw LambdaErrors.FunctionNotFound(call.Function);
        var function = Find(name.Account ?? call.Account, name.Region ?? call.Region, name)
            ?? throw LambdaErrors.FunctionNotFound($"{name.Arn(call.Account, call.Region)}:{name.Qualifier ?? FunctionName.Latest}");
        return (function, new(_context.Ids.Uuid().ToString(), EventOf(call.Payload), name.QualifiedArn(call.Account, call.Region), NewTraceId()) { Cause = call.Cause });
    }

    private Function? Find(string account, string region, FunctionName name) =>
        account == Config.Account && region == Config.Region && name.Qualifier is null or FunctionName.Latest ? Find(name.Name) : null;

    /// <summary>A registered delegate stands before what emulator.yaml declares under the same name.</summary>
    private Function? Find(string name)
    {
        var registration = _registry.Find(name);
        if (_functions.TryGetValue(name, out var known) && known.Registration == registration) return known;
        var declared = Config.Functions.GetValueOrDefault(name);
        if (registration is null && declared is null) return null;
        lock (_lock)
        {
            if (_functions.TryGetValue(name, out known) && known.Registration == registration) return known;
            return _functions[name] = Make(name, declared, registration);
        }
    }

    private Function Make(string name, FunctionConfig? declared, FunctionRegistration? registration)
    {
        var settings = FunctionSettings.Of(Config, name, declared, registration?.Options);
        var code = registration is not null ? new DelegateCode(name, registration) : _loader.CodeOf(name, declared!, Config.Folder);
        var role = new FunctionRole(_credentials, _context.Clock, settings.RoleArn, name);
        var function = new Function(name, Config.Account, Config.Region, settings, code, role, _host, _context.Clock, _context.Ids) { Registration = registration };
        (code as AssemblyCode)?.BelongTo(function);
        return function;
    }
}
