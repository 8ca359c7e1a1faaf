using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Output;

/// <summary>Writes the JSON of an answer straight from stored values.</summary>
internal sealed class JsonOutput(int capacity = 1024) : IDisposable
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, (byte)'"', (byte)'\\']);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public byte[] ToArray() => _buffer.AsSpan(0, Length).ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    public void BeginObject()
    {
        Comma();
        Byte((byte)'{');
    }

    public void EndObject() => Byte((byte)'}');

    public void BeginArray()
    {
        Comma();
        Byte((byte)'[');
    }

    public void EndArray() => Byte((byte)']');

    /// <summary>The name of the next member, which needs no escapes.</summary>
    public void Member(ReadOnlySpan<byte> name)
    {
        Comma();
        var span = Span(name.Length + 3);
        span[0] = (byte)'"';
        name.CopyTo(span[1..]);
        span[^2] = (byte)'"';
        span[^1] = (byte)':';
    }

    public void MemberText(ReadOnlySpan<byte> name)
    {
        Text(name);
        Byte((byte)':');
    }

    public void MemberText(string name) => MemberText(Encoding.UTF8.GetBytes(name));

    public void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>A string: only what JSON demands is escaped.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Comma();
        Byte((byte)'"');
        for (int at; (at = utf8.IndexOfAny(Escaped)) >= 0; utf8 = utf8[(at + 1)..])
        {
            Raw(utf8[..at]);
            Escape(utf8[at]);
        }
        Raw(utf8);
        Byte((byte)'"');
    }

    public void Number(long number)
    {
        Comma();
        Utf8Formatter.TryFormat(number, Span(20), out var written);
        Length -= 20 - written;
    }

    /// <summary>A number of capacity units, with its fraction also where it is zero.</summary>
    public void Number(double number)
    {
        Comma();
        Utf8Formatter.TryFormat(number, Span(32), out var written, new StandardFormat('F', 1));
        Length -= 32 - written;
    }

    public void Bool(bool value)
    {
        Comma();
        Raw(value ? "true"u8 : "false"u8);
    }

    public void Map(AttributeMap map)
    {
        BeginObject();
        Entries(map.Entries.Span);
        EndObject();
    }

    public void Value(AttributeValue value) => Value(value.Encoded.Span);

    private void Entries(ReadOnlySpan<byte> entries)
    {
        while (!entries.IsEmpty)
        {
            MemberText(ValueLayout.ReadLengthPrefixed(entries, out var taken));
            entries = entries[taken..];
            entries = entries[Value(entries)..];
        }
    }

    /// <summary>Writes the value at the beginning of the span and returns its length.</summary>
    private int Value(ReadOnlySpan<byte> value)
    {
        var (start, length) = ValueLayout.Content(value);
        var content = value.Slice(start, length);
        switch ((AttributeType)value[0])
        {
            case AttributeType.S:
                Raw("{\"S\":"u8);
                Text(content);
                break;
            case AttributeType.N:
                Raw("{\"N\":"u8);
                NumberText(content);
                break;
            case AttributeType.B:
                Raw("{\"B\":"u8);
                Base64Text(content);
                break;
            case AttributeType.BOOL:
                Raw(content[0] != 0 ? "{\"BOOL\":true"u8 : "{\"BOOL\":false"u8);
                break;
            case AttributeType.NULL:
                Raw("{\"NULL\":true"u8);
                break;
            case AttributeType.L:
                Raw("{\"L\":["u8);
                List(content);
                Byte((byte)']');
                break;
            case AttributeType.M:
                Raw("{\"M\":{"u8);
                Entries(content);
                Byte((byte)'}');
                break;
            case var set:
                Raw(set == AttributeType.SS ? "{\"SS\":["u8 : set == AttributeType.NS ? "{\"NS\":["u8 : "{\"BS\":["u8);
                Set(set, content);
                Byte((byte)']');
                break;
        }
        Byte((byte)'}');
        return start + length;
    }

    private void List(ReadOnlySpan<byte> elements)
    {
        while (!elements.IsEmpty)
        {
            Comma();
            elements = elements[Value(elements)..];
        }
    }

    private void Set(AttributeType type, ReadOnlySpan<byte> elements)
    {
        while (!elements.IsEmpty)
        {
            var element = ValueLayout.ReadLengthPrefixed(elements, out var taken);
            Comma();
            if (type == AttributeType.SS) Text(element);
            else if (type == AttributeType.NS) NumberText(element);
            else Base64Text(element);
            elements = elements[taken..];
        }
    }

    private void NumberText(ReadOnlySpan<byte> encoded)
    {
        var span = Span(NumberEncoding.MaxTextLength + 2);
        span[0] = (byte)'"';
        var length = NumberEncoding.Format(encoded, span[1..]);
        span[length + 1] = (byte)'"';
        Length -= span.Length - length - 2;
    }

    private void Base64Text(ReadOnlySpan<byte> bytes)
    {
        var span = Span(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        span[0] = (byte)'"';
        Base64.EncodeToUtf8(bytes, span[1..], out _, out var written);
        span[written + 1] = (byte)'"';
    }

    private void Escape(byte c)
    {
        switch (c)
        {
            case (byte)'"': Raw("\\\""u8); break;
            case (byte)'\\': Raw("\\\\"u8); break;
            case (byte)'\n': Raw("\\n"u8); break;
            case (byte)'\r': Raw("\\r"u8); break;
            case (byte)'\t': Raw("\\t"u8); break;
            case (byte)'\b': Raw("\\b"u8); break;
            case (byte)'\f': Raw("\\f"u8); break;
            default:
                Raw("\\u00"u8);
                Byte((byte)(c < 16 ? '0' : '1'));
                Byte("0123456789ABCDEF"u8[c & 15]);
                break;
        }
    }

    /// <summary>Separates from what stands before, unless that has only begun.</summary>
    private void Comma()
    {
        if (Length > 0 && _buffer[Length - 1] is not ((byte)'{' or (byte)'[' or (byte)':' or (byte)',')) Byte((byte)',');
    }

    private void Byte(byte value) => Span(1)[0] = value;

    private void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Span(bytes.Length));

    private Span<byte> Span(int length)
    {
        if (_buffer.Length - Length < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + length));
            _buffer.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        var span = _buffer.AsSpan(Length, length);
        Length += length;
        return span;
    }
}
