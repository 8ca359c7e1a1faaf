using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace Emulator.Lambda.DotNet;

/// <summary>Objects of interfaces that are not known when this is compiled, each answered by one function.</summary>
/// <remarks>
/// <see cref="DispatchProxy"/> would do, but that it keeps what it made for as long as the load context is there, and the load context is there
/// for as long as something is kept: code would never be unloaded.
/// </remarks>
internal sealed class InterfaceProxies
{
    private readonly Dictionary<Type, (Type Type, MethodInfo[] Methods)> _types = [];
    private ModuleBuilder? _module;

    /// <param name="answer">The interface's method and the arguments, to its result.</param>
    public object Make(Type contract, Func<MethodInfo, object?[], object?> answer)
    {
        var (type, methods) = TypeOf(contract);
        var proxy = Activator.CreateInstance(type)!;
        type.GetField("Answer")!.SetValue(proxy, answer);
        type.GetField("Methods")!.SetValue(proxy, methods);
        return proxy;
    }

    private (Type Type, MethodInfo[] Methods) TypeOf(Type contract)
    {
        lock (_types)
        {
            if (!_types.TryGetValue(contract, out var made)) _types[contract] = made = Define(contract);
            return made;
        }
    }

    private (Type Type, MethodInfo[] Methods) Define(Type contract)
    {
        // In the context of the interface, where the names of its assembly mean what they mean to it.
        using var scope = AssemblyLoadContext.GetLoadContext(contract.Assembly)?.EnterContextualReflection();
        _module ??= AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Emulator.Lambda.Proxies"), AssemblyBuilderAccess.RunAndCollect).DefineDynamicModule("Proxies");
        var type = _module.DefineType($"{contract.Name}{_types.Count}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(object), [contract]);
        var answer = type.DefineField("Answer", typeof(Func<MethodInfo, object?[], object?>), FieldAttributes.Public);
        var methods = type.DefineField("Methods", typeof(MethodInfo[]), FieldAttributes.Public);
        var contracts = contract.GetInterfaces().Prepend(contract).SelectMany(each => each.GetMethods()).Where(method => !method.IsStatic && !method.IsGenericMethod).ToArray();
        for (var i = 0; i < contracts.Length; i++) Implement(type, contracts[i], i, answer, methods);
        return (type.CreateType(), contracts);
    }

    /// <summary><c>return (T)Answer(Methods[index], new object[] { arguments });</c></summary>
    private static void Implement(TypeBuilder type, MethodInfo contract, int index, FieldInfo answer, FieldInfo methods)
    {
        var parameters = contract.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        var method = type.DefineMethod($"{contract.Name}{index}", MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot | MethodAttributes.HideBySig, contract.ReturnType, parameters);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, answer);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, methods);
        code.Emit(OpCodes.Ldc_I4, index);
        code.Emit(OpCodes.Ldelem_Ref);
        code.Emit(OpCodes.Ldc_I4, parameters.Length);
        code.Emit(OpCodes.Newarr, typeof(object));
        for (var i = 0; i < parameters.Length; i++)
        {
            code.Emit(OpCodes.Dup);
            code.Emit(OpCodes.Ldc_I4, i);
            code.Emit(OpCodes.Ldarg, i + 1);
            if (parameters[i].IsValueType) code.Emit(OpCodes.Box, parameters[i]);
            code.Emit(OpCodes.Stelem_Ref);
        }
        code.Emit(OpCodes.Callvirt, typeof(Func<MethodInfo, object?[], object?>).GetMethod("Invoke")!);
        if (contract.ReturnType == typeof(void)) code.Emit(OpCodes.Pop);
        else code.Emit(OpCodes.Unbox_Any, contract.ReturnType);
        code.Emit(OpCodes.Ret);
        type.DefineMethodOverride(method, contract);
    }
}
