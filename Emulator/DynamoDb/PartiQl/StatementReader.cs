using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Reads a statement: well formed first, then what DynamoDB takes of it.</summary>
internal sealed class StatementReader
{
    private readonly LiteralReader _literals;
    private readonly ConditionReader _conditions;

    private StatementReader(IReadOnlyList<AttributeValue> parameters)
    {
        _literals = new(parameters);
        _conditions = new(_literals);
    }

    public static Statement Read(string source, IReadOnlyList<AttributeValue> parameters)
    {
        var node = PartiQlParser.Parse(source, out var count);
        if (count != parameters.Count) throw PartiQlErrors.ParameterCount();
        return new StatementReader(parameters).Read(node);
    }

    private Statement Read(PartiQlNode node) => node switch
    {
        SelectNode select => ReadSelect(select),
        InsertNode insert => ReadInsert(insert),
        ModifyNode modify => ReadModify(modify),
        CallNode { Token.Text: "exists", Arguments: [SelectNode select] } => new ExistsStatement(ReadSelect(select)),
        _ => throw PartiQlErrors.NotWellFormed("Expected data manipulation"),
    };

    private SelectStatement ReadSelect(SelectNode node)
    {
        var (table, index) = ReadTarget(node.From);
        var columns = node.Columns is null ? null : new Columns(node.Columns.ConvertAll(PathReader.Read));
        var where = node.Where is null ? null : _conditions.Read(node.Where);
        var orderBy = node.OrderBy.ConvertAll(term => new OrderTerm(term.Key is NameNode name ? name.Token.Text : throw PartiQlErrors.UnexpectedPath(term.Key.Token), term.Descending));
        return new(table, index, columns, where, orderBy);
    }

    private InsertStatement ReadInsert(InsertNode node)
    {
        if (node.Into is PathNode) throw PartiQlErrors.At("FROM clause may only contain a single table name in data manipulation statements", node.Into.Token);
        return new(ReadTarget(node.Into).Table, _literals.ReadItem(node.Value));
    }

    private ModifyStatement ReadModify(ModifyNode node)
    {
        var (table, index) = ReadTarget(node.Target);
        if (index is not null) throw PartiQlErrors.NoIndexHere();
        if (node.Changes is null && node.Returning is not (null or "all_old"))
        {
            throw DynamoDbErrors.Validation($"Invalid returning clause: RETURNING {node.Returning.Replace('_', ' ').ToUpperInvariant()} *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
        }
        var update = node.Changes is null ? null : new UpdateReader(_literals).Read(node.Changes);
        return new(table, update, node.Where is null ? null : _conditions.Read(node.Where), node.Returning);
    }

    /// <summary>A table, or an index of it.</summary>
    private static (string Table, string? Index) ReadTarget(PartiQlNode node)
    {
        if (node is PathNode { Parts.Count: > 1 }) throw DynamoDbErrors.Validation("A path may contain at most 2 components in the FROM clause");
        var (table, index) = node switch
        {
            NameNode name => (name.Token.Text, (string?)null),
            PathNode { Root: NameNode name, Parts: [{ Name: { } second }] } => (name.Token.Text, second.Text),
            _ => throw PartiQlErrors.UnexpectedPath(node.Token),
        };
        return table.Length == 0 || index?.Length == 0 ? throw DynamoDbErrors.Validation("Path component cannot be an empty string") : (table, index);
    }
}
