namespace Emulator.Tests;

/// <summary>The page that states what a test expects.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class SourceAttribute(string url) : Attribute
{
    public string Url { get; } = url;
}

/// <summary>When and how AWS was seen to do what a test expects, where no page states it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ObservedAttribute(string occasion) : Attribute
{
    public string Occasion { get; } = occasion;
}
