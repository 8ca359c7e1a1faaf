namespace Emulator.DynamoDb.Expressions;

/// <summary>Parses UpdateExpression.</summary>
internal sealed class UpdateParser : ExpressionParser
{
    private readonly List<UpdateClause> _clauses = [];
    private readonly HashSet<string> _sections = [];
    private string? _repeatedSection;

    private UpdateParser(string source) : base("UpdateExpression", source) { }

    /// <summary>Parses, resolves and checks; throws AWS's error for the first thing that is wrong.</summary>
    public static Update Parse(string source, ExpressionScope scope)
    {
        var parser = new UpdateParser(source);
        do parser.ParseSection();
        while (!parser.AtEnd);
        if (UpdateChecker.Check(parser._clauses, parser._repeatedSection, scope) is { } problem) throw parser.Invalid(problem);
        return new(parser._clauses);
    }

    protected override bool IsReservedHere(string word) =>
        word.Equals("SET", StringComparison.OrdinalIgnoreCase) || word.Equals("REMOVE", StringComparison.OrdinalIgnoreCase)
        || word.Equals("ADD", StringComparison.OrdinalIgnoreCase) || word.Equals("DELETE", StringComparison.OrdinalIgnoreCase);

    private void ParseSection()
    {
        if (TakeKeyword("SET")) ParseClauses("SET", ParseSet);
        else if (TakeKeyword("REMOVE")) ParseClauses("REMOVE", () => new(UpdateAction.Remove, ParsePath(), null));
        else if (TakeKeyword("ADD")) ParseClauses("ADD", () => new(UpdateAction.Add, ParsePath(), ParseValue()));
        else if (TakeKeyword("DELETE")) ParseClauses("DELETE", () => new(UpdateAction.Delete, ParsePath(), ParseValue()));
        else throw SyntaxError();
    }

    private void ParseClauses(string section, Func<UpdateClause> parse)
    {
        if (!_sections.Add(section)) _repeatedSection ??= section;
        do _clauses.Add(parse());
        while (TakeSymbol(","));
    }

    private UpdateClause ParseSet()
    {
        var path = ParsePath();
        ExpectSymbol("=");
        return new(UpdateAction.Set, path, ParseSetValue());
    }

    /// <summary>An operand or the sum or difference of two, which may stand in parentheses; a longer sum is no syntax of AWS's.</summary>
    private Operand ParseSetValue()
    {
        var left = ParseUnit();
        if (left is FunctionOperand { IsArithmetic: true }) return left;
        return ParseArithmetic(left);
    }

    private Operand ParseUnit()
    {
        if (!TakeSymbol("(")) return ParseBareOperand();
        Enter();
        var inner = ParseSetValue();
        ExpectSymbol(")");
        Leave();
        return inner;
    }

    private Operand ParseArithmetic(Operand left)
    {
        var name = IsSymbol("+") ? "+" : IsSymbol("-") ? "-" : null;
        if (name is null) return left;
        CountOperator();
        Next();
        return new FunctionOperand(name, [left, ParseOperand()]);
    }
}
