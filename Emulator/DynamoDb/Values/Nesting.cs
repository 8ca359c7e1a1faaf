namespace Emulator.DynamoDb.Values;

/// <summary>How deep documents go.</summary>
internal static class Nesting
{
    /// <summary>The levels of the deepest attribute: one for a scalar, one more for each list or map around it.</summary>
    public static int DepthOf(AttributeMap map)
    {
        var deepest = 0;
        foreach (var entry in map) deepest = Math.Max(deepest, DepthOf(entry.Value));
        return deepest;
    }

    private static int DepthOf(AttributeValue value)
    {
        if (value.Type == AttributeType.M) return 1 + DepthOf(value.Map);
        if (value.Type != AttributeType.L) return 1;
        var deepest = 0;
        foreach (var element in value.Elements) deepest = Math.Max(deepest, DepthOf(element));
        return 1 + deepest;
    }
}
