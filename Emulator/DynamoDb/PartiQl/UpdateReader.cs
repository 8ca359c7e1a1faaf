using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Turns SET and REMOVE into the same update that UpdateExpression becomes.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.update.html</remarks>
internal sealed class UpdateReader(LiteralReader literals)
{
    private int _operators;

    public Update Read(List<ChangeNode> changes)
    {
        var clauses = changes.ConvertAll(ReadClause);
        var paths = clauses.Select(clause => clause.Path);
        if ((PathRules.Overlap(paths) ?? PathRules.Conflict(paths)) is { } problem) throw DynamoDbErrors.Validation(problem);
        return new(clauses);
    }

    private UpdateClause ReadClause(ChangeNode change)
    {
        var path = PathReader.Read(change.Path);
        if (change.Value is null) return new(UpdateAction.Remove, path, null);
        if (change.Value is CallNode call && call.Token.Text.ToLowerInvariant() is "set_add" or "set_delete") return ReadSetChange(path, call);
        return new(UpdateAction.Set, path, ReadValue(change.Value));
    }

    /// <summary><c>SET a = set_add(a, &lt;&lt;'x'&gt;&gt;)</c> is ADD, <c>set_delete</c> is DELETE: what is not there is made, or left alone.</summary>
    private UpdateClause ReadSetChange(DocumentPath path, CallNode call)
    {
        var name = call.Token.Text.ToUpperInvariant();
        if (call.Arguments.Count != 2) throw PartiQlErrors.At($"{name} must have exactly two arguments", call.Token);
        if (PathReader.TryRead(call.Arguments[0]) is not { } first || !first.SameAs(path)) throw PartiQlErrors.At($"The first argument to {name} must equal the assignment value", call.Token);
        var set = call.Arguments[1] is BagNode or ParameterNode ? literals.Read(call.Arguments[1]) : default;
        // The place is that of the first argument.
        if (set.IsAbsent || !set.IsSet) throw PartiQlErrors.At($"The second argument to {name} must be a value with type SET", call.Arguments[0].Token);
        return new(name == "SET_ADD" ? UpdateAction.Add : UpdateAction.Delete, path, ValueOperand.Of(set));
    }

    private Operand ReadValue(PartiQlNode node)
    {
        if (PathReader.TryRead(node) is { } path) return new PathOperand(path);
        switch (node)
        {
            case BinaryNode { Token.Text: "+" or "-" } sum:
                return Function(sum.Token.Text, AttributeType.N, sum.Left, sum.Right);
            case UnaryNode { Token.Text: not "not" } sign:
                throw DynamoDbErrors.Validation(ConditionRules.WrongNumber(sign.Token.Text, 1));
            case BinaryNode or BetweenNode or IsNode or UnaryNode:
                throw PartiQlErrors.UnsupportedOperator("Update", node.Token.Text);
            case CallNode call when call.Token.Text.Equals("list_append", StringComparison.OrdinalIgnoreCase):
                if (call.Arguments.Count != 2) throw DynamoDbErrors.Validation(ConditionRules.WrongNumber("list_append", call.Arguments.Count));
                return Function("list_append", AttributeType.L, call.Arguments[0], call.Arguments[1]);
            case CallNode call:
                throw PartiQlErrors.UnrecognizedFunction(call.Token);
            default:
                return ValueOperand.Of(literals.Read(node));
        }
    }

    private FunctionOperand Function(string name, AttributeType expected, PartiQlNode left, PartiQlNode right)
    {
        if (++_operators > DynamoDbLimits.ExpressionOperators) throw DynamoDbErrors.Validation($"The expression contains too many operators; operator count: {_operators}");
        var operands = new List<Operand> { ReadValue(left), ReadValue(right) };
        foreach (var operand in operands)
        {
            if (operand is ValueOperand { Value.Type: var type } && type != expected) throw DynamoDbErrors.Validation(ConditionRules.WrongType(name, type));
        }
        return new(name, operands);
    }
}
