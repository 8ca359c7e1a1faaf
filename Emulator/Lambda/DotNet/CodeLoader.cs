using System.Collections.Concurrent;
using Emulator.Configuration;
using Emulator.Lambda.Functions;

namespace Emulator.Lambda.DotNet;

/// <summary>Makes the code of functions that emulator.yaml declares, and ends it with the emulator.</summary>
internal sealed class CodeLoader(FunctionHost host, TimeProvider time) : IAsyncDisposable
{
    private readonly CodeFolders _folders = new(host.WorkFolder, time);
    private readonly ConcurrentDictionary<string, Lazy<CodeSource>> _sources = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<AssemblyCode> _codes = [];

    public FunctionCode CodeOf(string name, FunctionConfig declared, string configFolder)
    {
        if (declared.Project is { } project) return Of(declared, Path.GetFullPath(project, Path.GetFullPath(configFolder)), path => new ProjectSource(path, _folders, time, host.Watch, host.Progress));
        if (declared.Assembly is { } assembly) return Of(declared, Path.GetFullPath(assembly, Path.GetFullPath(configFolder)), path => new AssemblySource(path, _folders, time, host.Watch, host.Progress));
        return new AbsentCode(name);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values)
        {
            if (source.IsValueCreated) await source.Value.DisposeAsync();
        }
        foreach (var code in _codes) await code.DisposeAsync();
    }

    private AssemblyCode Of(FunctionConfig declared, string path, Func<string, CodeSource> make)
    {
        var source = _sources.GetOrAdd(path, key => new(() => make(key))).Value;
        var code = new AssemblyCode(declared.Handler, source, time, host.Watch);
        _codes.Add(code);
        return code;
    }
}
