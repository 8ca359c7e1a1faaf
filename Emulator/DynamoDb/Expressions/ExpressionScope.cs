using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>The placeholders of a request, and which of them its expressions have used.</summary>
internal sealed class ExpressionScope(IReadOnlyDictionary<string, string>? names = null, IReadOnlyDictionary<string, AttributeValue>? values = null)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Resolves the names of a path; else the error of the first that is not defined.</summary>
    public string? Resolve(DocumentPath path)
    {
        for (var i = 0; i < path.Steps.Count; i++)
        {
            var step = path.Steps[i];
            if (step.IsIndex || step.Name is not null) continue;
            if (!step.IsPlaceholder)
            {
                step.Name = new(step.Source!);
            }
            else
            {
                if (names?.GetValueOrDefault(step.Source!) is not { } name)
                {
                    return $"An expression attribute name used in the document path is not defined; attribute name: {step.Source}";
                }
                _used.Add(step.Source!);
                step.Name = new(name);
            }
            path.Steps[i] = step;
        }
        return null;
    }

    public string? Resolve(ValueOperand operand)
    {
        if (!operand.Value.IsAbsent) return null;
        if (values is null || !values.TryGetValue(operand.Placeholder, out var value))
        {
            return $"An expression attribute value used in expression is not defined; attribute value: {operand.Placeholder}";
        }
        _used.Add(operand.Placeholder);
        operand.Value = value;
        return null;
    }

    /// <summary>Refuses what was given and not used; names before values.</summary>
    public void RequireAllUsed()
    {
        RequireUsed("ExpressionAttributeNames", names?.Keys);
        RequireUsed("ExpressionAttributeValues", values?.Keys);
    }

    private void RequireUsed(string parameter, IEnumerable<string>? keys)
    {
        var unused = keys?.Where(key => !_used.Contains(key)).ToArray();
        if (unused is { Length: > 0 })
        {
            throw DynamoDbErrors.Validation($"Value provided in {parameter} unused in expressions: keys: {{{string.Join(", ", unused)}}}");
        }
    }
}
