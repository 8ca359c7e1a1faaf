using System.Reflection;
using System.Runtime.Loader;

namespace Emulator.Lambda.DotNet;

/// <summary>One version of a function's assemblies: its own where it brought them along, else those of the emulator's process. It can be unloaded.</summary>
/// <remarks>It holds no assembly, type or object of its code: the runtime holds it until they are gone, so they would never go.</remarks>
internal sealed class FunctionLoadContext(string function, string assemblyPath) : AssemblyLoadContext($"function {function}", isCollectible: true)
{
    private readonly AssemblyDependencyResolver _resolver = new(assemblyPath);

    /// <summary>Whether the function brings an assembly of this name along.</summary>
    public bool Brings(string assembly) => _resolver.ResolveAssemblyToPath(new AssemblyName(assembly)) is not null;

    // From a file, not from bytes: debuggers find the symbols beside it, and Assembly.Location is what the function's code expects.
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
