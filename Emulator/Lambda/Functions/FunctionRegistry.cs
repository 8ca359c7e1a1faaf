using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Emulator.Lambda;
using Emulator.Lambda.DotNet;
using Emulator.Lambda.Functions;
using Emulator.Lambda.Invocations;

namespace Emulator;

/// <summary>The functions of an emulator that are delegates, registered in code. A delegate stands in for a function of the same name in emulator.yaml and takes that one's settings.</summary>
/// <remarks>May be used from several threads. A name that is registered again is replaced; invocations that run go on with the delegate they began with.</remarks>
public sealed partial class FunctionRegistry
{
    private ImmutableDictionary<string, FunctionRegistration> _registrations;

    private LambdaService? _service;

    internal FunctionRegistry() : this(ImmutableDictionary.Create<string, FunctionRegistration>(StringComparer.Ordinal)) { }

    private FunctionRegistry(ImmutableDictionary<string, FunctionRegistration> registrations) => _registrations = registrations;

    /// <summary>The names that are registered, in order.</summary>
    public IReadOnlyList<string> Names => [.. _registrations.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Registers a function of event and context.</summary>
    [OverloadResolutionPriority(1)] // a lambda that only throws fits this and the synchronous form
    public void Register<TIn, TOut>(string name, Func<TIn, LambdaContext, Task<TOut>> handler, FunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var json = FunctionJson.For(options);
        Add(name, options, async (payload, context) => json.Write(await handler(json.Read<TIn>(payload)!, context)));
    }

    /// <summary>Registers a function of event and context that gives no result.</summary>
    public void Register<TIn>(string name, Func<TIn, LambdaContext, Task> handler, FunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var json = FunctionJson.For(options);
        Add(name, options, async (payload, context) =>
        {
            await handler(json.Read<TIn>(payload)!, context);
            return default;
        });
    }

    /// <summary>Registers a synchronous function of event and context.</summary>
    public void Register<TIn, TOut>(string name, Func<TIn, LambdaContext, TOut> handler, FunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var json = FunctionJson.For(options);
        Add(name, options, (payload, context) => Task.FromResult(json.Write(handler(json.Read<TIn>(payload)!, context))));
    }

    /// <summary>Registers a function of the event alone.</summary>
    [OverloadResolutionPriority(1)]
    public void Register<TIn, TOut>(string name, Func<TIn, Task<TOut>> handler, FunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Register<TIn, TOut>(name, (input, _) => handler(input), options);
    }

    /// <summary>Registers a function of the event alone that gives no result.</summary>
    public void Register<TIn>(string name, Func<TIn, Task> handler, FunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Register<TIn>(name, (input, _) => handler(input), options);
    }

    /// <summary>Registers a synchronous function of the event alone.</summary>
    public void Register<TIn, TOut>(string name, Func<TIn, TOut> handler, FunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Register<TIn, TOut>(name, (input, _) => handler(input), options);
    }

    /// <summary>Registers a function that reads its event and writes its answer as bytes.</summary>
    [OverloadResolutionPriority(2)] // not as an event that is read from JSON
    public void Register(string name, Func<Stream, LambdaContext, Task<Stream>> handler, FunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(name, options, async (payload, context) => await FunctionJson.ReadAsync(await handler(FunctionJson.Open(payload), context)));
    }

    /// <summary>Registers a method as it would be deployed to AWS: with an event, a context (<see cref="LambdaContext"/> or Amazon.Lambda.Core's <c>ILambdaContext</c>), both or neither; its result may be nothing, a value, a stream, or a task of these.</summary>
    /// <exception cref="ArgumentException">The method has other parameters than a function can be given.</exception>
    public void Register(string name, Delegate handler, FunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        HandlerMethod method;
        try
        {
            method = HandlerMethod.Bind(handler.Method, HandlerSerializer.Of(handler.Method, FunctionJson.For(options)));
        }
        catch (FunctionUnavailableException problem)
        {
            throw new ArgumentException(problem.Message, nameof(handler));
        }
        Add(name, options, (payload, context) => method.InvokeAsync(handler.Target, payload, context));
    }

    /// <summary>Removes a function; false where none of this name was registered.</summary>
    public bool Remove(string name) => ImmutableInterlocked.TryRemove(ref _registrations, name, out _);

    /// <summary>The last lines of a function's log, whether it is a delegate or declared in emulator.yaml; empty where there is no such function.</summary>
    public IReadOnlyList<FunctionLogLine> Logs(string name) => _service?.Logs(name) ?? [];

    /// <summary>Completes when no asynchronous invocation runs or is about to. One that waits for its next try does so by the emulator's clock: advance it.</summary>
    public Task WhenIdleAsync() => _service?.Queue.WhenIdleAsync() ?? Task.CompletedTask;

    internal FunctionRegistration? Find(string name) => _registrations.GetValueOrDefault(name);

    internal void Attach(LambdaService service) => _service = service;

    /// <summary>The same functions in a registry that goes on alone.</summary>
    internal FunctionRegistry Fork() => new(_registrations);

    private void Add(string name, FunctionOptions? options, Func<ReadOnlyMemory<byte>, LambdaContext, Task<ReadOnlyMemory<byte>>> run)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!ValidName().IsMatch(name)) throw new ArgumentException($"'{name}' is no name of a function: 1 to 64 letters, digits, hyphens and underscores.", nameof(name));
        if (options?.Timeout <= TimeSpan.Zero) throw new ArgumentException("The timeout must be positive.", nameof(options));
        var registration = new FunctionRegistration(options ?? new(), run);
        ImmutableInterlocked.AddOrUpdate(ref _registrations, name, registration, (_, _) => registration);
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9-_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ValidName();
}
