namespace Emulator.DynamoDb.Expressions;

internal enum TokenKind { Name, NamePlaceholder, ValuePlaceholder, Number, Symbol, End }

/// <summary>A word of an expression and where it stands.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>Cuts an expression of any kind into tokens; a character that belongs to none is a symbol that no rule accepts.</summary>
internal static class Lexer
{
    public static List<Token> Tokenize(string expression)
    {
        var tokens = new List<Token>();
        for (var at = 0; ;)
        {
            while (at < expression.Length && expression[at] is ' ' or '\t' or '\r' or '\n') at++;
            if (at >= expression.Length) break;
            var token = Next(expression, at);
            tokens.Add(token);
            at = token.End;
        }
        tokens.Add(new(TokenKind.End, expression.Length, 0));
        return tokens;
    }

    private static Token Next(string expression, int at)
    {
        var c = expression[at];
        if (char.IsAsciiLetter(c)) return new(TokenKind.Name, at, 1 + RunOfPart(expression, at + 1));
        if (char.IsAsciiDigit(c)) return new(TokenKind.Number, at, RunOfDigits(expression, at));
        if (c is '#' or ':' && RunOfPart(expression, at + 1) is > 0 and var run)
        {
            return new(c == '#' ? TokenKind.NamePlaceholder : TokenKind.ValuePlaceholder, at, 1 + run);
        }
        var pair = expression.AsSpan(at, Math.Min(2, expression.Length - at));
        return new(TokenKind.Symbol, at, pair is "<>" or "<=" or ">=" ? 2 : 1);
    }

    private static int RunOfPart(string expression, int at)
    {
        var start = at;
        while (at < expression.Length && (char.IsAsciiLetterOrDigit(expression[at]) || expression[at] == '_')) at++;
        return at - start;
    }

    private static int RunOfDigits(string expression, int at)
    {
        var start = at;
        while (at < expression.Length && char.IsAsciiDigit(expression[at])) at++;
        return at - start;
    }
}
