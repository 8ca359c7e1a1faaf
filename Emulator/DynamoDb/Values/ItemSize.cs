namespace Emulator.DynamoDb.Values;

/// <summary>The arithmetic of item sizes.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html</remarks>
internal static class ItemSize
{
    private const int ContainerOverhead = 3;
    private const int ElementOverhead = 1;

    /// <summary>Names and values.</summary>
    public static int OfEntries(ReadOnlySpan<byte> entries) => OfEntries(entries, 0);

    public static int OfValue(ReadOnlySpan<byte> value)
    {
        var (start, length) = ValueLayout.Content(value);
        var content = value.Slice(start, length);
        switch ((AttributeType)value[0])
        {
            case AttributeType.BOOL or AttributeType.NULL:
                return 1;
            case AttributeType.SS or AttributeType.NS or AttributeType.BS:
                return OfSet(content);
            case AttributeType.L:
                return ContainerOverhead + OfList(content);
            case AttributeType.M:
                return ContainerOverhead + OfEntries(content, ElementOverhead);
            default:
                return length;
        }
    }

    private static int OfEntries(ReadOnlySpan<byte> entries, int overhead)
    {
        var size = 0;
        while (!entries.IsEmpty)
        {
            size += ValueLayout.ReadLengthPrefixed(entries, out var taken).Length + overhead;
            entries = entries[taken..];
            size += OfValue(entries);
            entries = entries[ValueLayout.TotalLength(entries)..];
        }
        return size;
    }

    private static int OfSet(ReadOnlySpan<byte> elements)
    {
        var size = 0;
        while (!elements.IsEmpty)
        {
            size += ValueLayout.ReadLengthPrefixed(elements, out var taken).Length;
            elements = elements[taken..];
        }
        return size;
    }

    private static int OfList(ReadOnlySpan<byte> elements)
    {
        var size = 0;
        while (!elements.IsEmpty)
        {
            size += ElementOverhead + OfValue(elements);
            elements = elements[ValueLayout.TotalLength(elements)..];
        }
        return size;
    }
}
