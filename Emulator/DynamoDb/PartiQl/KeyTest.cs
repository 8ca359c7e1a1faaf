using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>A condition that says of a key attribute where to read.</summary>
internal sealed record KeyTest(KeyAttribute Attribute, ComparisonOperator Operator, List<AttributeValue> Values)
{
    /// <summary>Null where the condition is a filter: of a partition key all but = and IN are.</summary>
    public static KeyTest? Of(Condition condition, KeyAttributes keys)
    {
        if (condition is not SimpleCondition simple || OperatorOf(simple) is not { } op) return null;
        var operands = simple.Operands;
        if (simple is ComparisonCondition && operands is [ValueOperand, PathOperand])
        {
            operands = [operands[1], operands[0]];
            op = Reversed(op);
        }
        if (operands[0] is not PathOperand { Path: { IsNested: false } path }) return null;
        var values = new List<AttributeValue>();
        foreach (var operand in operands.Skip(1))
        {
            if (operand is not ValueOperand { Value: var value }) return null;
            values.Add(value);
        }
        foreach (var attribute in keys.Hash)
        {
            if (attribute.Name.Equals(path.Root)) return op is ComparisonOperator.EQ or ComparisonOperator.IN ? new(attribute, op, values) : null;
        }
        return keys.Sort is { } sort && sort.Name.Equals(path.Root) ? new(sort, op, values) : null;
    }

    private static ComparisonOperator? OperatorOf(SimpleCondition condition) => condition switch
    {
        ComparisonCondition { Comparator: Comparator.Equal } => ComparisonOperator.EQ,
        ComparisonCondition { Comparator: Comparator.Less } => ComparisonOperator.LT,
        ComparisonCondition { Comparator: Comparator.LessOrEqual } => ComparisonOperator.LE,
        ComparisonCondition { Comparator: Comparator.Greater } => ComparisonOperator.GT,
        ComparisonCondition { Comparator: Comparator.GreaterOrEqual } => ComparisonOperator.GE,
        BetweenCondition => ComparisonOperator.BETWEEN,
        InCondition => ComparisonOperator.IN,
        FunctionCondition { Name: "begins_with" } => ComparisonOperator.BEGINS_WITH,
        _ => null,
    };

    private static ComparisonOperator Reversed(ComparisonOperator op) => op switch
    {
        ComparisonOperator.LT => ComparisonOperator.GT,
        ComparisonOperator.LE => ComparisonOperator.GE,
        ComparisonOperator.GT => ComparisonOperator.LT,
        ComparisonOperator.GE => ComparisonOperator.LE,
        _ => op,
    };
}
