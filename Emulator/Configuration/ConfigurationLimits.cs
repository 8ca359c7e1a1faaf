namespace Emulator.Configuration;

/// <summary>How large emulator.yaml may be. No file of use comes near; a file made to exhaust the machine is refused early.</summary>
internal static class ConfigurationLimits
{
    /// <summary>Of the file.</summary>
    public const int MaximumLengthChars = 1024 * 1024;

    /// <summary>Of the content with every alias replaced by what it stands for: characters of text, and one more for each node.</summary>
    public const long MaximumWeight = 4 * 1024 * 1024;

    /// <summary>Mappings and lists inside one another.</summary>
    public const int MaximumDepth = 48;

    /// <summary>Problems listed; of the others only their number is told.</summary>
    public const int MaximumProblems = 100;
}
