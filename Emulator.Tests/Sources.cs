namespace Emulator.Tests;

/// <summary>Where an expectation is documented.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class SourceAttribute(string url) : Attribute
{
    public string Url { get; } = url;
}

/// <summary>When and how AWS was seen to behave so, where it does not document it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ObservedAttribute(string when) : Attribute
{
    public string When { get; } = when;
}
