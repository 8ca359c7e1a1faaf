namespace Emulator.DynamoDb.Expressions;

/// <summary>The attributes that an expression of any kind mentions: all that a policy wants to know of one, which need not be right yet.</summary>
internal static class MentionedNames
{
    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase) { "AND", "OR", "NOT", "IN", "BETWEEN", "SET", "REMOVE", "ADD", "DELETE" };

    /// <param name="names">ExpressionAttributeNames.</param>
    public static IEnumerable<string> Of(string? expression, Dictionary<string, string?>? names)
    {
        if (expression is null) yield break;
        var tokens = Lexer.Tokenize(expression);
        for (var i = 0; i < tokens.Count; i++)
        {
            var text = expression.Substring(tokens[i].Start, tokens[i].Length);
            if (i > 0 && expression[tokens[i - 1].Start] == '.') continue;
            if (tokens[i].Kind is TokenKind.NamePlaceholder && names?.GetValueOrDefault(text) is { } name) yield return name;
            if (tokens[i].Kind is TokenKind.Name && !Keywords.Contains(text) && !IsFunction(expression, tokens[i + 1])) yield return text;
        }
    }

    private static bool IsFunction(string expression, Token next) => next.Kind is TokenKind.Symbol && expression[next.Start] == '(';
}
