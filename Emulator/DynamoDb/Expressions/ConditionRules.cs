using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>The rules of one condition whose placeholders are resolved.</summary>
internal static class ConditionRules
{
    public static string? Check(SimpleCondition condition) =>
        SizesWithin(condition) ?? condition switch
        {
            FunctionCondition function => Number(function.Name, function.Operands, function.Name is "attribute_exists" or "attribute_not_exists" ? 1 : 2)
                ?? Distinct(function) ?? Function(function),
            BetweenCondition between => Scalars(between, from: 0) ?? Bounds(between.Operands[1], between.Operands[2]),
            ComparisonCondition comparison => Distinct(comparison) ?? (comparison.Comparator is Comparator.Equal or Comparator.NotEqual ? null : Scalars(comparison, from: 0)),
            InCondition { Operands.Count: > DynamoDbLimits.InOperands + 1 } many => WrongNumber("IN", many.Operands.Count - 1),
            _ => null,
        };

    /// <summary>The type of a literal value; null for what only an item can tell.</summary>
    private static AttributeType? TypeOf(Operand operand) => operand switch
    {
        ValueOperand value => value.Value.Type,
        FunctionOperand { Name: "size" } => AttributeType.N,
        ConditionOperand => AttributeType.BOOL,
        _ => null,
    };

    private static string? SizesWithin(SimpleCondition condition)
    {
        foreach (var operand in condition.Operands)
        {
            if (operand is not FunctionOperand size) continue;
            if (Number(size.Name, size.Arguments, 1) is { } wrong) return wrong;
            if (TypeOf(size.Arguments[0]) is AttributeType.N or AttributeType.BOOL or AttributeType.NULL) return WrongType("size", TypeOf(size.Arguments[0]));
        }
        return null;
    }

    private static string? Number(string name, List<Operand> operands, int expected) =>
        operands.Count == expected ? null : WrongNumber(name, operands.Count);

    public static string WrongNumber(string name, int count) =>
        $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {count}";

    public static string WrongType(string name, AttributeType? type) =>
        $"Incorrect operand type for operator or function; operator or function: {name}, operand type: {type?.ToString() ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"}";

    public static string PathRequired(string name) => $"Operator or function requires a document path; operator or function: {name}";

    private static string? Distinct(SimpleCondition condition) =>
        condition.Operands is [PathOperand left, PathOperand right] && left.Path.SameAs(right.Path)
            ? $"The first operand must be distinct from the remaining operands for this operator or function; operator: {condition.Name}, first operand: {left.Path}"
            : null;

    private static string? Scalars(SimpleCondition condition, int from)
    {
        foreach (var operand in condition.Operands.Skip(from))
        {
            if (TypeOf(operand) is { } type and not (AttributeType.S or AttributeType.N or AttributeType.B)) return WrongType(condition.Name, type);
        }
        return null;
    }

    private static string? Bounds(Operand low, Operand high)
    {
        if (low is not ValueOperand { Value: var from } || high is not ValueOperand { Value: var to }) return null;
        if (from.Type != to.Type)
        {
            return $"The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {ValueText.Of(from)}, upper bound operand: AttributeValue: {ValueText.Of(to)}";
        }
        return from.CompareTo(to) > 0
            ? $"The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {ValueText.Of(from)}, upper bound operand: AttributeValue: {ValueText.Of(to)}"
            : null;
    }

    private static string? Function(FunctionCondition function)
    {
        switch (function.Name)
        {
            case "attribute_exists" or "attribute_not_exists":
                return function.Operands[0] is PathOperand ? null : PathRequired(function.Name);
            case "begins_with":
                foreach (var operand in function.Operands)
                {
                    if (TypeOf(operand) is { } type and not (AttributeType.S or AttributeType.B)) return WrongType(function.Name, type);
                }
                return null;
            case "attribute_type":
                return TypeName(function.Operands[1]);
            default:
                return null;
        }
    }

    private static string? TypeName(Operand operand)
    {
        if (operand is not ValueOperand { Value: { Type: AttributeType.S } value }) return WrongType("attribute_type", TypeOf(operand));
        var name = System.Text.Encoding.UTF8.GetString(value.Content.Span);
        return name is "S" or "N" or "B" or "NULL" or "SS" or "BOOL" or "L" or "BS" or "NS" or "M"
            ? null
            : $"Invalid attribute type name found; type: {name}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}";
    }
}
