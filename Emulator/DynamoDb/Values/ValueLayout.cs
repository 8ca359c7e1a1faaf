using System.Buffers.Binary;

namespace Emulator.DynamoDb.Values;

/// <summary>Where things lie in the stored form of a value.</summary>
internal static class ValueLayout
{
    /// <summary>Type and length of a list, map or set.</summary>
    public const int ContainerHeader = 5;

    /// <summary>Where the content of the value at the beginning of the span starts, and how long it is.</summary>
    public static (int Start, int Length) Content(ReadOnlySpan<byte> value)
    {
        switch ((AttributeType)value[0])
        {
            case AttributeType.NULL: return (1, 0);
            case AttributeType.BOOL: return (1, 1);
            case AttributeType.S or AttributeType.N or AttributeType.B:
                var length = ReadLength(value[1..], out var taken);
                return (1 + taken, length);
            default:
                return (ContainerHeader, BinaryPrimitives.ReadInt32LittleEndian(value[1..]));
        }
    }

    /// <summary>How many bytes the value at the beginning of the span has in all.</summary>
    public static int TotalLength(ReadOnlySpan<byte> value)
    {
        var (start, length) = Content(value);
        return start + length;
    }

    /// <summary>A length in groups of seven bits, the lowest first; all but the last have the high bit.</summary>
    public static int ReadLength(ReadOnlySpan<byte> span, out int taken)
    {
        if (span[0] < 0x80)
        {
            taken = 1;
            return span[0];
        }
        var value = 0;
        for (taken = 0; ;)
        {
            var b = span[taken];
            value |= (b & 0x7F) << (7 * taken++);
            if (b < 0x80) return value;
        }
    }

    public static int WriteLength(int value, Span<byte> span)
    {
        var at = 0;
        for (; value >= 0x80; value >>= 7) span[at++] = (byte)(value | 0x80);
        span[at++] = (byte)value;
        return at;
    }

    public static ReadOnlyMemory<byte> ReadLengthPrefixed(ReadOnlyMemory<byte> memory, out int taken)
    {
        var length = ReadLength(memory.Span, out var prefix);
        taken = prefix + length;
        return memory.Slice(prefix, length);
    }

    public static ReadOnlySpan<byte> ReadLengthPrefixed(ReadOnlySpan<byte> span, out int taken)
    {
        var length = ReadLength(span, out var prefix);
        taken = prefix + length;
        return span.Slice(prefix, length);
    }
}
