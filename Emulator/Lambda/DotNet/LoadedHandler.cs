using System.Reflection;
using Emulator.Lambda.Functions;
using Emulator.Lambda.Invocations;

namespace Emulator.Lambda.DotNet;

/// <summary>One version of a function's code, loaded: its handler, and objects of the handler's class, one for each invocation that runs at a time, as AWS has one execution environment for each.</summary>
internal sealed class LoadedHandler
{
    private readonly Function _function;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Stack<Instance> _idle = [];
    private FunctionLoadContext? _context;
    private Type? _type;
    private HandlerMethod? _method;
    private Task<ProcessEnvironment.Lease>? _lease;
    private bool _isStatic;
    private bool _retired;
    private int _active;

    private LoadedHandler(Function function, CodeVersion version, TimeProvider time) => (_function, Version, _time) = (function, version, time);

    public CodeVersion Version { get; }

    private Action<string>? Progress => _function.Host.Progress;

    /// <exception cref="FunctionUnavailableException">It cannot be loaded; the text is that of AWS's .NET runtime.</exception>
    public static async Task<LoadedHandler> LoadAsync(Function function, HandlerName name, CodeVersion version, TimeProvider time)
    {
        var loaded = new LoadedHandler(function, version, time);
        ConsoleCapture.Shared.Acquire();
        try
        {
            await loaded.LoadAsync(name);
            return loaded;
        }
        catch
        {
            await loaded.RetireAsync();
            throw;
        }
    }

    /// <summary>An object to run an invocation with; null where a newer version has come.</summary>
    public async ValueTask<FunctionInstance?> RentAsync(InvocationLog log)
    {
        lock (_lock)
        {
            if (_retired) return null;
            _active++;
            if (_idle.TryPop(out var idle)) return idle;
        }
        try
        {
            return await ConstructAsync(log);
        }
        catch
        {
            Return(null);
            throw;
        }
    }

    /// <summary>No more invocations: when the last has ended, the code is unloaded. That is waited for only where none runs.</summary>
    public Task RetireAsync()
    {
        lock (_lock)
        {
            if (_retired) return Task.CompletedTask;
            _retired = true;
            if (_active > 0) return Task.CompletedTask;
        }
        return UnloadAsync();
    }

    private async Task LoadAsync(HandlerName name)
    {
        var file = Path.Combine(Version.Folder, name.Assembly + ".dll");
        if (!File.Exists(file))
        {
            throw FunctionUnavailableException.Invalid($"Could not find the specified handler assembly with the file name '{name.Assembly}, Culture=neutral, PublicKeyToken=null'. The assembly should be located in the root of your uploaded .zip file.");
        }
        var variables = FunctionEnvironment.Of(_function, await _function.Role.SessionAsync(), _function.Host.Endpoint());
        _context = new FunctionLoadContext(_function.Name, file);
        await ProcessEnvironment.Shared.RunAsync(FunctionEnvironment.ForProcess(variables), () => Bind(name, file), LambdaLimits.Initialization, _time);
    }

    private bool Bind(HandlerName name, string file)
    {
        Assembly assembly;
        try
        {
            assembly = _context!.LoadFromAssemblyPath(file);
        }
        catch (Exception unfit) when (unfit is BadImageFormatException or FileLoadException)
        {
            throw FunctionUnavailableException.Invalid($"Unable to load assembly '{name.Assembly}'.");
        }
        _type = assembly.GetType(name.Type) ?? throw FunctionUnavailableException.Invalid($"Unable to load type '{name.Type}' from assembly '{name.Assembly}'.");
        FunctionSdk.Install(_context, _function);
        var method = HandlerMethod.Find(_type, name);
        if (!method.IsStatic && _type.IsAbstract) throw FunctionUnavailableException.Invalid($"The instance method '{method}' cannot be used as a Lambda Handler because its type '{_type.FullName}' is abstract. Please either use a static handler or specify a type that is not abstract.");
        if (_type.IsGenericType) throw FunctionUnavailableException.Invalid($"The type '{_type.FullName}' cannot be used as a Lambda Handler type because it is generic. Handler methods cannot be located in generic types. Please specify a handler method in a non-generic type.");
        _isStatic = method.IsStatic;
        _method = HandlerMethod.Bind(method, HandlerSerializer.Of(method, FunctionJson.Separate()));
        return true;
    }

    /// <summary>The variables that may stay set in the process: the function's own; where the process is the emulator's, also those that say where the emulator is. Never credentials.</summary>
    private IEnumerable<KeyValuePair<string, string>> Kept(Dictionary<string, string> variables) =>
        FunctionEnvironment.ForProcess(variables).Where(variable =>
            _function.Settings.Environment.ContainsKey(variable.Key)
            || (_function.Host.OwnsProcess && variable.Key is "AWS_REGION" or "AWS_DEFAULT_REGION" or "AWS_ENDPOINT_URL"));

    private async Task<Instance> ConstructAsync(InvocationLog log)
    {
        var started = _time.GetTimestamp();
        var variables = FunctionEnvironment.Of(_function, await _function.Role.SessionAsync(), _function.Host.Endpoint());
        await KeepAsync(variables);
        try
        {
            var target = _isStatic ? null : await ConsoleCapture.Shared.RunAsync(log, () =>
                ProcessEnvironment.Shared.RunAsync(FunctionEnvironment.ForProcess(variables), Construct, LambdaLimits.Initialization, _time));
            return new Instance(this, target) { InitDuration = _time.GetElapsedTime(started) };
        }
        catch (TimeoutException)
        {
            throw new FunctionUnavailableException("Sandbox.Timedout", $"The constructor of {_type!.FullName} did not end within {LambdaLimits.Initialization.TotalSeconds:F0} seconds.");
        }
    }

    private Task KeepAsync(Dictionary<string, string> variables)
    {
        lock (_lock)
        {
            return _lease ??= ProcessEnvironment.Shared.KeepAsync(Kept(variables), variable =>
                Progress?.Invoke($"The function {_function.Name} wants the environment variable {variable} otherwise than it is set in this process: it sees its own value in its constructor only."));
        }
    }

    private object Construct()
    {
        try
        {
            return Activator.CreateInstance(_type!, BindingFlags.DoNotWrapExceptions | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, null, [], null)!;
        }
        catch (Exception problem)
        {
            throw new FunctionUnavailableException(problem.GetType().Name, problem.Message, problem);
        }
    }

    private void Return(Instance? instance)
    {
        lock (_lock)
        {
            if (instance is not null) _idle.Push(instance);
            if (--_active > 0 || !_retired) return;
        }
        _ = UnloadAsync();
    }

    private async Task UnloadAsync()
    {
        foreach (var instance in _idle) instance.Dispose();
        _idle.Clear();
        (_type, _method) = (null, null);
        _context?.Unload();
        _context = null;
        ConsoleCapture.Shared.Release();
        if (_lease is { } lease) await (await lease).EndAsync();
    }

    private sealed class Instance(LoadedHandler handler, object? target) : FunctionInstance
    {
        public override Task<ReadOnlyMemory<byte>> RunAsync(ReadOnlyMemory<byte> payload, LambdaContext context) =>
            ConsoleCapture.Shared.RunAsync(context.Log, () => handler._method!.InvokeAsync(target, payload, context));

        public override void Release(bool reusable)
        {
            InitDuration = null;
            handler.Return(reusable ? this : null);
        }

        public void Dispose()
        {
            try
            {
                (target as IDisposable)?.Dispose();
            }
            catch (Exception problem)
            {
                handler.Progress?.Invoke($"The function {handler._function.Name} failed when it was disposed of: {problem.Message}");
            }
        }
    }
}
