using Emulator.DynamoDb.PartiQl;

namespace Emulator.Tests.DynamoDb.PartiQl;

/// <summary>Makes statements that the grammar knows, whatever they mean.</summary>
internal sealed class RandomStatement(Random random)
{
    private int _parameters;

    public PartiQlNode Next() => random.Next(4) switch
    {
        0 => new SelectNode(Keyword("select"), random.Next(3) == 0 ? null : Several(() => Path()), Target(), Where(), random.Next(2) == 0 ? [] : Several(() => ((PartiQlNode)Name(), random.Next(2) == 0))),
        1 => new InsertNode(Keyword("insert_into"), Target(), Tuple(depth: 2)),
        2 => new ModifyNode(Keyword("update"), Target(), Several(() => new ChangeNode(Path(), random.Next(3) == 0 ? null : Expression(2))), Where(), Returning()),
        _ => new ModifyNode(Keyword("delete"), Target(), null, Where(), Returning()),
    };

    private PartiQlNode? Where() => random.Next(4) == 0 ? null : Expression(depth: 4);

    private string? Returning() => random.Next(2) == 0 ? null : new[] { "all_old", "all_new", "modified_old", "modified_new" }[random.Next(4)];

    private PartiQlNode Target() => random.Next(2) == 0 ? Name() : new PathNode(Name(), [new(Name().Token, null)]);

    private NameNode Name() => new(random.Next(2) == 0
        ? new(PartiQlTokenKind.Identifier, new[] { "a", "Total", "x_1", "$y" }[random.Next(4)], 1, 1, 1)
        : new(PartiQlTokenKind.QuotedIdentifier, new[] { "a", "select", "with space", "with \"quotes\"", "é" }[random.Next(5)], 1, 1, 1));

    private PartiQlNode Path()
    {
        if (random.Next(2) == 0) return Name();
        return new PathNode(Name(), Several(() => random.Next(2) == 0 ? new PathPart(Name().Token, null) : new PathPart(null, Number(random.Next(100).ToString()))));
    }

    private PartiQlNode Expression(int depth)
    {
        if (depth == 0) return Leaf();
        return random.Next(11) switch
        {
            0 => new BinaryNode(Operator(new[] { "and", "or" }[random.Next(2)]), Expression(depth - 1), Expression(depth - 1)),
            1 => new BinaryNode(Operator(new[] { "=", "<>", "<", "<=", ">", ">=", "+", "-", "||" }[random.Next(9)]), Expression(depth - 1), Expression(depth - 1)),
            2 => new UnaryNode(Operator("not"), Expression(depth - 1)),
            3 => new BetweenNode(Operator(random.Next(2) == 0 ? "between" : "not_between"), Leaf(), Leaf(), Leaf()),
            4 => new IsNode(Operator(random.Next(2) == 0 ? "is" : "is_not"), Path(), Keyword(random.Next(2) == 0 ? "missing" : "null")),
            5 => new BinaryNode(Operator(random.Next(2) == 0 ? "in" : "not_in"), Path(), new ListNode(Keyword("["), Several(Leaf))),
            6 => new CallNode(new(PartiQlTokenKind.Identifier, "begins_with", 1, 1, 1), Several(() => Expression(depth - 1))),
            7 => new ListNode(Keyword("["), random.Next(3) == 0 ? [] : Several(() => Expression(depth - 1))),
            8 => new BagNode(Keyword("<<"), random.Next(3) == 0 ? [] : Several(Leaf)),
            9 => Tuple(depth - 1),
            _ => Leaf(),
        };
    }

    private TupleNode Tuple(int depth) => new(Keyword("{"), random.Next(4) == 0 ? [] : Several(() => ((PartiQlNode)Text(), Expression(depth))));

    private PartiQlNode Leaf() => random.Next(6) switch
    {
        0 => Text(),
        1 => Number(new[] { "0", "1.50", "-7", "2e10", ".5" }[random.Next(5)]),
        2 => new LiteralNode(new(PartiQlTokenKind.Boolean, random.Next(2) == 0 ? "true" : "false", 1, 1, 1)),
        3 => new LiteralNode(new(PartiQlTokenKind.Null, "null", 1, 1, 1)),
        4 => new ParameterNode(Keyword("?"), _parameters++),
        _ => Path(),
    };

    private LiteralNode Text() => new(new(PartiQlTokenKind.Text, new[] { "", "x", "it's", "--", "?", "\"", "ü€" }[random.Next(7)], 1, 1, 1));

    private static LiteralNode Number(string text) => new(new(PartiQlTokenKind.Number, text, 1, 1, 1));

    private static PartiQlToken Keyword(string text) => new(PartiQlTokenKind.Keyword, text, 1, 1, 1);

    private static PartiQlToken Operator(string text) => new(PartiQlTokenKind.Operator, text, 1, 1, 1);

    private List<T> Several<T>(Func<T> make) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => make())];
}
