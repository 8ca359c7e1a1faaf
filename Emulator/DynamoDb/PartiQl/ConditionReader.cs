using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Turns a WHERE clause into the same conditions that ConditionExpression and FilterExpression become.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-operators.html</remarks>
internal sealed class ConditionReader(LiteralReader literals)
{
    private int _operators;

    public Condition Read(PartiQlNode node) =>
        TryRead(node) ?? throw (node is CallNode call ? PartiQlErrors.UnrecognizedFunction(call.Token) : PartiQlErrors.UnexpectedPath(node.Token));

    /// <summary>The operand of a comparison: a value, a path, a size, or a condition that is true or false.</summary>
    public Operand ReadOperand(PartiQlNode node)
    {
        if (PathReader.TryRead(node) is { } path) return new PathOperand(path);
        return node switch
        {
            CallNode { Token.Text: var name } call when name.Equals("size", StringComparison.OrdinalIgnoreCase) => new FunctionOperand("size", call.Arguments.ConvertAll(ReadOperand)),
            LiteralNode or ParameterNode or ListNode or BagNode or TupleNode => ValueOperand.Of(literals.Read(node)),
            // Observed: a sign before anything but a number is the subtraction of one operand (a note of winterbaume on tests against AWS).
            UnaryNode { Token.Text: not "not" } sign => throw DynamoDbErrors.Validation(ConditionRules.WrongNumber(sign.Token.Text, 1)),
            _ => new ConditionOperand(Read(node)),
        };
    }

    private void CountOperator()
    {
        if (++_operators > DynamoDbLimits.ExpressionOperators) throw DynamoDbErrors.Validation($"The expression contains too many operators; operator count: {_operators}");
    }

    private Condition? TryRead(PartiQlNode node)
    {
        switch (node)
        {
            case BinaryNode binary:
                CountOperator();
                return ReadBinary(binary);
            case UnaryNode { Token.Text: "not" } not:
                CountOperator();
                return new NotCondition(Read(not.Operand));
            case BetweenNode between:
                CountOperator();
                return Negated(between.Token, Checked(new BetweenCondition(ReadOperand(between.Value), ReadOperand(between.Low), ReadOperand(between.High))));
            case IsNode test:
                CountOperator();
                return Negated(test.Token, ReadIs(test));
            case CallNode call:
                return ReadFunction(call);
            default:
                return null;
        }
    }

    private Condition ReadBinary(BinaryNode node)
    {
        switch (node.Token.Text)
        {
            case "and": return new AndCondition(Read(node.Left), Read(node.Right));
            case "or": return new OrCondition(Read(node.Left), Read(node.Right));
            case "in" or "not_in": return Negated(node.Token, ReadIn(node));
        }
        var comparator = Comparators.Of(node.Token.Text) ?? throw PartiQlErrors.UnsupportedOperator("Condition", node.Token.Text);
        return Checked(new ComparisonCondition(comparator, ReadOperand(node.Left), ReadOperand(node.Right)));
    }

    private InCondition ReadIn(BinaryNode node)
    {
        if (node.Right is not ListNode { Elements.Count: > 0 } list) throw PartiQlErrors.UnexpectedPath(node.Right.Token);
        if (list.Elements.Count > DynamoDbLimits.InOperands)
        {
            // Observed: another text than that of expressions (DynamoDbPartiQLEdgeCaseIntegrationTest of floci-io/floci, recorded on AWS).
            throw DynamoDbErrors.Validation($"The IN operator is provided with too many operands; number of operands: {list.Elements.Count}");
        }
        return new([ReadOperand(node.Left), .. list.Elements.Select(ReadOperand)]);
    }

    private FunctionCondition ReadIs(IsNode node) => node.Type.Text switch
    {
        "missing" => Function("attribute_not_exists", ReadOperand(node.Value)),
        "null" => Function("attribute_type", ReadOperand(node.Value), ValueOperand.Of(AttributeValue.String("NULL"))),
        // PartiQL knows more types; what DynamoDB makes of them is documented nowhere.
        _ => throw Errors.NotImplemented($"IS {node.Type.Text.ToUpperInvariant()} in a PartiQL statement"),
    };

    private FunctionCondition? ReadFunction(CallNode call)
    {
        var name = call.Token.Text.ToLowerInvariant();
        if (!FunctionNames.IsCondition(name)) return null;
        var arguments = call.Arguments.ConvertAll(ReadOperand);
        CheckTypeName(name, arguments);
        return Checked(new FunctionCondition(new FunctionOperand(name, arguments)));
    }

    /// <summary>The same rule as in expressions, which lists the types in another order.</summary>
    /// <remarks>Observed: DynamoDbPartiQLDocumentedSyntaxIntegrationTest of floci-io/floci, recorded on AWS.</remarks>
    private static void CheckTypeName(string function, List<Operand> arguments)
    {
        if (function != "attribute_type" || arguments is not [_, ValueOperand { Value: { Type: AttributeType.S } value }]) return;
        var name = System.Text.Encoding.UTF8.GetString(value.Content.Span);
        if (Enum.GetNames<AttributeType>().Contains(name)) return;
        throw DynamoDbErrors.Validation($"Invalid attribute type name found; type: {name}, valid types: {{N,BS,L,B,NULL,M,S,SS,NS,BOOL}}");
    }

    private static FunctionCondition Function(string name, params ReadOnlySpan<Operand> arguments) => Checked(new FunctionCondition(new FunctionOperand(name, [.. arguments])));

    private static Condition Negated(PartiQlToken op, Condition condition) => op.Text is "not_in" or "not_between" or "is_not" ? new NotCondition(condition) : condition;

    private static T Checked<T>(T condition) where T : SimpleCondition =>
        ConditionRules.Check(condition) is { } problem ? throw DynamoDbErrors.Validation(problem) : condition;
}
