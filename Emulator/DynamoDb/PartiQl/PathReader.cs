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
        return new(steps);
    }

    /// <summary>The name under which SELECT returns what is at a path: its last name, with the indexes that follow.</summary>
    /// <remarks>Observed: DynamoDbPartiQLEdgeCaseIntegrationTest of floci-io/floci, recorded on AWS: SELECT m.k[0] answers k[0].</remarks>
    public static string NameOf(DocumentPath path)
    {
        var last = path.Steps.FindLastIndex(step => !step.IsIndex);
        return string.Concat(path.Steps.Skip(last).Select(step => step.ToString()));
    }

    private static int Index(PartiQlToken token) =>
        int.TryParse(token.Text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var index) && index >= 0
            ? index : throw PartiQlErrors.ListIndex(token.Text, token);
}
