namespace Emulator.DynamoDb.Expressions;

/// <summary>The functions of all expressions; one that stands in the wrong place gets another error than one that does not exist.</summary>
internal static class FunctionNames
{
    public static bool IsKnown(string function) => IsCondition(function) || IsUpdate(function) || function == "size";

    /// <summary>Functions that are true or false.</summary>
    public static bool IsCondition(string function) => function is "attribute_exists" or "attribute_not_exists" or "attribute_type" or "begins_with" or "contains";

    /// <summary>Functions that give what SET sets.</summary>
    public static bool IsUpdate(string function) => function is "if_not_exists" or "list_append";

    public static string Unknown(string function) => $"Invalid function name; function: {function}";

    public static string Misused(string function) => $"The function is not allowed to be used this way in an expression; function: {function}";
}
