using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>Something that is true or false of an item; an item that is not there has no attributes.</summary>
internal abstract class Condition
{
    public abstract bool Holds(AttributeMap item);

    /// <summary>The paths that stand in a condition.</summary>
    public static IEnumerable<DocumentPath> PathsOf(Condition condition) => condition switch
    {
        AndCondition and => PathsOf(and.Left).Concat(PathsOf(and.Right)),
        OrCondition or => PathsOf(or.Left).Concat(PathsOf(or.Right)),
        NotCondition not => PathsOf(not.Inner),
        SimpleCondition simple => simple.Operands.SelectMany(Operand.PathsOf),
        _ => [],
    };
}

internal sealed class AndCondition(Condition left, Condition right) : Condition
{
    public Condition Left { get; } = left;

    public Condition Right { get; } = right;

    public override bool Holds(AttributeMap item) => Left.Holds(item) && Right.Holds(item);
}

internal sealed class OrCondition(Condition left, Condition right) : Condition
{
    public Condition Left { get; } = left;

    public Condition Right { get; } = right;

    public override bool Holds(AttributeMap item) => Left.Holds(item) || Right.Holds(item);
}

internal sealed class NotCondition(Condition inner) : Condition
{
    public Condition Inner { get; } = inner;

    public override bool Holds(AttributeMap item) => !Inner.Holds(item);
}

/// <summary>A condition that is not made of others.</summary>
internal abstract class SimpleCondition(string name, List<Operand> operands) : Condition
{
    /// <summary>The operator or function as AWS names it in its errors.</summary>
    public string Name { get; } = name;

    public List<Operand> Operands { get; } = operands;
}

internal sealed class ComparisonCondition(Comparator comparator, Operand left, Operand right) : SimpleCondition(Symbol(comparator), [left, right])
{
    public Comparator Comparator { get; } = comparator;

    public override bool Holds(AttributeMap item) => Functions.Compare(Comparator, Operands[0].Evaluate(item), Operands[1].Evaluate(item));

    private static string Symbol(Comparator comparator) => comparator switch
    {
        Comparator.Equal => "=",
        Comparator.NotEqual => "<>",
        Comparator.Less => "<",
        Comparator.LessOrEqual => "<=",
        Comparator.Greater => ">",
        _ => ">=",
    };
}

internal sealed class BetweenCondition(Operand value, Operand low, Operand high) : SimpleCondition("BETWEEN", [value, low, high])
{
    public override bool Holds(AttributeMap item) =>
        Functions.IsBetween(Operands[0].Evaluate(item), Operands[1].Evaluate(item), Operands[2].Evaluate(item));
}

internal sealed class InCondition(List<Operand> operands) : SimpleCondition("IN", operands)
{
    public override bool Holds(AttributeMap item)
    {
        var value = Operands[0].Evaluate(item);
        for (var i = 1; i < Operands.Count; i++)
        {
            if (Functions.AreEqual(value, Operands[i].Evaluate(item))) return true;
        }
        return false;
    }
}

internal sealed class FunctionCondition(FunctionOperand function) : SimpleCondition(function.Name, function.Arguments)
{
    public FunctionOperand Function { get; } = function;

    public override bool Holds(AttributeMap item) => Name switch
    {
        "attribute_exists" => !Operands[0].Evaluate(item).IsAbsent,
        "attribute_not_exists" => Operands[0].Evaluate(item).IsAbsent,
        "attribute_type" => IsOfType(Operands[0].Evaluate(item), Operands[1].Evaluate(item)),
        "begins_with" => Functions.BeginsWith(Operands[0].Evaluate(item), Operands[1].Evaluate(item)),
        "contains" => Functions.Contains(Operands[0].Evaluate(item), Operands[1].Evaluate(item)),
        _ => throw new InvalidOperationException($"The function {Name} is no condition."),
    };

    private static bool IsOfType(AttributeValue value, AttributeValue type) =>
        !value.IsAbsent && value.Type.ToString() == System.Text.Encoding.UTF8.GetString(type.Content.Span);
}
