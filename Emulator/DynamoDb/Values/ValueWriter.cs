using System.Buffers;
using System.Buffers.Binary;

namespace Emulator.DynamoDb.Values;

/// <summary>Builds the stored form of values in one growing buffer.</summary>
internal sealed class ValueWriter(int capacity = 512) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>How much is written; may be set back to forget the end.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public byte[] ToArray(int from) => _buffer.AsSpan(from, Length - from).ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    public void Truncate(int length) => Length = length;

    public void Byte(byte value) => Span(1)[0] = value;

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Span(bytes.Length));

    public void LengthOf(int length)
    {
        Span<byte> prefix = stackalloc byte[5];
        Raw(prefix[..ValueLayout.WriteLength(length, prefix)]);
    }

    public void LengthPrefixed(ReadOnlySpan<byte> bytes)
    {
        LengthOf(bytes.Length);
        Raw(bytes);
    }

    public void Value(AttributeValue value) => Raw(value.Encoded.Span);

    public void Scalar(AttributeType type, ReadOnlySpan<byte> content)
    {
        Byte((byte)type);
        LengthPrefixed(content);
    }

    public void Bool(bool value)
    {
        Byte((byte)AttributeType.BOOL);
        Byte(value ? (byte)1 : (byte)0);
    }

    public void Null() => Byte((byte)AttributeType.NULL);

    /// <summary>Begins a list, map or set whose length <see cref="End"/> fills in.</summary>
    public int Begin(AttributeType type)
    {
        Byte((byte)type);
        Span(4);
        return Length;
    }

    public void End(int start) =>
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start - 4), Length - start);

    /// <summary>Sorts the entries that lie from the first start to the end: of several with the same name the last stays.</summary>
    /// <param name="starts">Where each entry begins, in the order of writing.</param>
    public void SortEntries(Span<int> starts)
    {
        if (starts.Length < 2 || IsAscending(starts)) return;
        var from = starts[0];
        var copy = ArrayPool<byte>.Shared.Rent(Length - from);
        _buffer.AsSpan(from, Length - from).CopyTo(copy);
        var end = Length;
        var order = new (int Start, int Length)[starts.Length];
        for (var i = 0; i < starts.Length; i++) order[i] = (starts[i] - from, (i + 1 < starts.Length ? starts[i + 1] : end) - starts[i]);
        // Entries of the same name stay in the order of writing.
        Array.Sort(order, (a, b) => Name(copy, a.Start).SequenceCompareTo(Name(copy, b.Start)) is var names and not 0 ? names : a.Start.CompareTo(b.Start));
        Length = from;
        for (var i = 0; i < order.Length; i++)
        {
            if (i + 1 < order.Length && Name(copy, order[i].Start).SequenceEqual(Name(copy, order[i + 1].Start))) continue;
            Raw(copy.AsSpan(order[i].Start, order[i].Length));
        }
        ArrayPool<byte>.Shared.Return(copy);
    }

    /// <summary>Sorts the elements of a set that lie from a start to the end; false where two are the same.</summary>
    public bool SortElements(int from)
    {
        var elements = new List<byte[]>();
        for (var at = from; at < Length;)
        {
            elements.Add(ValueLayout.ReadLengthPrefixed(_buffer.AsSpan(at, Length - at), out var taken).ToArray());
            at += taken;
        }
        elements.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        Length = from;
        var distinct = true;
        for (var i = 0; i < elements.Count; i++)
        {
            if (i > 0 && elements[i].AsSpan().SequenceEqual(elements[i - 1])) distinct = false;
            LengthPrefixed(elements[i]);
        }
        return distinct;
    }

    private static ReadOnlySpan<byte> Name(byte[] buffer, int start) => ValueLayout.ReadLengthPrefixed(buffer.AsSpan(start), out _);

    private bool IsAscending(ReadOnlySpan<int> starts)
    {
        for (var i = 1; i < starts.Length; i++)
        {
            if (Name(_buffer, starts[i - 1]).SequenceCompareTo(Name(_buffer, starts[i])) >= 0) return false;
        }
        return true;
    }

    /// <summary>Room for so many more bytes at the end.</summary>
    public Span<byte> Span(int length)
    {
        if (_buffer.Length - Length < length) Grow(length);
        var span = _buffer.AsSpan(Length, length);
        Length += length;
        return span;
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + length));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
