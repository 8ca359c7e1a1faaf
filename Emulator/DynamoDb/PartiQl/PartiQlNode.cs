namespace Emulator.DynamoDb.PartiQl;

/// <summary>A part of a statement as the grammar sees it, before anyone asks what it means.</summary>
/// <param name="Token">Where it stands, for errors: its first token, or its operator.</param>
internal abstract record PartiQlNode(PartiQlToken Token);

/// <summary>A string, number, boolean, NULL or MISSING.</summary>
internal sealed record LiteralNode(PartiQlToken Token) : PartiQlNode(Token);

/// <summary>A question mark; the first has the index 0.</summary>
internal sealed record ParameterNode(PartiQlToken Token, int Index) : PartiQlNode(Token);

/// <summary>The name of an attribute or table.</summary>
internal sealed record NameNode(PartiQlToken Token) : PartiQlNode(Token);

/// <summary>What follows the first part of a path: a name, what stands in brackets, or (both null) a star.</summary>
internal readonly record struct PathPart(PartiQlToken? Name, PartiQlNode? Index);

internal sealed record PathNode(PartiQlNode Root, List<PathPart> Parts) : PartiQlNode(Root.Token);

internal sealed record CallNode(PartiQlToken Token, List<PartiQlNode> Arguments) : PartiQlNode(Token);

/// <summary>NOT, or a sign before something that is no number.</summary>
internal sealed record UnaryNode(PartiQlToken Token, PartiQlNode Operand) : PartiQlNode(Token);

internal sealed record BinaryNode(PartiQlToken Token, PartiQlNode Left, PartiQlNode Right) : PartiQlNode(Token);

internal sealed record BetweenNode(PartiQlToken Token, PartiQlNode Value, PartiQlNode Low, PartiQlNode High) : PartiQlNode(Token);

/// <summary>IS or IS NOT, and the type that must follow.</summary>
internal sealed record IsNode(PartiQlToken Token, PartiQlNode Value, PartiQlToken Type) : PartiQlNode(Token);

internal sealed record ListNode(PartiQlToken Token, List<PartiQlNode> Elements) : PartiQlNode(Token);

internal sealed record BagNode(PartiQlToken Token, List<PartiQlNode> Elements) : PartiQlNode(Token);

internal sealed record TupleNode(PartiQlToken Token, List<(PartiQlNode Name, PartiQlNode Value)> Members) : PartiQlNode(Token);

/// <param name="Columns">Null for a star.</param>
internal sealed record SelectNode(PartiQlToken Token, List<PartiQlNode>? Columns, PartiQlNode From, PartiQlNode? Where, List<(PartiQlNode Key, bool Descending)> OrderBy) : PartiQlNode(Token);

internal sealed record InsertNode(PartiQlToken Token, PartiQlNode Into, PartiQlNode Value) : PartiQlNode(Token);

/// <summary>One path of SET, with what it is set to, or of REMOVE.</summary>
internal readonly record struct ChangeNode(PartiQlNode Path, PartiQlNode? Value);

/// <param name="Changes">Null for DELETE.</param>
/// <param name="Returning">As <c>all_old</c>; null where nothing is asked for.</param>
internal sealed record ModifyNode(PartiQlToken Token, PartiQlNode Target, List<ChangeNode>? Changes, PartiQlNode? Where, string? Returning) : PartiQlNode(Token);
