using Emulator.Lambda.Functions;

namespace Emulator.Lambda.DotNet;

/// <summary>An assembly that somebody else builds, with what lies beside it.</summary>
internal sealed class AssemblySource(string assembly, CodeFolders folders, TimeProvider time, bool watch, Action<string>? progress) : CodeSource(folders, time, watch, progress)
{
    public override string Folder { get; } = Path.GetDirectoryName(assembly)!;

    protected override string Fingerprint() => FolderContent.HashOfTimes(FolderContent.All(Folder));

    protected override Task<CodeVersion> MakeAsync(string fingerprint, CancellationToken stopped)
    {
        if (!File.Exists(assembly)) throw new FunctionUnavailableException("Emulator.AssemblyNotFound", $"There is no assembly {assembly}.");
        try
        {
            return Task.FromResult(Folders.Copy(Folder, assembly));
        }
        catch (IOException problem)
        {
            throw new FunctionUnavailableException("Emulator.AssemblyNotFound", $"The assembly {assembly} cannot be copied: {problem.Message}");
        }
    }

    protected override IEnumerable<string> Watched() => [Folder];
}
