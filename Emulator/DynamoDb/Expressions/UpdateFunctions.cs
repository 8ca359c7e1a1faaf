using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Expressions;

/// <summary>What the functions and actions of an update mean.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html</remarks>
internal static class UpdateFunctions
{
    public static AttributeValue Evaluate(FunctionOperand function, AttributeMap item)
    {
        switch (function.Name)
        {
            case "if_not_exists":
                var present = function.Arguments[0].Evaluate(item);
                return present.IsAbsent ? Required(function.Arguments[1], item) : present;
            case "list_append":
                return Append(Required(function.Arguments[0], item), Required(function.Arguments[1], item));
            case "+" or "-":
                return Sum(Required(function.Arguments[0], item), Required(function.Arguments[1], item), function.Name == "-");
            default:
                throw new InvalidOperationException($"The function {function.Name} has no value.");
        }
    }

    /// <summary>ADD: a number is added, a set united; what is not there is as if zero or empty.</summary>
    public static AttributeValue Add(AttributeValue present, AttributeValue added, bool isLegacy)
    {
        if (present.IsAbsent) return added;
        if (present.Type != added.Type) throw Mismatch(isLegacy);
        return present.Type switch
        {
            AttributeType.N => Sum(present, added, subtract: false),
            AttributeType.L => Append(present, added), // AttributeUpdates only; ADD of an expression takes no lists
            _ => Union(present, added),
        };
    }

    /// <summary>DELETE: the set without these elements; nothing where none remain.</summary>
    public static AttributeValue Delete(AttributeValue present, AttributeValue deleted, bool isLegacy)
    {
        if (present.IsAbsent) return default;
        if (present.Type != deleted.Type) throw Mismatch(isLegacy);
        using var writer = new ValueWriter(present.Encoded.Length);
        var start = writer.Begin(present.Type);
        foreach (var element in present.Elements)
        {
            if (!Functions.Contains(deleted, element)) writer.LengthPrefixed(element.Content.Span);
        }
        writer.End(start);
        return writer.Length == start ? default : new(writer.ToArray());
    }

    private static AwsException Mismatch(bool isLegacy) =>
        isLegacy ? DynamoDbErrors.Validation("Type mismatch for attribute to update") : DynamoDbErrors.IncorrectOperandType();

    private static AttributeValue Required(Operand operand, AttributeMap item)
    {
        var value = operand.Evaluate(item);
        return value.IsAbsent ? throw DynamoDbErrors.AttributeDoesNotExist() : value;
    }

    private static AttributeValue Append(AttributeValue first, AttributeValue second)
    {
        if (first.Type != AttributeType.L || second.Type != AttributeType.L) throw DynamoDbErrors.IncorrectOperandType();
        using var writer = new ValueWriter(first.Encoded.Length + second.Encoded.Length);
        var start = writer.Begin(AttributeType.L);
        writer.Raw(first.Content.Span);
        writer.Raw(second.Content.Span);
        writer.End(start);
        return new(writer.ToArray());
    }

    private static AttributeValue Union(AttributeValue present, AttributeValue added)
    {
        using var writer = new ValueWriter(present.Encoded.Length + added.Encoded.Length);
        var start = writer.Begin(present.Type);
        writer.Raw(present.Content.Span);
        foreach (var element in added.Elements)
        {
            if (!Functions.Contains(present, element)) writer.LengthPrefixed(element.Content.Span);
        }
        writer.SortElements(start);
        writer.End(start);
        return new(writer.ToArray());
    }

    private static AttributeValue Sum(AttributeValue left, AttributeValue right, bool subtract)
    {
        if (left.Type != AttributeType.N || right.Type != AttributeType.N) throw DynamoDbErrors.IncorrectOperandType();
        Span<byte> sum = stackalloc byte[NumberEncoding.MaxLength];
        var problem = NumberEncoding.TryAdd(left.Content.Span, right.Content.Span, subtract, sum, out var length);
        if (problem != NumberProblem.None) throw DynamoDbErrors.Validation(DynamoDbErrors.NumberText(problem, []));
        return AttributeValue.Scalar(AttributeType.N, sum[..length]);
    }
}
