using Emulator.DynamoDb.Expressions;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Turns the paths of a statement into document paths.</summary>
internal static class PathReader
{
    /// <summary>A path into a document; refused where something else stands.</summary>
    public static DocumentPath Read(PartiQlNode node) => TryRead(node) ?? throw PartiQlErrors.UnexpectedPath(node.Token);

    /// <summary>A path into a document; null where the node is none.</summary>
    public static DocumentPath? TryRead(PartiQlNode node)
    {
        if (node is NameNode name) return new([PathStep.Of(name.Token.Text)]);
        if (node is not PathNode { Root: NameNode root } path) return null;
        var steps = new List<PathStep> { PathStep.Of(root.Token.Text) };
        foreach (var part in path.Parts)
        {
            steps.Add(part switch
            {
                { Name: { } key } => PathStep.Of(key.Text),
                { Index: LiteralNode { Token.Kind: PartiQlTokenKind.Number } index } => new(null, Index(index.Token)),
                _ => throw PartiQlErrors.UnexpectedPath(part.Index?.Token ?? path.Token),
            });
        }
        // The rule of expressions: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
        return steps.Count > DynamoDbLimits.NestingDepth ? throw DynamoDbErrors.Validation($"The document path has too many nesting levels; nesting levels: {steps.Count}") : new(steps);
    }

    private static int Index(PartiQlToken token) =>
        int.TryParse(token.Text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var index) && index >= 0
            ? index : throw PartiQlErrors.ListIndex(token.Text, token);
}
