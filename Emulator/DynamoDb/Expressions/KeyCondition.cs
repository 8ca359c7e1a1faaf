using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Expressions;

/// <summary>What a Query asks of one key attribute.</summary>
internal sealed record KeyCondition(string Attribute, ComparisonOperator Operator, List<AttributeValue> Values)
{
    /// <summary>Takes a parsed KeyConditionExpression apart; refuses what a key condition cannot be.</summary>
    /// <remarks>Source of order and texts: the expectations of test/query.js of architect/dynalite, taken from AWS.</remarks>
    public static List<KeyCondition> From(Condition condition)
    {
        var conditions = new List<KeyCondition>();
        Collect(condition, conditions);
        return conditions;
    }

    private static void Collect(Condition condition, List<KeyCondition> conditions)
    {
        switch (condition)
        {
            case AndCondition and:
                Collect(and.Left, conditions);
                Collect(and.Right, conditions);
                return;
            case OrCondition: throw InvalidOperator("OR");
            case NotCondition: throw InvalidOperator("NOT");
        }
        var simple = (SimpleCondition)condition;
        if (simple is InCondition or ComparisonCondition { Comparator: Comparator.NotEqual } || simple is FunctionCondition { Name: not "begins_with" })
        {
            throw InvalidOperator(simple.Name);
        }
        if (simple is BetweenCondition or FunctionCondition && simple.Operands[0] is not PathOperand) throw KeyMustBeFirst(simple);
        var name = SingleAttribute(simple, out var position);
        if (conditions.Exists(other => other.Attribute == name)) throw DynamoDbErrors.Validation("KeyConditionExpressions must only contain one condition per key");
        var values = simple.Operands.OfType<ValueOperand>().Select(operand => operand.Value).ToList();
        conditions.Add(new(name, OperatorOf(simple, reversed: position > 0), values));
    }

    private static string SingleAttribute(SimpleCondition condition, out int position)
    {
        PathOperand? path = null;
        position = 0;
        for (var i = 0; i < condition.Operands.Count; i++)
        {
            switch (condition.Operands[i])
            {
                case FunctionOperand:
                    throw DynamoDbErrors.Validation("KeyConditionExpressions cannot contain nested operations");
                case PathOperand when path is not null:
                    throw DynamoDbErrors.Validation("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
                case PathOperand { Path.IsNested: true }:
                    throw DynamoDbErrors.Validation("KeyConditionExpressions cannot have conditions on nested attributes");
                case PathOperand found:
                    path = found;
                    position = i;
                    break;
            }
        }
        return path?.Path.Root.Text ?? throw DynamoDbErrors.Validation("Invalid condition in KeyConditionExpression: No key attribute specified");
    }

    private static ComparisonOperator OperatorOf(SimpleCondition condition, bool reversed) => condition switch
    {
        BetweenCondition => ComparisonOperator.BETWEEN,
        FunctionCondition => ComparisonOperator.BEGINS_WITH,
        ComparisonCondition { Comparator: Comparator.Less } => reversed ? ComparisonOperator.GT : ComparisonOperator.LT,
        ComparisonCondition { Comparator: Comparator.LessOrEqual } => reversed ? ComparisonOperator.GE : ComparisonOperator.LE,
        ComparisonCondition { Comparator: Comparator.Greater } => reversed ? ComparisonOperator.LT : ComparisonOperator.GT,
        ComparisonCondition { Comparator: Comparator.GreaterOrEqual } => reversed ? ComparisonOperator.LE : ComparisonOperator.GE,
        _ => ComparisonOperator.EQ,
    };

    private static AwsException InvalidOperator(string name) => DynamoDbErrors.Validation($"Invalid operator used in KeyConditionExpression: {name}");

    private static AwsException KeyMustBeFirst(SimpleCondition condition) =>
        DynamoDbErrors.Validation($"Invalid condition in KeyConditionExpression: {condition.Name} operator must have the key attribute as its first operand");
}
