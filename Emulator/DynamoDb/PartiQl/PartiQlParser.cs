namespace Emulator.DynamoDb.PartiQl;

/// <summary>Parses a statement: whether it is well formed, not what it means.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.statements.html</remarks>
internal sealed class PartiQlParser : PartiQlExpressionParser
{
    private const string DataManipulation = "Expected data manipulation";

    private PartiQlParser(string source) : base(source) { }

    /// <param name="parameters">How many question marks the statement has.</param>
    public static PartiQlNode Parse(string source, out int parameters)
    {
        var parser = new PartiQlParser(source);
        var statement = parser.ParseExpression();
        if (!parser.AtEndOfStatement)
        {
            throw NotWellFormed(parser.Current.Kind == PartiQlTokenKind.Semicolon
                ? "Unexpected token after semicolon. (Only one query is allowed.)" : "Unexpected token after expression");
        }
        parameters = parser.Parameters;
        return statement;
    }

    protected override PartiQlNode? ParseStatementTerm()
    {
        var token = Current;
        if (token.Kind != PartiQlTokenKind.Keyword) return null;
        switch (token.Text)
        {
            case "select":
                return ParseSelect(Take());
            case "insert_into" or "update" or "delete" when !IsTopLevel:
                throw NotWellFormed($"Keyword {token.Text} only expected at the top level in the query");
            case "insert_into":
                return ParseInsert(Take());
            case "update":
                return ParseUpdate(Take());
            case "delete":
                return ParseDelete(Take());
            case "from":
                // PartiQL lets a statement begin with FROM where it then changes data, and nothing of DynamoDB's does.
                Take();
                ParseSource();
                ParseOptional("where");
                throw NotWellFormed(DataManipulation);
            case "set" or "remove":
                throw NotWellFormed(DataManipulation);
            default:
                return null;
        }
    }

    private SelectNode ParseSelect(PartiQlToken select)
    {
        if (Current.Keyword is "distinct" or "value") throw PartiQlErrors.UnsupportedClause(Current.Text.ToUpperInvariant(), Current);
        TakeKeyword("all");
        var columns = ParseColumns();
        if (!TakeKeyword("from")) throw NotWellFormed("Expected FROM after SELECT list");
        var source = ParseSource();
        RefuseClause("LET");
        var where = ParseOptional("where");
        var orderBy = TakeKeyword("order") ? ParseOrderBy() : [];
        RefuseClause("GROUP");
        foreach (var clause in (ReadOnlySpan<string>)["HAVING", "LIMIT", "OFFSET"])
        {
            // Observed: the place is that of what follows the word (Unsupported clause: LIMIT at 5:7:3 for a LIMIT of three digits at the beginning of line 5).
            if (ParseOptional(clause.ToLowerInvariant()) is { } expression) throw PartiQlErrors.UnsupportedClause(clause, expression.Token);
        }
        return new(select, columns, source, where, orderBy);
    }

    private List<PartiQlNode>? ParseColumns()
    {
        if (Current.Kind == PartiQlTokenKind.Star)
        {
            Take();
            return Current.Kind == PartiQlTokenKind.Comma
                ? throw NotWellFormed("Other expressions may not be present in the select list when '*' is used without dot notation.") : null;
        }
        var columns = new List<PartiQlNode>();
        do
        {
            if (Current.Kind == PartiQlTokenKind.Star) throw NotWellFormed("Other expressions may not be present in the select list when '*' is used without dot notation.");
            columns.Add(ParseExpression());
            RefuseAlias();
        }
        while (TakeIf(PartiQlTokenKind.Comma));
        return columns;
    }

    private PartiQlNode ParseSource()
    {
        var source = ParseExpression(PartiQlKeywords.ClausePrecedence);
        RefuseAlias();
        if (Current.Kind == PartiQlTokenKind.Comma || Current.Keyword is "join" or "cross" or "inner" or "left" or "right" or "full" or "outer")
        {
            throw PartiQlErrors.UnsupportedClause("JOIN", Current);
        }
        return source;
    }

    private List<(PartiQlNode, bool)> ParseOrderBy()
    {
        Expect(PartiQlTokenKind.By);
        var terms = new List<(PartiQlNode, bool)>();
        do
        {
            var key = ParseExpression();
            var descending = TakeIf(PartiQlTokenKind.Desc);
            if (!descending) TakeIf(PartiQlTokenKind.Asc);
            terms.Add((key, descending));
        }
        while (TakeIf(PartiQlTokenKind.Comma));
        return terms;
    }

    private InsertNode ParseInsert(PartiQlToken insert)
    {
        var into = ParseSimplePath();
        if (!TakeKeyword("value"))
        {
            if (IsKeyword("values")) throw PartiQlErrors.UnsupportedClause("VALUES", Current);
            var values = ParseExpression();
            throw PartiQlErrors.UnsupportedClause("VALUES", values.Token);
        }
        return new(insert, into, ParseExpression());
    }

    private ModifyNode ParseUpdate(PartiQlToken update)
    {
        var target = ParseSimplePath();
        RefuseAlias();
        var changes = new List<ChangeNode>();
        while (true)
        {
            if (TakeKeyword("set")) ParseAssignments(changes);
            else if (TakeKeyword("remove")) changes.Add(new(ParseSimplePath(), null));
            else break;
        }
        if (changes.Count == 0 || IsKeyword("insert_into")) throw NotWellFormed(DataManipulation);
        return new(update, target, changes, ParseOptional("where"), ParseReturning());
    }

    private ModifyNode ParseDelete(PartiQlToken delete)
    {
        if (!TakeKeyword("from")) throw NotWellFormed("Expected FROM after DELETE");
        var target = ParseSimplePath();
        RefuseAlias();
        return new(delete, target, null, ParseOptional("where"), ParseReturning());
    }

    private void ParseAssignments(List<ChangeNode> changes)
    {
        do
        {
            var path = ParseSimplePath();
            if (!TakeKeyword("=")) throw NotWellFormed("Expected '='");
            changes.Add(new(path, ParseExpression()));
        }
        while (TakeIf(PartiQlTokenKind.Comma));
    }

    private string? ParseReturning()
    {
        if (!TakeKeyword("returning")) return null;
        if (Current.Keyword is not ("modified_old" or "modified_new" or "all_old" or "all_new"))
        {
            throw NotWellFormed("Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.");
        }
        var returning = Take().Text;
        return TakeIf(PartiQlTokenKind.Star) ? returning : throw NotWellFormed("Unsupported syntax in RETURNING columns.");
    }

    private PartiQlNode? ParseOptional(string keyword) => TakeKeyword(keyword) ? ParseExpression(PartiQlKeywords.ClausePrecedence) : null;

    private void RefuseClause(string keyword)
    {
        if (IsKeyword(keyword.ToLowerInvariant())) throw PartiQlErrors.UnsupportedClause(keyword, Current);
    }

    private void RefuseAlias()
    {
        if (Current.Kind is PartiQlTokenKind.As or PartiQlTokenKind.At or PartiQlTokenKind.By || Current.IsIdentifier) throw PartiQlErrors.UnsupportedClause("AS", Current);
    }
}
