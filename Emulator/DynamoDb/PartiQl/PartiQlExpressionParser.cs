using Emulator.Protocols;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Parses expressions by the precedence of their operators, with the errors of PartiQL's reference implementation.</summary>
/// <remarks>Source of grammar and texts: https://github.com/partiql/partiql-lang-kotlin (SqlParser, versions 0.2), which DynamoDB's own errors quote.</remarks>
internal abstract class PartiQlExpressionParser(string source)
{
    // Parentheses, literals and calls within each other. A document has 32 levels; a condition that a person writes has fewer.
    private const int MaxDepth = 200;

    private readonly List<PartiQlToken> _tokens = PartiQlLexer.Tokenize(source);
    private int _at;
    private int _depth;

    /// <summary>The question marks so far.</summary>
    public int Parameters { get; private set; }

    protected PartiQlToken Current => _tokens[_at];

    protected PartiQlToken Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <summary>Whether the present expression is the whole statement.</summary>
    protected bool IsTopLevel => _depth == 1;

    /// <summary>A statement within a statement, at the token that begins it.</summary>
    protected abstract PartiQlNode? ParseStatementTerm();

    protected static AwsException NotWellFormed(string detail) => PartiQlErrors.NotWellFormed(detail);

    protected PartiQlToken Take() => _tokens[_at++];

    protected bool IsKeyword(string keyword) => Current.Keyword == keyword;

    protected bool TakeKeyword(string keyword)
    {
        if (!IsKeyword(keyword)) return false;
        _at++;
        return true;
    }

    protected bool TakeIf(PartiQlTokenKind kind)
    {
        if (Current.Kind != kind) return false;
        _at++;
        return true;
    }

    protected void Expect(PartiQlTokenKind kind)
    {
        if (!TakeIf(kind)) throw NotWellFormed($"Expected {PartiQlToken.NameOf(kind)}");
    }

    protected bool AtEndOfStatement =>
        Current.Kind == PartiQlTokenKind.Eof || (Current.Kind == PartiQlTokenKind.Semicolon && Following.Kind == PartiQlTokenKind.Eof);

    protected PartiQlNode ParseExpression(int precedence = -1)
    {
        if (++_depth > MaxDepth) throw NotWellFormed("");
        var left = ParseUnary();
        while (PartiQlKeywords.Precedence(Current) is > 0 and var binds && binds > precedence)
        {
            var op = Take();
            left = op.Text switch
            {
                "is" or "is_not" => new IsNode(op, left, ParseType()),
                "in" or "not_in" when Current.Kind == PartiQlTokenKind.LeftParen && Following.Keyword is not ("select" or "values") => new BinaryNode(op, left, ParseParenthesizedList()),
                "between" or "not_between" => ParseBetween(op, left, binds),
                "like" or "not_like" => ParseLike(op, left, binds),
                _ => new BinaryNode(op, left, ParseRight(binds)),
            };
        }
        _depth--;
        return left;
    }

    /// <summary>What begins with an identifier; SET, REMOVE and the targets of statements take nothing else.</summary>
    protected PartiQlNode ParseSimplePath()
    {
        if (!Current.IsIdentifier) throw NotWellFormed("Expected identifier for simple path");
        return ParsePathAfter(new NameNode(Take()), isSimple: true);
    }

    protected List<PartiQlNode> ParseList(PartiQlTokenKind end)
    {
        var elements = new List<PartiQlNode>();
        if (TakeIf(end)) return elements;
        do elements.Add(ParseExpression());
        while (TakeIf(PartiQlTokenKind.Comma));
        Expect(end);
        return elements;
    }

    private PartiQlNode ParseRight(int precedence)
    {
        if (Current.Kind == PartiQlTokenKind.Eof) throw NotWellFormed("Missing right-hand side expression of infix operator");
        return ParseExpression(precedence);
    }

    private BetweenNode ParseBetween(PartiQlToken op, PartiQlNode value, int precedence)
    {
        var low = ParseRight(precedence);
        if (!TakeKeyword("and")) throw NotWellFormed("Expected AND keyword");
        if (AtEndOfStatement) throw NotWellFormed("Expected expression after AND");
        return new(op, value, low, ParseExpression(precedence));
    }

    private BinaryNode ParseLike(PartiQlToken op, PartiQlNode value, int precedence)
    {
        var like = new BinaryNode(op, value, ParseRight(precedence));
        if (!TakeKeyword("escape")) return like;
        if (AtEndOfStatement) throw NotWellFormed("Expected expression after ESCAPE");
        ParseExpression(precedence);
        return like;
    }

    private ListNode ParseParenthesizedList()
    {
        var open = Take();
        if (Current.Kind == PartiQlTokenKind.RightParen) throw NotWellFormed("Unexpected term");
        return new(open, ParseList(PartiQlTokenKind.RightParen));
    }

    private PartiQlToken ParseType()
    {
        if (Current.Keyword is not { } word || !PartiQlKeywords.IsType(word)) throw NotWellFormed("Expected type name");
        return Take();
    }

    private PartiQlNode ParseUnary()
    {
        if (Current.Kind != PartiQlTokenKind.Operator || Current.Text is not ("+" or "-" or "not")) return ParsePathAfter(ParseTerm(), isSimple: false);
        var op = Take();
        if (op.Text == "not") return new UnaryNode(op, ParseExpression(PartiQlKeywords.NotPrecedence));
        if (++_depth > MaxDepth) throw NotWellFormed("");
        var operand = ParseUnary();
        _depth--;
        // A sign and the digits behind it are one number, which stands where its digits do.
        if (operand is not LiteralNode { Token.Kind: PartiQlTokenKind.Number } number) return new UnaryNode(op, operand);
        if (op.Text == "+") return number;
        var text = number.Token.Text;
        return new LiteralNode(number.Token with { Text = text[0] == '-' ? text[1..] : "-" + text });
    }

    private PartiQlNode ParsePathAfter(PartiQlNode root, bool isSimple)
    {
        List<PathPart>? parts = null;
        while (true)
        {
            if (TakeIf(PartiQlTokenKind.Dot))
            {
                if (Current.IsIdentifier) (parts ??= []).Add(new(Take(), null));
                else if (Current.Kind != PartiQlTokenKind.Star) throw NotWellFormed("Invalid path dot component");
                else if (isSimple) throw NotWellFormed("Invalid path dot component for simple path");
                else (parts ??= []).Add(ParseStar());
            }
            else if (TakeIf(PartiQlTokenKind.LeftBracket))
            {
                var part = Current.Kind == PartiQlTokenKind.Star ? ParseStar() : new PathPart(null, ParseExpression());
                Expect(PartiQlTokenKind.RightBracket);
                (parts ??= []).Add(part);
            }
            else
            {
                return parts is null ? root : new PathNode(root, parts);
            }
        }
    }

    private PathPart ParseStar()
    {
        Take();
        return new(null, null);
    }

    private PartiQlNode ParseTerm()
    {
        if (ParseStatementTerm() is { } statement) return statement;
        var token = Current;
        switch (token.Kind)
        {
            case PartiQlTokenKind.Operator:
                throw NotWellFormed(token.Text == "@" ? "Identifier must follow @-operator" : "Unexpected operator");
            case PartiQlTokenKind.Keyword:
                if (!PartiQlKeywords.IsFunction(token.Text) || Following.Kind != PartiQlTokenKind.LeftParen) throw NotWellFormed("Unexpected keyword");
                return ParseCall();
            case PartiQlTokenKind.Identifier or PartiQlTokenKind.QuotedIdentifier:
                return Following.Kind == PartiQlTokenKind.LeftParen ? ParseCall() : new NameNode(Take());
            case PartiQlTokenKind.QuestionMark:
                return new ParameterNode(Take(), Parameters++);
            case PartiQlTokenKind.Text or PartiQlTokenKind.Number or PartiQlTokenKind.Boolean or PartiQlTokenKind.Null or PartiQlTokenKind.Missing:
                return new LiteralNode(Take());
            case PartiQlTokenKind.LeftParen:
                return ParseGroup();
            case PartiQlTokenKind.LeftBracket:
                return new ListNode(Take(), ParseList(PartiQlTokenKind.RightBracket));
            case PartiQlTokenKind.LeftDoubleAngleBracket:
                return new BagNode(Take(), ParseList(PartiQlTokenKind.RightDoubleAngleBracket));
            case PartiQlTokenKind.LeftCurly:
                return ParseTuple();
            default:
                throw NotWellFormed("Unexpected term");
        }
    }

    /// <summary>One expression in parentheses is itself; several are a list.</summary>
    private PartiQlNode ParseGroup()
    {
        var open = Take();
        if (Current.Kind == PartiQlTokenKind.RightParen) throw NotWellFormed("Unexpected term");
        var elements = ParseList(PartiQlTokenKind.RightParen);
        return elements.Count == 1 ? elements[0] : new ListNode(open, elements);
    }

    private TupleNode ParseTuple()
    {
        var open = Take();
        var members = new List<(PartiQlNode, PartiQlNode)>();
        if (TakeIf(PartiQlTokenKind.RightCurly)) return new(open, members);
        do
        {
            var name = ParseExpression();
            Expect(PartiQlTokenKind.Colon);
            members.Add((name, ParseExpression()));
        }
        while (TakeIf(PartiQlTokenKind.Comma));
        Expect(PartiQlTokenKind.RightCurly);
        return new(open, members);
    }

    private CallNode ParseCall()
    {
        var name = Take();
        Take();
        var isAggregate = name.Kind == PartiQlTokenKind.Keyword && name.Text is "count" or "avg" or "max" or "min" or "sum";
        if (isAggregate && Current.Keyword is "distinct" or "all") Take();
        if (isAggregate && Current.Kind == PartiQlTokenKind.RightParen) throw NotWellFormed("Aggregate functions are always unary");
        if (Current.Kind != PartiQlTokenKind.Star) return new(name, ParseList(PartiQlTokenKind.RightParen));
        if (name.Text != "count") throw NotWellFormed($"{name.Text}(*) is not allowed");
        Take();
        Expect(PartiQlTokenKind.RightParen);
        return new(name, []);
    }
}
