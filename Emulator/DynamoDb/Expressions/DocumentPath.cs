using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>One step of a document path: the name of an attribute or map entry, or an index of a list.</summary>
/// <param name="Source">The name as it stands in the expression, perhaps a placeholder; null for an index.</param>
internal record struct PathStep(string? Source, int Index)
{
    /// <summary>The name that is meant, once placeholders are resolved.</summary>
    public AttributeName? Name { get; set; }

    public readonly bool IsIndex => Source is null;

    public readonly bool IsPlaceholder => Source is ['#', ..];

    public static PathStep Of(string name) => new(name, 0) { Name = new(name) };

    public readonly bool SameAs(PathStep other) => IsIndex == other.IsIndex && (IsIndex ? Index == other.Index : Name!.Equals(other.Name));

    public override readonly string ToString() => IsIndex ? $"[{Index}]" : Name?.Text ?? Source!;
}

/// <summary>The way to an attribute or into the document that it holds, as <c>a.b[2]</c>.</summary>
internal sealed class DocumentPath(List<PathStep> steps)
{
    public List<PathStep> Steps { get; } = steps;

    public AttributeName Root => Steps[0].Name!;

    public bool IsNested => Steps.Count > 1;

    /// <summary>The path of an attribute by its own name (legacy parameters).</summary>
    public static DocumentPath Of(string attribute) => new([PathStep.Of(attribute)]);

    /// <summary>The value at the path, or one that is absent.</summary>
    public AttributeValue Resolve(AttributeMap item)
    {
        var value = item.Get(Root);
        for (var i = 1; i < Steps.Count && !value.IsAbsent; i++) value = Step(value, Steps[i]);
        return value;
    }

    public bool SameAs(DocumentPath other)
    {
        if (Steps.Count != other.Steps.Count) return false;
        for (var i = 0; i < Steps.Count; i++)
        {
            if (!Steps[i].SameAs(other.Steps[i])) return false;
        }
        return true;
    }

    /// <summary>As AWS writes it in its errors: <c>[a, b, [2]]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Steps)}]";

    private static AttributeValue Step(AttributeValue value, PathStep step)
    {
        if (!step.IsIndex) return value.Type == AttributeType.M ? value.Map.Get(step.Name!) : default;
        if (value.Type != AttributeType.L) return default;
        var index = 0;
        foreach (var element in value.Elements)
        {
            if (index++ == step.Index) return element;
        }
        return default;
    }
}
