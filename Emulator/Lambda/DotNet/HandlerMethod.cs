using System.Reflection;
using System.Runtime.CompilerServices;
using Emulator.Lambda.Functions;
using Emulator.Lambda.Invocations;

namespace Emulator.Lambda.DotNet;

/// <summary>A method that is a function's handler: its parameters bound to event and context, its result to the answer.</summary>
internal sealed class HandlerMethod
{
    private readonly MethodInvoker _method;
    private readonly Func<ReadOnlyMemory<byte>, LambdaContext, object?>[] _arguments;
    private readonly Func<object?, Task<ReadOnlyMemory<byte>>> _answer;

    private HandlerMethod(MethodInfo method, Func<ReadOnlyMemory<byte>, LambdaContext, object?>[] arguments, Func<object?, Task<ReadOnlyMemory<byte>>> answer) =>
        (_method, _arguments, _answer) = (MethodInvoker.Create(method), arguments, answer);

    /// <exception cref="FunctionUnavailableException">It cannot be a handler; the text is that of AWS's .NET runtime.</exception>
    public static HandlerMethod Bind(MethodInfo method, HandlerSerializer serializer)
    {
        Check(method);
        var core = new LambdaCore(new InterfaceProxies());
        return new(method, [.. method.GetParameters().Select(parameter => Argument(parameter.ParameterType, serializer, core))], Answer(method.ReturnType, serializer));
    }

    /// <summary>Finds a handler in its type or the nearest base type that has it.</summary>
    public static MethodInfo Find(Type type, HandlerName name)
    {
        const BindingFlags all = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            var found = declaring.GetMethods(all).Where(method => method.Name == name.Method || method.ToString() == name.Method).ToArray();
            if (found.Length == 1) return found[0];
            if (found.Length > 1)
            {
                throw FunctionUnavailableException.Invalid($"The method '{name.Method}' in type '{type.FullName}' appears to have a number of overloads. To call this method please specify a complete method signature. Possible candidates are:\n{string.Join('\n', found.Select(method => method.ToString()))}.");
            }
        }
        throw FunctionUnavailableException.Invalid($"Unable to find method '{name.Method}' in type '{type.FullName}' from assembly '{name.Assembly}': Found no methods matching method name '{name.Method}'.");
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(object? target, ReadOnlyMemory<byte> payload, LambdaContext context)
    {
        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = _arguments[i](payload, context);
        return await _answer(_method.Invoke(target, arguments));
    }

    private static void Check(MethodInfo method)
    {
        if (method.IsAbstract) throw FunctionUnavailableException.Invalid($"The method '{method}' cannot be used as a Lambda Handler because it is an abstract method. Handler methods cannot be abstract. Please specify a non-abstract handler method.");
        if (method.IsGenericMethodDefinition) throw FunctionUnavailableException.Invalid($"The method '{method}' cannot be used as a Lambda Handler because it is a generic method. Handler methods cannot be generic. Please specify a non-generic handler method.");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute))) throw FunctionUnavailableException.Invalid($"The method '{method}' cannot be used as a Lambda Handler because it is an 'async void' method. Handler methods cannot be 'async void'. Please specify a method that is not 'async void'.");
        var parameters = method.GetParameters();
        var type = method.DeclaringType?.FullName;
        if (parameters.Length > 2) throw FunctionUnavailableException.Invalid($"Method '{method.Name}' of type '{type}' is not supported: the method has more than 2 parameters.");
        if (parameters.Length == 2 && !IsContext(parameters[1].ParameterType)) throw FunctionUnavailableException.Invalid($"Method '{method.Name}' of type '{type}' is not supported: the method has 2 parameters, but the second parameter is not of type '{LambdaCore.ContextName}'.");
    }

    private static bool IsContext(Type type) => type == typeof(LambdaContext) || type.FullName == LambdaCore.ContextName;

    private static Func<ReadOnlyMemory<byte>, LambdaContext, object?> Argument(Type type, HandlerSerializer serializer, LambdaCore core)
    {
        if (type == typeof(LambdaContext)) return static (_, context) => context;
        if (type.FullName == LambdaCore.ContextName) return (_, context) => core.Context(type, context);
        if (type == typeof(Stream)) return static (payload, _) => FunctionJson.Open(payload);
        var read = serializer.Reader(type);
        return (payload, _) => read(payload);
    }

    /// <summary>From what the method returns to the bytes of the answer. Nothing is an empty answer, as AWS's .NET runtime sends it.</summary>
    private static Func<object?, Task<ReadOnlyMemory<byte>>> Answer(Type declared, HandlerSerializer serializer)
    {
        if (declared == typeof(void)) return static _ => Task.FromResult<ReadOnlyMemory<byte>>(default);
        if (declared == typeof(ValueTask)) return static async result => { await (ValueTask)result!; return default; };
        if (TaskResult(declared) is { } awaited)
        {
            var write = Value(awaited, serializer);
            var toTask = declared.IsValueType ? MethodInvoker.Create(declared.GetMethod(nameof(ValueTask<>.AsTask))!) : null;
            var value = MethodInvoker.Create(typeof(Task<>).MakeGenericType(awaited).GetProperty(nameof(Task<>.Result))!.GetMethod!);
            return async result =>
            {
                var task = (Task)(toTask is null ? result! : toTask.Invoke(result)!);
                await task;
                return await write(value.Invoke(task));
            };
        }
        if (typeof(Task).IsAssignableFrom(declared)) return static async result => { await (Task)result!; return default; };
        return Value(declared, serializer);
    }

    private static Func<object?, Task<ReadOnlyMemory<byte>>> Value(Type type, HandlerSerializer serializer)
    {
        if (typeof(Stream).IsAssignableFrom(type)) return static value => FunctionJson.ReadAsync((Stream?)value);
        var write = serializer.Writer(type);
        return value => Task.FromResult(write(value));
    }

    private static Type? TaskResult(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.IsConstructedGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))) return type.GenericTypeArguments[0];
        }
        return null;
    }
}
