namespace Emulator.DynamoDb.Expressions;

/// <summary>Parses the expressions that are true or false: ConditionExpression, FilterExpression, KeyConditionExpression.</summary>
internal sealed class ConditionParser : ExpressionParser
{
    private ConditionParser(string parameter, string source) : base(parameter, source) { }

    /// <summary>Parses, resolves and checks; throws AWS's error for the first thing that is wrong.</summary>
    public static Condition Parse(string parameter, string source, ExpressionScope scope)
    {
        var parser = new ConditionParser(parameter, source);
        var condition = parser.AsCondition(parser.ParseOr());
        parser.ExpectEnd();
        if (ConditionChecker.Check(condition, scope) is { } problem) throw parser.Invalid(problem);
        return condition;
    }

    protected override bool IsReservedHere(string word) =>
        word.Equals("AND", StringComparison.OrdinalIgnoreCase) || word.Equals("OR", StringComparison.OrdinalIgnoreCase)
        || word.Equals("NOT", StringComparison.OrdinalIgnoreCase) || word.Equals("IN", StringComparison.OrdinalIgnoreCase)
        || word.Equals("BETWEEN", StringComparison.OrdinalIgnoreCase);

    /// <summary>In a condition, and not in an update, a path may go on after a group: <c>(a.b).c</c>.</summary>
    protected override void ContinueGroup(Operand operand)
    {
        if (operand is PathOperand path) ParseSteps(path.Path);
    }

    /// <summary>A condition, or an operand of which what follows tells what it belongs to: both may stand in parentheses.</summary>
    private readonly record struct Node(Condition? Condition, Operand? Operand, bool InParentheses = false);

    private Node ParseOr()
    {
        var left = ParseAnd();
        while (TakeKeyword("OR"))
        {
            CountOperator();
            left = new(new OrCondition(AsCondition(left), AsCondition(ParseAnd())), null);
        }
        return left;
    }

    private Node ParseAnd()
    {
        var left = ParseNot();
        while (TakeKeyword("AND"))
        {
            CountOperator();
            left = new(new AndCondition(AsCondition(left), AsCondition(ParseNot())), null);
        }
        return left;
    }

    private Node ParseNot()
    {
        if (!TakeKeyword("NOT")) return ParseComparison();
        CountOperator();
        Enter();
        var inner = AsCondition(ParseNot());
        Leave();
        return new(new NotCondition(inner), null);
    }

    private Node ParseComparison()
    {
        var left = ParseUnit();
        if (left.Operand is not { } operand) return left;
        if (TakeComparator() is { } comparator)
        {
            CountOperator();
            return new(new ComparisonCondition(comparator, operand, ParseOperand()), null);
        }
        if (TakeKeyword("BETWEEN"))
        {
            CountOperator();
            var low = ParseOperand();
            if (!TakeKeyword("AND")) throw SyntaxError();
            return new(new BetweenCondition(operand, low, ParseOperand()), null);
        }
        if (TakeKeyword("IN"))
        {
            CountOperator();
            ExpectSymbol("(");
            var operands = new List<Operand> { operand, ParseOperand() };
            while (TakeSymbol(",")) operands.Add(ParseOperand());
            ExpectSymbol(")");
            return new(new InCondition(operands), null);
        }
        return left;
    }

    private Node ParseUnit()
    {
        if (!TakeSymbol("(")) return new(null, ParseBareOperand());
        Enter();
        var inner = ParseOr();
        ExpectSymbol(")");
        Leave();
        if (inner.InParentheses) HasRedundantParentheses = true;
        if (inner.Operand is { } operand) ContinueGroup(operand);
        return inner with { InParentheses = true };
    }

    private Comparator? TakeComparator()
    {
        if (Current.Kind != TokenKind.Symbol) return null;
        var comparator = Comparators.Of(Text(Current));
        if (comparator is not null) Next();
        return comparator;
    }

    /// <summary>A function is a condition too; after another operand a comparison must follow.</summary>
    private Condition AsCondition(Node node) =>
        node.Condition ?? (node.Operand is FunctionOperand function ? new FunctionCondition(function) : throw SyntaxError());
}
