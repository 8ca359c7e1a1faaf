using Emulator.DynamoDb.Input;

namespace Emulator.DynamoDb.Expressions;

/// <summary>The rules of the parameters that go with expressions.</summary>
internal static class ExpressionParameters
{
    /// <summary>Expressions do not mix with the legacy parameters, and placeholders need an expression.</summary>
    /// <param name="expressions">Each expression parameter and whether the request has it; null where it has not.</param>
    /// <param name="legacy">The same for legacy parameters.</param>
    /// <param name="valueExpressions">The expressions that may use values: AWS names them where values are given without any.</param>
    public static void Check(ReadOnlySpan<(string Name, bool IsGiven)> expressions, ReadOnlySpan<(string Name, bool IsGiven)> legacy,
        bool hasNames, bool hasValues, params ReadOnlySpan<string> valueExpressions)
    {
        if (!hasNames && !hasValues && !IsAnyGiven(expressions)) return;
        var given = Given(expressions);
        if (given.Count > 0 && Given(legacy) is { Count: > 0 } mixed)
        {
            throw DynamoDbErrors.Validation(
                "Can not use both expression and non-expression parameters in the same request: " +
                $"Non-expression parameters: {{{string.Join(", ", mixed)}}} Expression parameters: {{{string.Join(", ", given)}}}");
        }
        if (hasNames && given.Count == 0) throw DynamoDbErrors.Validation("ExpressionAttributeNames can only be specified when using expressions");
        if (!hasValues) return;
        foreach (var name in valueExpressions)
        {
            if (given.Contains(name)) return;
        }
        throw DynamoDbErrors.Validation(
            $"ExpressionAttributeValues can only be specified when using expressions: {string.Join(" and ", valueExpressions)} {(valueExpressions.Length > 1 ? "are" : "is")} null");
    }

    /// <summary>Checks the placeholders and gives the expressions their scope.</summary>
    public static ExpressionScope Scope(Dictionary<string, string?>? names, Dictionary<string, ValueInput>? values = null)
    {
        if (names is null && values is null) return new();
        CheckKeys("ExpressionAttributeNames", '#', names?.Keys);
        foreach (var (key, name) in names ?? [])
        {
            if (name is { Length: 0 }) throw DynamoDbErrors.Validation($"ExpressionAttributeNames contains invalid value: Empty attribute name for key {key}");
        }
        Names.Check(names?.Values.Where(name => name is not null));
        CheckKeys("ExpressionAttributeValues", ':', values?.Keys);
        foreach (var (key, value) in values ?? [])
        {
            if (value.Problem is { } problem) throw DynamoDbErrors.Validation($"ExpressionAttributeValues contains invalid value: {problem} for key {key}");
        }
        return new(
            names?.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal),
            values?.ToDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal));
    }

    /// <summary>The projection of ProjectionExpression or AttributesToGet; null for everything.</summary>
    public static Projection? Projection(string? expression, List<string?>? attributesToGet, ExpressionScope scope) =>
        expression is not null ? ProjectionParser.Parse(expression, scope)
        : attributesToGet is not null ? new(attributesToGet.Select(name => DocumentPath.Of(name ?? "")))
        : null;

    public static void CheckAttributesToGet(List<string?>? attributes)
    {
        Names.Check(attributes);
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var name in attributes ?? [])
        {
            if (!seen.Add(name)) throw DynamoDbErrors.Invalid($"Duplicate value in attribute name: {name}");
        }
    }

    /// <summary>ConditionalOperator joins conditions, so there must be some to join.</summary>
    public static void CheckConditionalOperator(string? conditionalOperator, int conditions)
    {
        if (conditionalOperator is null) return;
        if (conditions == 0) throw DynamoDbErrors.Validation("ConditionalOperator cannot be used without Filter or Expected");
        if (conditions == 1) throw DynamoDbErrors.Validation("ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }

    private static void CheckKeys(string parameter, char sign, IReadOnlyCollection<string>? keys)
    {
        if (keys is null) return;
        if (keys.Count == 0) throw DynamoDbErrors.Validation($"{parameter} must not be empty");
        foreach (var key in keys)
        {
            if (!IsPlaceholder(key, sign)) throw DynamoDbErrors.Validation($"{parameter} contains invalid key: Syntax error; key: \"{key}\"");
            if (key.Length > DynamoDbLimits.PlaceholderBytes) throw DynamoDbErrors.Validation($"{parameter} contains invalid key: The key is too long; key: \"{key}\"");
        }
    }

    private static bool IsPlaceholder(string key, char sign)
    {
        if (key.Length < 2 || key[0] != sign) return false;
        foreach (var c in key.AsSpan(1))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return false;
        }
        return true;
    }

    private static bool IsAnyGiven(ReadOnlySpan<(string Name, bool IsGiven)> parameters)
    {
        foreach (var (_, isGiven) in parameters)
        {
            if (isGiven) return true;
        }
        return false;
    }

    private static List<string> Given(ReadOnlySpan<(string Name, bool IsGiven)> parameters)
    {
        var given = new List<string>();
        foreach (var (name, isGiven) in parameters)
        {
            if (isGiven) given.Add(name);
        }
        return given;
    }
}
