using Emulator.DynamoDb.PartiQl;

namespace Emulator.Tests.DynamoDb.PartiQl;

/// <summary>Writes a parsed statement as text again, with parentheses wherever they may stand.</summary>
internal static class PartiQlPrinter
{
    public static string Print(PartiQlNode node) => node switch
    {
        LiteralNode { Token.Kind: PartiQlTokenKind.Text } text => $"'{text.Token.Text.Replace("'", "''", StringComparison.Ordinal)}'",
        LiteralNode literal => literal.Token.Text,
        ParameterNode => "?",
        NameNode name => Name(name.Token),
        PathNode path => $"{Print(path.Root)}{string.Concat(path.Parts.Select(part => part.Name is { } name ? $".{Name(name)}" : part.Index is { } index ? $"[{Print(index)}]" : "[*]"))}",
        CallNode call => $"{call.Token.Text}({List(call.Arguments)})",
        UnaryNode unary => $"({unary.Token.Text} {Print(unary.Operand)})",
        BinaryNode binary => $"({Print(binary.Left)} {Operator(binary.Token)} {Print(binary.Right)})",
        BetweenNode between => $"({Print(between.Value)} {Operator(between.Token)} {Print(between.Low)} AND {Print(between.High)})",
        IsNode test => $"({Print(test.Value)} {Operator(test.Token)} {test.Type.Text})",
        ListNode list => $"[{List(list.Elements)}]",
        BagNode bag => $"<<{List(bag.Elements)}>>",
        TupleNode tuple => $"{{{string.Join(", ", tuple.Members.Select(member => $"{Print(member.Name)}: {Print(member.Value)}"))}}}",
        SelectNode select => $"SELECT {(select.Columns is null ? "*" : List(select.Columns))} FROM {Print(select.From)}{Where(select.Where)}{OrderBy(select)}",
        InsertNode insert => $"INSERT INTO {Print(insert.Into)} VALUE {Print(insert.Value)}",
        ModifyNode { Changes: null } delete => $"DELETE FROM {Print(delete.Target)}{Where(delete.Where)}{Returning(delete)}",
        ModifyNode update => $"UPDATE {Print(update.Target)}{string.Concat(update.Changes!.Select(change => change.Value is null ? $" REMOVE {Print(change.Path)}" : $" SET {Print(change.Path)} = {Print(change.Value)}"))}{Where(update.Where)}{Returning(update)}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static string Name(PartiQlToken token) => token.Kind == PartiQlTokenKind.QuotedIdentifier ? $"\"{token.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : token.Text;

    private static string Operator(PartiQlToken token) => token.Text.Replace('_', ' ');

    private static string List(List<PartiQlNode> nodes) => string.Join(", ", nodes.Select(Print));

    private static string Where(PartiQlNode? where) => where is null ? "" : $" WHERE {Print(where)}";

    private static string OrderBy(SelectNode select) =>
        select.OrderBy.Count == 0 ? "" : $" ORDER BY {string.Join(", ", select.OrderBy.Select(term => $"{Print(term.Key)}{(term.Descending ? " DESC" : "")}"))}";

    private static string Returning(ModifyNode node) => node.Returning is null ? "" : $" RETURNING {node.Returning.Replace('_', ' ')} *";
}
