namespace Emulator.DynamoDb.Expressions;

/// <summary>How two values are compared.</summary>
internal enum Comparator { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>The comparators by their symbols, which expressions and PartiQL share.</summary>
internal static class Comparators
{
    /// <summary>null where the text is no such symbol.</summary>
    public static Comparator? Of(string symbol) => symbol switch
    {
        "=" => Comparator.Equal,
        "<>" => Comparator.NotEqual,
        "<" => Comparator.Less,
        "<=" => Comparator.LessOrEqual,
        ">" => Comparator.Greater,
        ">=" => Comparator.GreaterOrEqual,
        _ => null,
    };
}
