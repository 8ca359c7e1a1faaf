using System.Reflection;
using System.Runtime.Loader;

namespace Emulator.Lambda.DotNet;

/// <summary>One version of a function's assemblies: its own where it brought them along, else those of the emulator's process. It can be unloaded.</summary>
/// <remarks>
/// The emulator's own assembly is loaded here a second time, for what must stand beside the function's code: objects of its interfaces
/// (what refers to code that can be unloaded must be unloadable too), and settings of its AWS SDK. Only types of .NET itself cross between the two.
/// </remarks>
internal sealed class FunctionLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;
    private readonly Lazy<Assembly> _emulator;
    private readonly Lazy<Func<Type, Func<MethodInfo, object?[], object?>, object>> _proxies;

    public FunctionLoadContext(string function, string assemblyPath) : base($"function {function}", isCollectible: true)
    {
        _resolver = new(assemblyPath);
        _emulator = new(() => LoadFromAssemblyPath(typeof(FunctionLoadContext).Assembly.Location));
        _proxies = new(() => Beside<Func<Type, Func<MethodInfo, object?[], object?>, object>>(typeof(Proxy), nameof(Proxy.Make)));
    }

    /// <summary>Whether the function brings an assembly of this name along.</summary>
    public bool Brings(string assembly) => _resolver.ResolveAssemblyToPath(new AssemblyName(assembly)) is not null;

    public object MakeProxy(Type type, Func<MethodInfo, object?[], object?> answer) => _proxies.Value(type, answer);

    /// <summary>A static method of the emulator's assembly as it is here.</summary>
    public TDelegate Beside<TDelegate>(Type type, string method) where TDelegate : Delegate =>
        _emulator.Value.GetType(type.FullName!)!.GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<TDelegate>();

    // From a file, not from bytes: debuggers find the symbols beside it, and Assembly.Location is what the function's code expects.
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
