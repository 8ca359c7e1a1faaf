namespace Emulator.DynamoDb.Expressions;

/// <summary>What several paths in one update or projection must not be.</summary>
internal static class PathRules
{
    public static string? Reserved(DocumentPath path)
    {
        foreach (var step in path.Steps)
        {
            if (!step.IsIndex && !step.IsPlaceholder && ReservedWords.Contains(step.Source!)) return ConditionChecker.ReservedWord(step.Source!);
        }
        return null;
    }

    /// <summary>One leads to the other or through it.</summary>
    public static string? Overlap(IEnumerable<DocumentPath> paths) => FirstPair(paths, Relation.Overlap) is { } pair
        ? $"Two document paths overlap with each other; must remove or rewrite one of these paths; path one: {pair.One}, path two: {pair.Two}"
        : null;

    /// <summary>One takes for a list what the other takes for a map.</summary>
    public static string? Conflict(IEnumerable<DocumentPath> paths) => FirstPair(paths, Relation.Conflict) is { } pair
        ? $"Two document paths conflict with each other; must remove or rewrite one of these paths; path one: {pair.One}, path two: {pair.Two}"
        : null;

    private enum Relation { None, Overlap, Conflict }

    private static (DocumentPath One, DocumentPath Two)? FirstPair(IEnumerable<DocumentPath> paths, Relation relation)
    {
        var seen = new List<DocumentPath>();
        foreach (var path in paths)
        {
            foreach (var other in seen)
            {
                if (Relate(other, path) == relation) return (other, path);
            }
            seen.Add(path);
        }
        return null;
    }

    private static Relation Relate(DocumentPath one, DocumentPath two)
    {
        for (var i = 0; i < Math.Min(one.Steps.Count, two.Steps.Count); i++)
        {
            if (one.Steps[i].IsIndex != two.Steps[i].IsIndex) return Relation.Conflict;
            if (!one.Steps[i].SameAs(two.Steps[i])) return Relation.None;
        }
        return Relation.Overlap;
    }
}
