using System.Buffers;
using System.Runtime.InteropServices;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Input;

/// <summary>Turns the JSON of attribute values straight into their stored form.</summary>
internal sealed class AttributeValueDecoder : IDisposable
{
    public const string Empty = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    private const string MoreThanOne = "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
    private const string Invalid = "One or more parameter values were invalid: ";

    private readonly ValueWriter _writer = new();
    private readonly List<int> _starts = [];

    /// <summary>What is wrong with the first value that is wrong.</summary>
    public string? Problem { get; private set; }

    public byte[] Written() => _writer.ToArray();

    public void Dispose() => _writer.Dispose();

    /// <summary>The entries of a map that the reader has entered.</summary>
    public void Entries(ref InputReader json, int depth)
    {
        var from = _starts.Count;
        while (json.NextMember())
        {
            _starts.Add(_writer.Length);
            if (json.RawLength == 0) Wrong(Names.Empty);
            else if (json.RawLength > DynamoDbLimits.AttributeNameBytes) CheckName(json.Name());
            LengthPrefixedText(ref json);
            if (json.BeginStruct("AttributeValue", isElement: true)) Value(ref json, depth);
            else Null(Empty);
        }
        _writer.SortEntries(CollectionsMarshal.AsSpan(_starts)[from..]);
        _starts.RemoveRange(from, _starts.Count - from);
    }

    /// <summary>A value whose object the reader has entered.</summary>
    public void Value(ref InputReader json, int depth)
    {
        var start = _writer.Length;
        var types = 0;
        while (json.NextMember())
        {
            var type = TypeOf(ref json);
            if (type is not { } known)
            {
                json.Skip();
                continue;
            }
            if (types > 0) _writer.Truncate(start);
            if (Content(ref json, known, depth)) types++;
        }
        if (types == 0) Null(Empty);
        else if (types > 1) Wrong(MoreThanOne);
    }

    private static AttributeType? TypeOf(ref InputReader json)
    {
        if (json.Is("S"u8)) return AttributeType.S;
        if (json.Is("N"u8)) return AttributeType.N;
        if (json.Is("BOOL"u8)) return AttributeType.BOOL;
        if (json.Is("M"u8)) return AttributeType.M;
        if (json.Is("L"u8)) return AttributeType.L;
        if (json.Is("B"u8)) return AttributeType.B;
        if (json.Is("NULL"u8)) return AttributeType.NULL;
        if (json.Is("SS"u8)) return AttributeType.SS;
        if (json.Is("NS"u8)) return AttributeType.NS;
        if (json.Is("BS"u8)) return AttributeType.BS;
        return null;
    }

    /// <summary>Writes the value; false where it is null, so that it counts as absent.</summary>
    private bool Content(ref InputReader json, AttributeType type, int depth)
    {
        switch (type)
        {
            case AttributeType.S:
                if (!json.BeginString()) return false;
                _writer.Byte((byte)type);
                LengthPrefixedText(ref json);
                return true;
            case AttributeType.N:
                if (!json.BeginString()) return false;
                _writer.Byte((byte)type);
                Number(ref json);
                return true;
            case AttributeType.B:
                if (!json.BeginBlob()) return false;
                _writer.Byte((byte)type);
                Blob(ref json);
                return true;
            case AttributeType.BOOL:
                if (json.Boolean() is not { } boolean) return false;
                _writer.Bool(boolean);
                return true;
            case AttributeType.NULL:
                if (json.Boolean() is not { } isNull) return false;
                _writer.Null();
                if (!isNull) Wrong(Invalid + "Null attribute value types must have the value of true");
                return true;
            case AttributeType.SS or AttributeType.NS or AttributeType.BS:
                return Set(ref json, type);
            case AttributeType.L:
                return List(ref json, depth);
            default:
                return Map(ref json, depth);
        }
    }

    private bool List(ref InputReader json, int depth)
    {
        if (!json.BeginList()) return false;
        var start = _writer.Begin(AttributeType.L);
        while (json.NextElement())
        {
            if (!json.BeginStruct("AttributeValue", isElement: true)) Null(Empty);
            else if (depth < DynamoDbLimits.NestingDepth) Value(ref json, depth + 1);
            else TooDeep(ref json);
        }
        _writer.End(start);
        return true;
    }

    private bool Map(ref InputReader json, int depth)
    {
        if (!json.BeginMap("AttributeValue")) return false;
        var start = _writer.Begin(AttributeType.M);
        if (depth < DynamoDbLimits.NestingDepth)
        {
            Entries(ref json, depth + 1);
        }
        else
        {
            while (json.NextMember())
            {
                json.Skip();
                Wrong(NestingTooDeep);
            }
        }
        _writer.End(start);
        return true;
    }

    /// <summary>Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html; text observed by nubo-db/dynoxide issue 110.</summary>
    public const string NestingTooDeep = "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";

    private void TooDeep(ref InputReader json)
    {
        while (json.NextMember()) json.Skip();
        Null(NestingTooDeep);
    }

    private bool Set(ref InputReader json, AttributeType type)
    {
        if (!json.BeginList()) return false;
        var start = _writer.Begin(type);
        while (json.NextElement()) Element(ref json, type);
        if (_writer.Length == start) Wrong(Invalid + EmptySet(type));
        var before = Problem is null ? _writer.ToArray(start) : [];
        if (!_writer.SortElements(start)) Wrong(Duplicates(type, before));
        _writer.End(start);
        return true;
    }

    private void Element(ref InputReader json, AttributeType type)
    {
        switch (type)
        {
            case AttributeType.BS when json.BeginBlob(): Blob(ref json); break;
            case AttributeType.SS when json.BeginString(): LengthPrefixedText(ref json); break;
            case AttributeType.NS when json.BeginString(): Number(ref json); break;
        }
    }

    private static string EmptySet(AttributeType type) => type switch
    {
        AttributeType.SS => "An string set  may not be empty",
        AttributeType.NS => "An number set  may not be empty",
        _ => "Binary sets should not be empty",
    };

    private static string Duplicates(AttributeType type, byte[] elements)
    {
        if (type == AttributeType.NS) return "Input collection contains duplicates";
        var texts = new List<string>();
        for (ReadOnlySpan<byte> rest = elements; !rest.IsEmpty;)
        {
            var element = ValueLayout.ReadLengthPrefixed(rest, out var taken);
            texts.Add(type == AttributeType.BS ? Convert.ToBase64String(element) : System.Text.Encoding.UTF8.GetString(element));
            rest = rest[taken..];
        }
        var list = string.Join(", ", texts);
        return Invalid + (type == AttributeType.BS ? $"Input collection [{list}]of type BS contains duplicates." : $"Input collection [{list}] contains duplicates.");
    }

    private void Number(ref InputReader json)
    {
        Span<byte> digits = stackalloc byte[NumberEncoding.MaxLength];
        var text = json.TryGetUtf8(out var plain) ? plain : System.Text.Encoding.UTF8.GetBytes(Unescaped(ref json));
        var problem = NumberEncoding.TryEncode(text, digits, out var length);
        if (problem != NumberProblem.None) Wrong(DynamoDbErrors.NumberText(problem, text));
        _writer.LengthPrefixed(digits[..length]);
    }

    private static string Unescaped(ref InputReader json)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, json.RawLength));
        var text = System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, json.Copy(buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    private void LengthPrefixedText(ref InputReader json)
    {
        if (json.TryGetUtf8(out var plain))
        {
            _writer.LengthPrefixed(plain);
            return;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, json.RawLength));
        _writer.LengthPrefixed(buffer.AsSpan(0, json.Copy(buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Blob(ref InputReader json)
    {
        var text = json.TryGetUtf8(out var plain) ? plain : System.Text.Encoding.UTF8.GetBytes(Unescaped(ref json));
        var bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, text.Length));
        _writer.LengthPrefixed(bytes.AsSpan(0, Base64Text.Decode(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void CheckName(string name)
    {
        if (Names.Problem(name) is { } problem) Wrong(problem);
    }

    /// <summary>What stands where a value is wrong, so that what follows can be read.</summary>
    private void Null(string problem)
    {
        _writer.Null();
        Wrong(problem);
    }

    private void Wrong(string problem) => Problem ??= problem;
}
