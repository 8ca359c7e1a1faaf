namespace Emulator.Tests;

/// <summary>The page that states what a test expects.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class SourceAttribute(string url) : Attribute
{
    public string Url { get; } = url;
}

/// <summary>What AWS does and does not document: when and how it was seen.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ObservedAttribute(string how) : Attribute
{
    public string How { get; } = how;
}
