using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>What the comparisons and functions of conditions mean.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html</remarks>
internal static class Functions
{
    public static bool AreEqual(AttributeValue left, AttributeValue right) =>
        !left.IsAbsent && !right.IsAbsent && left.Equals(right);

    /// <summary>Whether both are there, of one scalar type, and in this order.</summary>
    public static bool Compare(Comparator comparator, AttributeValue left, AttributeValue right)
    {
        switch (comparator)
        {
            case Comparator.Equal: return AreEqual(left, right);
            case Comparator.NotEqual: return !AreEqual(left, right);
        }
        if (left.IsAbsent || right.IsAbsent || left.Type != right.Type || !left.IsScalar) return false;
        var order = left.CompareTo(right);
        return comparator switch
        {
            Comparator.Less => order < 0,
            Comparator.LessOrEqual => order <= 0,
            Comparator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    public static bool IsBetween(AttributeValue value, AttributeValue low, AttributeValue high) =>
        Compare(Comparator.GreaterOrEqual, value, low) && Compare(Comparator.LessOrEqual, value, high);

    public static bool BeginsWith(AttributeValue value, AttributeValue prefix) =>
        !value.IsAbsent && !prefix.IsAbsent && value.Type == prefix.Type && value.Type is AttributeType.S or AttributeType.B
        && value.Content.Span.StartsWith(prefix.Content.Span);

    /// <summary>A part of a string or of bytes, an element of a set or list.</summary>
    public static bool Contains(AttributeValue container, AttributeValue part)
    {
        if (container.IsAbsent || part.IsAbsent) return false;
        switch (container.Type)
        {
            case AttributeType.S or AttributeType.B:
                return part.Type == container.Type && container.Content.Span.IndexOf(part.Content.Span) >= 0;
            case AttributeType.SS or AttributeType.NS or AttributeType.BS or AttributeType.L:
                foreach (var element in container.Elements)
                {
                    if (element.Equals(part)) return true;
                }
                return false;
            default:
                return false;
        }
    }

    /// <summary>Length of a string (in UTF-16, as Java counts) or of bytes, number of elements of a container; nothing for other types.</summary>
    /// <remarks>Observed: expectation of "should calculate size function correctly" in test/scan.js of architect/dynalite, taken from AWS.</remarks>
    public static AttributeValue Size(AttributeValue value)
    {
        if (value.IsAbsent) return default;
        return value.Type switch
        {
            AttributeType.S => AttributeValue.Number(System.Text.Encoding.UTF8.GetCharCount(value.Content.Span)),
            AttributeType.B => AttributeValue.Number(value.Content.Length),
            AttributeType.N or AttributeType.BOOL or AttributeType.NULL => default,
            _ => AttributeValue.Number(value.Count()),
        };
    }
}
