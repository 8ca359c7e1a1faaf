namespace Emulator.DynamoDb.Values;

/// <summary>One attribute value in the form in which it is stored: a byte for its type, its length, its content. A value that is not there has no bytes.</summary>
/// <remarks>
/// S, N, B: length as a variable-length number, then UTF-8, <see cref="NumberEncoding"/> or the bytes. BOOL: one byte. NULL: nothing. Sets, L and M: length in four bytes, then the elements;
/// a set's are sorted, each with its length before it; a map's entries are sorted by name. So equal values have equal bytes, and the order of S, N and B is the order of their content.
/// </remarks>
internal readonly struct AttributeValue(ReadOnlyMemory<byte> encoded)
{
    public static AttributeValue True { get; } = new(new byte[] { (byte)AttributeType.BOOL, 1 });

    public static AttributeValue False { get; } = new(new byte[] { (byte)AttributeType.BOOL, 0 });

    public static AttributeValue Null { get; } = new(new byte[] { (byte)AttributeType.NULL });

    public ReadOnlyMemory<byte> Encoded { get; } = encoded;

    public bool IsAbsent => Encoded.IsEmpty;

    public AttributeType Type => (AttributeType)Encoded.Span[0];

    public bool IsScalar => Type is AttributeType.S or AttributeType.N or AttributeType.B;

    public bool IsSet => Type is AttributeType.SS or AttributeType.NS or AttributeType.BS;

    /// <summary>The content without type and length.</summary>
    public ReadOnlyMemory<byte> Content
    {
        get
        {
            var (start, length) = ValueLayout.Content(Encoded.Span);
            return Encoded.Slice(start, length);
        }
    }

    /// <summary>The entries of a map.</summary>
    public AttributeMap Map => new(Content);

    /// <summary>The elements of a list, or of a set as values of its element type.</summary>
    public ElementEnumerator Elements => new(this);

    /// <summary>The bytes that the value counts for in the size of an item.</summary>
    public int Size => ItemSize.OfValue(Encoded.Span);

    public bool Equals(AttributeValue other) => Encoded.Span.SequenceEqual(other.Encoded.Span);

    /// <summary>The order of two values of the same scalar type.</summary>
    public int CompareTo(AttributeValue other) => Content.Span.SequenceCompareTo(other.Content.Span);

    /// <summary>The type that the elements of a set have.</summary>
    public static AttributeType ElementType(AttributeType set) => (AttributeType)((byte)set - (byte)AttributeType.SS + (byte)AttributeType.S);

    /// <summary>Number of elements of a list, set or map.</summary>
    public int Count()
    {
        var count = 0;
        if (Type == AttributeType.M)
        {
            foreach (var _ in Map) count++;
            return count;
        }
        foreach (var _ in Elements) count++;
        return count;
    }

    public static AttributeValue String(string text) => Scalar(AttributeType.S, System.Text.Encoding.UTF8.GetBytes(text));

    public static AttributeValue Number(long number)
    {
        Span<byte> digits = stackalloc byte[NumberEncoding.MaxLength];
        NumberEncoding.EncodeInteger(number, digits, out var length);
        return Scalar(AttributeType.N, digits[..length]);
    }

    public static AttributeValue Scalar(AttributeType type, ReadOnlySpan<byte> content)
    {
        using var writer = new ValueWriter(content.Length + 8);
        writer.Scalar(type, content);
        return new(writer.ToArray());
    }

    public struct ElementEnumerator(AttributeValue owner)
    {
        private readonly AttributeType _elements = owner.IsSet ? ElementType(owner.Type) : default;
        private ReadOnlyMemory<byte> _rest = owner.Content;
        private AttributeValue _current;

        public readonly AttributeValue Current => _current;

        public readonly ElementEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_rest.IsEmpty) return false;
            if (_elements == default)
            {
                var length = ValueLayout.TotalLength(_rest.Span);
                _current = new(_rest[..length]);
                _rest = _rest[length..];
                return true;
            }
            var content = ValueLayout.ReadLengthPrefixed(_rest, out var taken);
            _current = Scalar(_elements, content.Span);
            _rest = _rest[taken..];
            return true;
        }
    }
}
