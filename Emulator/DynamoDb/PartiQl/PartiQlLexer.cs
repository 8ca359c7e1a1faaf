using System.Text;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Cuts a statement into tokens.</summary>
internal sealed class PartiQlLexer
{
    private readonly string _source;
    private readonly List<PartiQlToken> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private PartiQlLexer(string source) => _source = source;

    public static List<PartiQlToken> Tokenize(string source)
    {
        var lexer = new PartiQlLexer(source);
        while (lexer.SkipSpace()) lexer.Next();
        lexer._tokens.Add(new(PartiQlTokenKind.Eof, "EOF", lexer._line, lexer._at - lexer._lineStart + 1, 0));
        return lexer._tokens;
    }

    private char Current => Peek(0);

    private char Peek(int ahead) => _at + ahead < _source.Length ? _source[_at + ahead] : '\0';

    /// <summary>Skips white space and comments; false at the end.</summary>
    private bool SkipSpace()
    {
        while (_at < _source.Length)
        {
            if (Current is ' ' or '\t' or '\r' or '\n' or '\v' or '\f') Advance(1);
            else if (Current == '-' && Peek(1) == '-') Advance(EndOfLine() - _at);
            else if (Current == '/' && Peek(1) == '*') Advance(EndOfComment() - _at);
            else return true;
        }
        return false;
    }

    private int EndOfLine()
    {
        var end = _source.AsSpan(_at).IndexOfAny('\r', '\n');
        return end < 0 ? _source.Length : _at + end;
    }

    private int EndOfComment()
    {
        var end = _source.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        return end < 0 ? throw PartiQlErrors.NotWellFormed() : end + 2;
    }

    private void Advance(int count)
    {
        for (; count > 0; count--, _at++)
        {
            if (_source[_at] != '\n' && !(_source[_at] == '\r' && Peek(1) != '\n')) continue;
            _line++;
            _lineStart = _at + 1;
        }
    }

    private void Next()
    {
        var c = Current;
        if (char.IsAsciiLetter(c) || c is '_' or '$') Word();
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) Number();
        else if (c is '\'' or '"') Quoted(c);
        else Symbol();
    }

    private void Word()
    {
        var length = 1;
        while (char.IsAsciiLetterOrDigit(Peek(length)) || Peek(length) is '_' or '$') length++;
        var (kind, text) = PartiQlKeywords.Of(_source.Substring(_at, length));
        Add(kind, text, length);
        if (_tokens.Count < 2 || PartiQlKeywords.Merge(_tokens[^2], _tokens[^1]) is not { } merged) return;
        var first = _tokens[^2];
        _tokens.RemoveRange(_tokens.Count - 2, 2);
        _tokens.Add(first with { Kind = merged.Kind, Text = merged.Text });
    }

    private void Number()
    {
        var length = Digits(0);
        if (Peek(length) == '.') length = Digits(length + 1);
        if (Peek(length) is 'e' or 'E')
        {
            var exponent = length + (Peek(length + 1) is '+' or '-' ? 2 : 1);
            length = Digits(exponent);
            if (length == exponent) throw PartiQlErrors.NotWellFormed();
        }
        Add(PartiQlTokenKind.Number, _source.Substring(_at, length), length);
    }

    private int Digits(int from)
    {
        while (char.IsAsciiDigit(Peek(from))) from++;
        return from;
    }

    /// <summary>A string or a name: two quotes in a row stand for one.</summary>
    private void Quoted(char quote)
    {
        var text = new StringBuilder();
        for (var end = _at + 1; ; end++)
        {
            if (end >= _source.Length) throw PartiQlErrors.NotWellFormed();
            if (_source[end] == quote)
            {
                if (end + 1 >= _source.Length || _source[end + 1] != quote)
                {
                    Add(quote == '\'' ? PartiQlTokenKind.Text : PartiQlTokenKind.QuotedIdentifier, text.ToString(), end + 1 - _at);
                    return;
                }
                end++;
            }
            text.Append(_source[end]);
        }
    }

    private void Symbol()
    {
        var pair = (Current, Peek(1));
        switch (pair)
        {
            case ('<', '<'): Add(PartiQlTokenKind.LeftDoubleAngleBracket, "<<", 2); return;
            case ('>', '>'): Add(PartiQlTokenKind.RightDoubleAngleBracket, ">>", 2); return;
            case ('<', '=') or ('>', '=') or ('<', '>') or ('|', '|'): Add(PartiQlTokenKind.Operator, $"{pair.Item1}{pair.Item2}", 2); return;
            case ('!', '='): Add(PartiQlTokenKind.Operator, "<>", 2); return;
        }
        var kind = Current switch
        {
            '(' => PartiQlTokenKind.LeftParen,
            ')' => PartiQlTokenKind.RightParen,
            '[' => PartiQlTokenKind.LeftBracket,
            ']' => PartiQlTokenKind.RightBracket,
            '{' => PartiQlTokenKind.LeftCurly,
            '}' => PartiQlTokenKind.RightCurly,
            ':' => PartiQlTokenKind.Colon,
            ',' => PartiQlTokenKind.Comma,
            '*' => PartiQlTokenKind.Star,
            ';' => PartiQlTokenKind.Semicolon,
            '?' => PartiQlTokenKind.QuestionMark,
            '.' => PartiQlTokenKind.Dot,
            '<' or '>' or '=' or '+' or '-' or '/' or '%' or '@' => PartiQlTokenKind.Operator,
            _ => throw PartiQlErrors.NotWellFormed(),
        };
        Add(kind, Current.ToString(), 1);
    }

    private void Add(PartiQlTokenKind kind, string text, int length)
    {
        _tokens.Add(new(kind, text, _line, _at - _lineStart + 1, length));
        Advance(length);
    }
}
