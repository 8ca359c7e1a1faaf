namespace Emulator.DynamoDb.Expressions;

/// <summary>Parses ProjectionExpression.</summary>
internal sealed class ProjectionParser : ExpressionParser
{
    private ProjectionParser(string source) : base("ProjectionExpression", source) { }

    public static Projection Parse(string source, ExpressionScope scope)
    {
        var parser = new ProjectionParser(source);
        var paths = new List<DocumentPath>();
        do paths.Add(parser.ParsePath());
        while (parser.TakeSymbol(","));
        parser.ExpectEnd();
        if (Check(paths, scope) is { } problem) throw parser.Invalid(problem);
        return new(paths);
    }

    protected override bool IsReservedHere(string word) => false;

    private static string? Check(List<DocumentPath> paths, ExpressionScope scope)
    {
        string? reserved = null, undefined = null;
        foreach (var path in paths)
        {
            reserved ??= PathRules.Reserved(path);
            undefined ??= scope.Resolve(path);
        }
        return reserved ?? undefined ?? PathRules.Overlap(paths) ?? PathRules.Conflict(paths);
    }
}
