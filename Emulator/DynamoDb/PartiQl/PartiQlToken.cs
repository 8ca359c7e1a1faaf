namespace Emulator.DynamoDb.PartiQl;

/// <summary>The kinds of tokens; AWS's errors write them as <c>RIGHT_PAREN</c>.</summary>
internal enum PartiQlTokenKind
{
    Identifier, QuotedIdentifier, Keyword, Operator, Text, Number, Boolean, Null, Missing, QuestionMark,
    As, At, By, For, Asc, Desc,
    LeftParen, RightParen, LeftBracket, RightBracket, LeftCurly, RightCurly, LeftDoubleAngleBracket, RightDoubleAngleBracket,
    Dot, Comma, Colon, Star, Semicolon, Eof,
}

/// <summary>A word of a statement and where it stands.</summary>
/// <param name="Text">Keywords and operators in lower case; what quotes hold without them and without escapes; else as it is written.</param>
/// <param name="Length">Characters in the statement, quotes included.</param>
internal readonly record struct PartiQlToken(PartiQlTokenKind Kind, string Text, int Line, int Column, int Length)
{
    /// <summary>As AWS tells where something stands: <c>1:8:5</c> for line, column and length.</summary>
    public string Position => $"{Line}:{Column}:{Length}";

    public bool IsIdentifier => Kind is PartiQlTokenKind.Identifier or PartiQlTokenKind.QuotedIdentifier;

    /// <summary>The word by which the grammar knows the token; null for what is only data.</summary>
    public string? Keyword => Kind switch
    {
        PartiQlTokenKind.Keyword or PartiQlTokenKind.Operator or PartiQlTokenKind.Null or PartiQlTokenKind.Missing or PartiQlTokenKind.As or PartiQlTokenKind.At => Text,
        PartiQlTokenKind.Star => "*",
        _ => null,
    };

    /// <summary>The kind as AWS names it: <c>RIGHT_PAREN</c>.</summary>
    public static string NameOf(PartiQlTokenKind kind) =>
        string.Concat(kind.ToString().Select((c, index) => index > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
}
