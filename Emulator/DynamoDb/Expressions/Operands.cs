using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>Something in an expression that has a value.</summary>
internal abstract class Operand
{
    /// <summary>The value for an item, or one that is absent.</summary>
    public abstract AttributeValue Evaluate(AttributeMap item);

    /// <summary>The paths that stand in an operand.</summary>
    public static IEnumerable<DocumentPath> PathsOf(Operand operand) => operand switch
    {
        PathOperand path => [path.Path],
        FunctionOperand function => function.Arguments.SelectMany(PathsOf),
        ConditionOperand condition => Condition.PathsOf(condition.Condition),
        _ => [],
    };
}

/// <summary>The value at a document path.</summary>
internal sealed class PathOperand(DocumentPath path) : Operand
{
    public DocumentPath Path { get; } = path;

    public override AttributeValue Evaluate(AttributeMap item) => Path.Resolve(item);
}

/// <summary>A value of ExpressionAttributeValues, or of a legacy parameter.</summary>
internal sealed class ValueOperand(string placeholder) : Operand
{
    public string Placeholder { get; } = placeholder;

    /// <summary>Set when the placeholder is resolved.</summary>
    public AttributeValue Value { get; set; }

    public static ValueOperand Of(AttributeValue value) => new("") { Value = value };

    public override AttributeValue Evaluate(AttributeMap item) => Value;
}

/// <summary>A function, or the sum and difference of an update (named <c>+</c> and <c>-</c>).</summary>
internal sealed class FunctionOperand(string name, List<Operand> arguments) : Operand
{
    public string Name { get; } = name;

    public List<Operand> Arguments { get; } = arguments;

    public bool IsArithmetic => Name is "+" or "-";

    public override AttributeValue Evaluate(AttributeMap item) =>
        Name == "size" ? Functions.Size(Arguments[0].Evaluate(item)) : UpdateFunctions.Evaluate(this, item);
}

/// <summary>Whether a condition holds, as a boolean: PartiQL alone compares conditions.</summary>
internal sealed class ConditionOperand(Condition condition) : Operand
{
    public Condition Condition { get; } = condition;

    public override AttributeValue Evaluate(AttributeMap item) => Condition.Holds(item) ? AttributeValue.True : AttributeValue.False;
}
