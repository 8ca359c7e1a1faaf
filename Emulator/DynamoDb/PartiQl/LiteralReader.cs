using System.Runtime.InteropServices;
using System.Text;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Turns the literals of a statement into values: <c>'text'</c>, <c>1.5</c>, <c>{'a': [1]}</c>, <c>&lt;&lt;'a', 'b'&gt;&gt;</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.data-types.html</remarks>
internal sealed class LiteralReader(IReadOnlyList<AttributeValue> parameters)
{
    /// <summary>What errors call the value itself; its parts are <c>root.a</c> and <c>root[0]</c>.</summary>
    private const string Root = "root";

    public AttributeValue Read(PartiQlNode node)
    {
        if (node is ParameterNode parameter) return parameters[parameter.Index];
        using var writer = new ValueWriter();
        Write(writer, node, Root, depth: 0);
        return new(writer.ToArray());
    }

    /// <summary>The tuple of an INSERT: its members are attributes, and parameters may stand for them.</summary>
    public AttributeMap ReadItem(PartiQlNode node)
    {
        if (node is ParameterNode parameter)
        {
            var value = parameters[parameter.Index];
            return value.Type == AttributeType.M ? value.Map : throw PartiQlErrors.UnsupportedData(value.Type.ToString(), Root, node.Token);
        }
        if (node is not TupleNode tuple) throw PartiQlErrors.UnsupportedData(NameOf(node), Root, node.Token);
        using var writer = new ValueWriter();
        WriteMembers(writer, tuple, _ => Root, depth: 0, member => Read(member.Value));
        return new(writer.ToArray());
    }

    private void Write(ValueWriter writer, PartiQlNode node, string path, int depth)
    {
        // Observed: a part of a literal 32 levels down is refused, whatever it is.
        if (depth == DynamoDbLimits.NestingDepth) throw DynamoDbErrors.Validation($"{PartiQlErrors.NestingTooDeep} under {path}");
        switch (node)
        {
            case LiteralNode literal:
                WriteScalar(writer, literal, path);
                break;
            case ListNode list:
                var start = writer.Begin(AttributeType.L);
                for (var i = 0; i < list.Elements.Count; i++) Write(writer, list.Elements[i], $"{path}[{i}]", depth + 1);
                writer.End(start);
                break;
            case TupleNode tuple:
                start = writer.Begin(AttributeType.M);
                WriteMembers(writer, tuple, name => $"{path}.{name}", depth + 1);
                writer.End(start);
                break;
            case BagNode bag:
                WriteBag(writer, bag, path);
                break;
            default:
                throw PartiQlErrors.UnsupportedData(NameOf(node), path, node.Token);
        }
    }

    private void WriteMembers(ValueWriter writer, TupleNode tuple, Func<string, string> pathOf, int depth, Func<(PartiQlNode Name, PartiQlNode Value), AttributeValue>? read = null)
    {
        var starts = new List<int>();
        foreach (var member in tuple.Members)
        {
            if (member.Name is not LiteralNode { Token: { Kind: PartiQlTokenKind.Text, Text: var name } }) throw PartiQlErrors.UnsupportedData(NameOf(member.Name), pathOf(""), member.Name.Token);
            if (Names.Problem(name) is { } problem) throw DynamoDbErrors.Validation(problem);
            starts.Add(writer.Length);
            writer.LengthPrefixed(Encoding.UTF8.GetBytes(name));
            if (read is not null) writer.Value(read(member));
            else Write(writer, member.Value, pathOf(name), depth);
        }
        writer.SortEntries(CollectionsMarshal.AsSpan(starts));
    }

    private static void WriteScalar(ValueWriter writer, LiteralNode literal, string path)
    {
        var text = literal.Token.Text;
        switch (literal.Token.Kind)
        {
            case PartiQlTokenKind.Text: writer.Scalar(AttributeType.S, Encoding.UTF8.GetBytes(text)); break;
            case PartiQlTokenKind.Number: writer.Scalar(AttributeType.N, Number(text)); break;
            case PartiQlTokenKind.Boolean: writer.Bool(text == "true"); break;
            case PartiQlTokenKind.Null: writer.Null(); break;
            default: throw PartiQlErrors.UnsupportedData("MISSING", path, literal.Token);
        }
    }

    private static byte[] Number(string text)
    {
        Span<byte> digits = stackalloc byte[NumberEncoding.MaxLength];
        var utf8 = Encoding.UTF8.GetBytes(text);
        var problem = NumberEncoding.TryEncode(utf8, digits, out var length);
        if (problem != NumberProblem.None) throw DynamoDbErrors.Validation(DynamoDbErrors.NumberText(problem, utf8));
        return digits[..length].ToArray();
    }

    /// <summary>A set, of strings or of numbers.</summary>
    private static void WriteBag(ValueWriter writer, BagNode bag, string path)
    {
        if (bag.Elements.Count == 0) throw DynamoDbErrors.Validation("Empty bags are not supported");
        var kind = bag.Elements[0].Token.Kind;
        if (kind is not (PartiQlTokenKind.Text or PartiQlTokenKind.Number) || !bag.Elements.TrueForAll(element => element is LiteralNode && element.Token.Kind == kind))
        {
            throw DynamoDbErrors.Validation("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
        }
        var isNumbers = kind == PartiQlTokenKind.Number;
        var start = writer.Begin(isNumbers ? AttributeType.NS : AttributeType.SS);
        foreach (var element in bag.Elements) writer.LengthPrefixed(isNumbers ? Number(element.Token.Text) : Encoding.UTF8.GetBytes(element.Token.Text));
        if (!writer.SortElements(start))
        {
            throw DynamoDbErrors.Invalid($"Input collection [{string.Join(", ", bag.Elements.Select(element => element.Token.Text))}] contains duplicates{(isNumbers ? $"! under {path}" : ".")}");
        }
        writer.End(start);
    }

    private static string NameOf(PartiQlNode node) => node switch
    {
        ParameterNode => "Parameter",
        _ => node.Token.Text,
    };
}
