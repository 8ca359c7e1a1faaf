using Emulator.Protocols;

namespace Emulator.DynamoDb.Expressions;

/// <summary>What the parsers of conditions, updates and projections have in common: tokens, paths, operands, and the text of a syntax error.</summary>
internal abstract class ExpressionParser
{
    // Parentheses, NOT and functions within each other. What AWS accepts has at most 300 operators and no redundant parentheses, so it is never deeper.
    private const int MaxDepth = 500;

    private readonly string _parameter;
    private readonly string _source;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    /// <param name="parameter">The request's parameter, as <c>ConditionExpression</c>, which the errors name.</param>
    protected ExpressionParser(string parameter, string source)
    {
        _parameter = parameter;
        _source = source;
        if (source.Length == 0) throw Invalid("The expression can not be empty;");
        var size = System.Text.Encoding.UTF8.GetByteCount(source);
        if (size > DynamoDbLimits.ExpressionBytes) throw Invalid($"Expression size has exceeded the maximum allowed size; expression size: {size}");
        _tokens = Lexer.Tokenize(source);
    }

    /// <summary>Operators seen so far; parentheses and functions do not count.</summary>
    protected int Operators { get; private set; }

    protected bool HasRedundantParentheses { get; set; }

    protected Token Current => _tokens[_at];

    protected bool AtEnd => Current.Kind == TokenKind.End;

    protected string Text(Token token) => _source.Substring(token.Start, token.Length);

    protected AwsException Invalid(string problem) => DynamoDbErrors.Validation($"Invalid {_parameter}: {problem}");

    /// <summary>Names the present token, and shows it between its neighbours.</summary>
    protected AwsException SyntaxError()
    {
        var from = _at > 0 ? _tokens[_at - 1].Start : Current.Start;
        var to = AtEnd ? _source.Length : _tokens[_at + 1].End;
        return Invalid($"Syntax error; token: \"{(AtEnd ? "<EOF>" : Text(Current))}\", near: \"{_source[from..to].TrimEnd()}\"");
    }

    protected void Next() => _at++;

    protected bool IsSymbol(string symbol) => Current.Kind == TokenKind.Symbol && Matches(symbol);

    protected bool IsKeyword(string keyword) => Current.Kind == TokenKind.Name && Matches(keyword);

    protected bool TakeSymbol(string symbol)
    {
        if (!IsSymbol(symbol)) return false;
        Next();
        return true;
    }

    protected bool TakeKeyword(string keyword)
    {
        if (!IsKeyword(keyword)) return false;
        Next();
        return true;
    }

    protected void ExpectSymbol(string symbol)
    {
        if (!TakeSymbol(symbol)) throw SyntaxError();
    }

    protected void CountOperator()
    {
        if (++Operators > DynamoDbLimits.ExpressionOperators) throw Invalid($"The expression contains too many operators; operator count: {Operators}");
    }

    /// <summary>Goes one level deeper; never so deep that the stack could end.</summary>
    protected void Enter()
    {
        if (++_depth > MaxDepth) throw Invalid("The expression has redundant parentheses;");
    }

    protected void Leave() => _depth--;

    protected void ExpectEnd()
    {
        if (!AtEnd) throw SyntaxError();
        if (HasRedundantParentheses) throw Invalid("The expression has redundant parentheses;");
    }

    protected DocumentPath ParsePath()
    {
        if (!IsPathName) throw SyntaxError();
        var path = new DocumentPath([new PathStep(Text(Current), 0)]);
        Next();
        ParseSteps(path);
        return path;
    }

    /// <summary>The rest of a path after its first name.</summary>
    protected void ParseSteps(DocumentPath path)
    {
        while (true)
        {
            if (path.Steps.Count > DynamoDbLimits.NestingDepth) throw Invalid($"The document path has too many nesting levels; nesting levels: {path.Steps.Count}");
            if (TakeSymbol("."))
            {
                if (!IsPathName) throw SyntaxError();
                path.Steps.Add(new(Text(Current), 0));
                Next();
            }
            else if (TakeSymbol("["))
            {
                if (Current.Kind != TokenKind.Number) throw SyntaxError();
                if (!int.TryParse(Text(Current), out var index)) throw Invalid($"List index is not within the allowable range; index: [{Text(Current)}]");
                path.Steps.Add(new(null, index));
                Next();
                ExpectSymbol("]");
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>An operand with or without parentheses.</summary>
    protected Operand ParseOperand()
    {
        if (!TakeSymbol("(")) return ParseBareOperand();
        Enter();
        if (IsSymbol("(")) HasRedundantParentheses = true;
        var operand = ParseOperand();
        ExpectSymbol(")");
        Leave();
        ContinueGroup(operand);
        return operand;
    }

    /// <summary>What may follow an operand in parentheses that belongs to it.</summary>
    protected virtual void ContinueGroup(Operand operand) { }

    protected Operand ParseBareOperand()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.ValuePlaceholder:
                Next();
                return new ValueOperand(Text(token));
            case TokenKind.Name when _tokens[_at + 1] is { Kind: TokenKind.Symbol } next && _source[next.Start] == '(' && !IsReservedHere(Text(token)):
                Next();
                Next();
                return ParseArguments(Text(token));
            default:
                return new PathOperand(ParsePath());
        }
    }

    protected ValueOperand ParseValue()
    {
        if (Current.Kind != TokenKind.ValuePlaceholder) throw SyntaxError();
        var value = new ValueOperand(Text(Current));
        Next();
        return value;
    }

    /// <summary>Words that no attribute or function can have as its name in this kind of expression, not even with an error of its own.</summary>
    protected abstract bool IsReservedHere(string word);

    private bool IsPathName => Current.Kind == TokenKind.NamePlaceholder || (Current.Kind == TokenKind.Name && !IsReservedHere(Text(Current)));

    private FunctionOperand ParseArguments(string function)
    {
        Enter();
        var arguments = new List<Operand> { ParseOperand() };
        while (TakeSymbol(",")) arguments.Add(ParseOperand());
        ExpectSymbol(")");
        Leave();
        return new(function, arguments);
    }

    private bool Matches(string word) => string.Compare(_source, Current.Start, word, 0, Math.Max(Current.Length, word.Length), StringComparison.OrdinalIgnoreCase) == 0;
}
