namespace Emulator.Iam.Policies;

/// <summary>How an operator treats a key of several values.</summary>
internal enum SetOperator { None, ForAllValues, ForAnyValue }

/// <summary>One key under one operator of a statement's Condition.</summary>
/// <param name="operator">As the policy has it, for explanations.</param>
/// <param name="key">As the policy has it.</param>
internal sealed class Condition(string @operator, string key, IReadOnlyList<string> expected, ConditionOperator comparison, SetOperator set, bool ifExists, bool variables)
{
    private readonly string _key = key.ToLowerInvariant();
    private readonly ValueTest[] _tests = comparison.Compile is { } compile ? [.. expected.Select(value => compile(value, variables))] : [];

    public string Operator { get; } = @operator;

    public string Key { get; } = key;

    public IReadOnlyList<string> Expected { get; } = expected;

    /// <summary>Reads an operator with its qualifiers (<c>ForAnyValue:StringLikeIfExists</c>); null where the policy language has no such one.</summary>
    public static Func<string, IReadOnlyList<string>, Condition>? Reader(string name, bool variables)
    {
        var rest = name;
        var set = SetOperator.None;
        foreach (var candidate in (ReadOnlySpan<SetOperator>)[SetOperator.ForAllValues, SetOperator.ForAnyValue])
        {
            if (!rest.StartsWith($"{candidate}:", StringComparison.OrdinalIgnoreCase)) continue;
            set = candidate;
            rest = rest[(candidate.ToString().Length + 1)..];
            break;
        }
        var ifExists = rest.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase);
        if (ifExists) rest = rest[..^"IfExists".Length];
        // Source: IfExists goes "to the end of any condition operator name except the Null condition".
        if (ConditionOperators.Find(rest) is not { } comparison || (ifExists && comparison.Compile is null)) return null;
        return (key, expected) => new(name, key, expected, comparison, set, ifExists, variables);
    }

    public bool Holds(AccessRequest request)
    {
        var values = request.Values(_key);
        if (comparison.Compile is null) return Expected.Any(value => value.Equals(values.Count == 0 ? "true" : "false", StringComparison.OrdinalIgnoreCase));
        return set switch
        {
            SetOperator.None => values.Count == 0 ? ifExists || comparison.Negated : comparison.Negated ? All(values, request) : Any(values, request),
            // Source: a key that is absent, or an empty string, makes ForAllValues true and ForAnyValue false.
            SetOperator.ForAllValues => values.Count == 0 || All(values, request),
            _ => values.Count == 0 ? ifExists : Any(values, request),
        };
    }

    private bool All(ContextValues values, AccessRequest request)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!IsEmptySet(values[i]) && !Satisfies(values[i], request)) return false;
        }
        return true;
    }

    private bool Any(ContextValues values, AccessRequest request)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!IsEmptySet(values[i]) && Satisfies(values[i], request)) return true;
        }
        return false;
    }

    private bool IsEmptySet(string value) => set != SetOperator.None && value.Length == 0;

    /// <summary>Policy values are joined by OR; under a negated operator by NOR. A variable that the request does not have satisfies neither.</summary>
    private bool Satisfies(string value, AccessRequest request)
    {
        var unresolved = false;
        foreach (var test in _tests)
        {
            switch (test(value, request))
            {
                case PatternMatch.Yes: return !comparison.Negated;
                case PatternMatch.Unresolved: unresolved = true; break;
                default: break;
            }
        }
        return comparison.Negated && !unresolved;
    }
}
