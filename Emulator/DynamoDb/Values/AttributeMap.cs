namespace Emulator.DynamoDb.Values;

/// <summary>Names and values sorted by name: an item, a key, or the content of a value of type M.</summary>
internal readonly struct AttributeMap(ReadOnlyMemory<byte> entries)
{
    public static AttributeMap Empty => default;

    /// <summary>Each entry is the length of the name, the name in UTF-8 and the value.</summary>
    public ReadOnlyMemory<byte> Entries { get; } = entries;

    public bool IsEmpty => Entries.IsEmpty;

    /// <summary>The value of a name, or one that is absent.</summary>
    public AttributeValue Get(ReadOnlySpan<byte> name)
    {
        var span = Entries.Span;
        var at = 0;
        while (at < span.Length)
        {
            var here = ValueLayout.ReadLengthPrefixed(span[at..], out var taken);
            at += taken;
            var length = ValueLayout.TotalLength(span[at..]);
            var order = here.SequenceCompareTo(name);
            if (order == 0) return new(Entries.Slice(at, length));
            if (order > 0) return default;
            at += length;
        }
        return default;
    }

    public AttributeValue Get(AttributeName name) => Get(name.Utf8);

    public int Count()
    {
        var count = 0;
        foreach (var _ in this) count++;
        return count;
    }

    public Enumerator GetEnumerator() => new(Entries);

    /// <summary>A name and its value.</summary>
    public readonly struct Entry(ReadOnlyMemory<byte> name, AttributeValue value)
    {
        public ReadOnlyMemory<byte> Name { get; } = name;

        public AttributeValue Value { get; } = value;

        public string NameText => System.Text.Encoding.UTF8.GetString(Name.Span);
    }

    public struct Enumerator(ReadOnlyMemory<byte> rest)
    {
        private ReadOnlyMemory<byte> _rest = rest;
        private Entry _current;

        public readonly Entry Current => _current;

        public bool MoveNext()
        {
            if (_rest.IsEmpty) return false;
            var name = ValueLayout.ReadLengthPrefixed(_rest, out var taken);
            var value = _rest[taken..];
            var length = ValueLayout.TotalLength(value.Span);
            _current = new(name, new(value[..length]));
            _rest = value[length..];
            return true;
        }
    }
}
