namespace Emulator.Configuration;

/// <summary>What one reading of emulator.yaml carries along: the problems, and the references that can be checked only when all is read.</summary>
/// <param name="folder">The folder of emulator.yaml; null where it is no file, so that there is nothing to look for beside it.</param>
internal sealed class ConfigReading(ProblemList problems, string? folder)
{
    private readonly List<Reference> _references = [];

    public bool IsFull => problems.IsFull;

    public void Problem(ConfigNode at, string message) => problems.Add(at, message);

    public void Refer(ConfigNode at, string kind, string target, Func<EmulatorConfig, IEnumerable<string>> declared) => _references.Add(new(at, kind, target, declared));

    public bool FileExists(string relative) => folder is null || File.Exists(Path.Combine(folder, relative));

    public bool FolderExists(string relative) => folder is null || Directory.Exists(Path.Combine(folder, relative));

    public void NoteBrokenReferences(EmulatorConfig config)
    {
        foreach (var (at, kind, target, declared) in _references)
        {
            if (declared(config).Contains(target)) continue;
            problems.Add(at, problems.IsFull ? "" : $"no {kind} '{target}' is declared.{NearestName.Hint(target, declared(config))}");
        }
    }

    private sealed record Reference(ConfigNode At, string Kind, string Target, Func<EmulatorConfig, IEnumerable<string>> Declared);
}
