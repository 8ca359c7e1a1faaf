namespace Emulator.Configuration;

/// <summary>One thing that is wrong in emulator.yaml, and where. Line and column count from 1.</summary>
internal sealed record ConfigurationProblem(string Path, int Line, int Column, string Message)
{
    /// <summary>As editors and terminals make it clickable: <c>emulator.yaml(12,7): unknown key 'sortkey'. Did you mean 'sortKey'?</c></summary>
    public override string ToString() => $"{Path}({Line},{Column}): {Message}";
}

/// <summary>What emulator.yaml says, and everything that is wrong with it, in the order of its lines. With a problem the configuration holds only what could be read, and must not be applied.</summary>
internal sealed record ConfigurationResult(EmulatorConfig Config, IReadOnlyList<ConfigurationProblem> Problems);
