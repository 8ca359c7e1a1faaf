using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Expressions;

/// <summary>The conditions of the legacy parameters (Expected, QueryFilter, ScanFilter, KeyConditions), made into those of expressions.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html; texts as expected by the tests of architect/dynalite, taken from AWS.</remarks>
internal static class LegacyConditions
{
    private const string Invalid = "One or more parameter values were invalid: ";

    /// <summary>Checks QueryFilter, ScanFilter or KeyConditions.</summary>
    public static void Check(IReadOnlyDictionary<string, ConditionInput>? conditions)
    {
        if (conditions is null) return;
        Names.Check(conditions.Keys);
        foreach (var condition in conditions.Values)
        {
            foreach (var value in condition.AttributeValueList ?? []) Require(value);
        }
        foreach (var condition in conditions.Values) CheckArguments(condition.Operator, condition.Values);
    }

    /// <summary>Checks Expected.</summary>
    public static void Check(IReadOnlyDictionary<string, ExpectedInput>? expected)
    {
        Names.Check(expected?.Keys);
        foreach (var (attribute, condition) in expected ?? new Dictionary<string, ExpectedInput>()) Check(attribute, condition);
    }

    /// <summary>The conditions of Expected joined; null where there are none.</summary>
    public static Condition? From(IReadOnlyDictionary<string, ExpectedInput>? expected, string? conditionalOperator) =>
        Join(expected?.Select(pair => From(pair.Key, pair.Value)), conditionalOperator);

    public static Condition? From(IReadOnlyDictionary<string, ConditionInput>? conditions, string? conditionalOperator) =>
        Join(conditions?.Select(pair => Of(pair.Key, pair.Value.Operator, pair.Value.Values)), conditionalOperator);

    private static Condition? Join(IEnumerable<Condition>? conditions, string? conditionalOperator) =>
        conditions?.Aggregate((Condition?)null, (all, one) => all is null ? one : conditionalOperator == "OR" ? new OrCondition(all, one) : new AndCondition(all, one));

    private static Condition From(string attribute, ExpectedInput expected)
    {
        if (expected.ComparisonOperator is { } comparison)
        {
            return Of(attribute, Enum.Parse<ComparisonOperator>(comparison), expected.Values);
        }
        return expected.Exists == false
            ? Of(attribute, ComparisonOperator.NULL, [])
            : Of(attribute, ComparisonOperator.EQ, [expected.Value!.Value]);
    }

    private static Condition Of(string attribute, ComparisonOperator comparison, List<AttributeValue> values)
    {
        Operand path = new PathOperand(DocumentPath.Of(attribute));
        Condition Compare(Comparator comparator) => new ComparisonCondition(comparator, path, ValueOperand.Of(values[0]));
        Condition Function(string name) => new FunctionCondition(new(name, values.Count > 0 ? [path, ValueOperand.Of(values[0])] : [path]));
        Condition Exists() => new FunctionCondition(new("attribute_exists", [path]));
        return comparison switch
        {
            ComparisonOperator.EQ => Compare(Comparator.Equal),
            ComparisonOperator.NE => Compare(Comparator.NotEqual),
            ComparisonOperator.LT => Compare(Comparator.Less),
            ComparisonOperator.LE => Compare(Comparator.LessOrEqual),
            ComparisonOperator.GT => Compare(Comparator.Greater),
            ComparisonOperator.GE => Compare(Comparator.GreaterOrEqual),
            ComparisonOperator.IN => new InCondition([path, .. values.Select(ValueOperand.Of)]),
            ComparisonOperator.BETWEEN => new BetweenCondition(path, ValueOperand.Of(values[0]), ValueOperand.Of(values[1])),
            ComparisonOperator.NULL => Function("attribute_not_exists"),
            ComparisonOperator.NOT_NULL => Function("attribute_exists"),
            ComparisonOperator.BEGINS_WITH => Function("begins_with"),
            ComparisonOperator.CONTAINS => Function("contains"),
            _ => new AndCondition(Exists(), new NotCondition(Function("contains"))),
        };
    }

    private static void Check(string attribute, ExpectedInput condition)
    {
        if (condition.AttributeValueList is not null && condition.Value is not null)
        {
            throw DynamoDbErrors.Validation($"{Invalid}Value and AttributeValueList cannot be used together for Attribute: {attribute}");
        }
        if (condition.ComparisonOperator is { } comparison)
        {
            if (condition.Exists is not null) throw DynamoDbErrors.Validation($"{Invalid}Exists and ComparisonOperator cannot be used together for Attribute: {attribute}");
            if (comparison is not ("NULL" or "NOT_NULL") && condition.AttributeValueList is null && condition.Value is null)
            {
                throw DynamoDbErrors.Validation($"{Invalid}Value or AttributeValueList must be used with ComparisonOperator: {comparison} for Attribute: {attribute}");
            }
            foreach (var value in condition.AttributeValueList ?? (condition.Value is { } single ? [single] : [])) Require(value);
            CheckArguments(Enum.Parse<ComparisonOperator>(comparison), condition.Values);
            return;
        }
        if (condition.AttributeValueList is not null) throw DynamoDbErrors.Validation($"{Invalid}AttributeValueList can only be used with a ComparisonOperator for Attribute: {attribute}");
        if (condition.Exists is null or true && condition.Value is null)
        {
            throw DynamoDbErrors.Validation($"{Invalid}Value must be provided when Exists is {(condition.Exists is null ? "null" : "true")} for Attribute: {attribute}");
        }
        if (condition.Exists == false && condition.Value is not null) throw DynamoDbErrors.Validation($"{Invalid}Value cannot be used when Exists is false for Attribute: {attribute}");
        if (condition.Value is { } expected) Require(expected);
    }

    private static void CheckArguments(ComparisonOperator comparison, List<AttributeValue> values)
    {
        var (least, most) = comparison switch
        {
            ComparisonOperator.NULL or ComparisonOperator.NOT_NULL => (0, 0),
            ComparisonOperator.IN => (1, int.MaxValue),
            ComparisonOperator.BETWEEN => (2, 2),
            _ => (1, 1),
        };
        if (values.Count < least || values.Count > most) throw DynamoDbErrors.Validation($"{Invalid}Invalid number of argument(s) for the {comparison} ComparisonOperator");
        if (values.Exists(value => value.Type != values[0].Type)) throw DynamoDbErrors.Validation($"{Invalid}AttributeValues inside AttributeValueList must be of same type");
        foreach (var value in values)
        {
            if (!Allows(comparison, value.Type)) throw DynamoDbErrors.Validation($"{Invalid}ComparisonOperator {comparison} is not valid for {value.Type} AttributeValue type");
        }
        if (comparison == ComparisonOperator.BETWEEN && values[0].CompareTo(values[1]) > 0) throw BetweenReversed();
    }

    public static AwsException BetweenReversed() =>
        DynamoDbErrors.Validation("The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");

    private static bool Allows(ComparisonOperator comparison, AttributeType type) => comparison switch
    {
        ComparisonOperator.EQ or ComparisonOperator.NE => true,
        ComparisonOperator.BEGINS_WITH => type is AttributeType.S or AttributeType.B,
        ComparisonOperator.CONTAINS or ComparisonOperator.NOT_CONTAINS or ComparisonOperator.IN => type is AttributeType.S or AttributeType.N or AttributeType.B,
        _ => type is AttributeType.S or AttributeType.N or AttributeType.B,
    };

    private static void Require(ValueInput value)
    {
        if (value.Problem is { } problem) throw DynamoDbErrors.Validation(problem);
    }
}
