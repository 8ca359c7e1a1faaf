namespace Emulator.DynamoDb.Values;

/// <summary>Numbers of up to 38 digits between 1E-130 and 9.99E+125, kept as bytes whose order is the order of the numbers.</summary>
/// <remarks>
/// One byte for sign and exponent (of 100), then one byte for each pair of digits: the pair plus one for positive numbers, 101 less the pair for negative ones, which end with 102 where there is room.
/// Zero is 0x80. The length of this form is what DynamoDB counts as the size of a number.
/// Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html (one byte for two significant digits, and one).
/// </remarks>
internal static class NumberEncoding
{
    /// <summary>The longest form, in bytes.</summary>
    public const int MaxLength = 22;

    /// <summary>The longest text: a sign, a point and the digits between 1E-130 and 38 digits further down.</summary>
    public const int MaxTextLength = 180;

    public const int MaxDigits = 38;
    private const int MaxMagnitude = 125;
    private const int MinMagnitude = -130;
    private const int MaxPairs = 20;
    private const byte Zero = 0x80;
    private const byte NegativeEnd = 102;

    /// <summary>Reads decimal text as AWS does: sign, digits with or without a point, exponent; no spaces.</summary>
    public static NumberProblem TryEncode(ReadOnlySpan<byte> text, Span<byte> destination, out int length)
    {
        length = 0;
        if (text.IsEmpty) return NumberProblem.NotANumber;
        var negative = text[0] == '-';
        var at = negative || text[0] == '+' ? 1 : 0;

        Span<byte> digits = stackalloc byte[MaxDigits];
        int count = 0, zeros = 0, first = 0;         // significant digits; zeros after the last of them; index of the first
        int read = 0, integerDigits = -1;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '.' && integerDigits < 0)
            {
                integerDigits = read;
                continue;
            }
            if (c is < (byte)'0' or > (byte)'9') break;
            if (c == '0')
            {
                if (count > 0) zeros++;
            }
            else
            {
                if (count == 0) first = read;
                else count += zeros;
                zeros = 0;
                if (count < MaxDigits) digits[count] = (byte)(c - '0');
                count++;
            }
            read++;
        }
        if (read == 0 || !TryReadExponent(text[at..], out var exponent)) return NumberProblem.NotANumber;
        if (integerDigits < 0) integerDigits = read;

        // Of zero, AWS looks at the exponent as it was written: 0e126 is refused and 0.0e126 is not.
        // Observed: comment of test_number_magnitude_not_allowed_zero in scylladb/scylladb test/alternator/test_number.py.
        var magnitude = exponent + (count == 0 ? integerDigits - read : integerDigits - 1 - first);
        if (magnitude > MaxMagnitude) return NumberProblem.Overflow;
        if (magnitude < MinMagnitude) return NumberProblem.Underflow;
        if (count > MaxDigits) return NumberProblem.TooManyDigits;
        length = Write(negative, digits[..count], (int)magnitude, destination);
        return NumberProblem.None;
    }

    /// <summary>Writes AWS's normal form: plain decimal without exponent, without needless zeros.</summary>
    public static int Format(ReadOnlySpan<byte> encoded, Span<byte> text)
    {
        Span<byte> digits = stackalloc byte[2 * MaxPairs];
        var count = Read(encoded, digits, out var negative, out var magnitude);
        if (count == 0)
        {
            text[0] = (byte)'0';
            return 1;
        }
        var at = 0;
        if (negative) text[at++] = (byte)'-';
        if (magnitude < 0)
        {
            text[at++] = (byte)'0';
            text[at++] = (byte)'.';
            text.Slice(at, -1 - magnitude).Fill((byte)'0');
            at += -1 - magnitude;
        }
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && i == magnitude + 1) text[at++] = (byte)'.';
            text[at++] = (byte)('0' + digits[i]);
        }
        var trailing = magnitude + 1 - count;
        if (trailing > 0)
        {
            text.Slice(at, trailing).Fill((byte)'0');
            at += trailing;
        }
        return at;
    }

    public static string Format(ReadOnlySpan<byte> encoded)
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return System.Text.Encoding.ASCII.GetString(text[..Format(encoded, text)]);
    }

    /// <summary>Adds two numbers exactly, or subtracts the second. A result that does not fit is an overflow, also where it has too many digits.</summary>
    /// <remarks>Observed: comment of test_update_expression_plus_imprecise in scylladb/scylladb test/alternator/test_number.py.</remarks>
    public static NumberProblem TryAdd(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool subtract, Span<byte> destination, out int length)
    {
        length = 0;
        Span<byte> a = stackalloc byte[2 * MaxPairs];
        Span<byte> b = stackalloc byte[2 * MaxPairs];
        var aCount = Read(left, a, out var aNegative, out var aMagnitude);
        var bCount = Read(right, b, out var bNegative, out var bMagnitude);
        if (subtract) bNegative = !bNegative;
        if (bCount == 0) return Copy(left, destination, out length);
        if (aCount == 0)
        {
            length = Write(bNegative, b[..bCount], bMagnitude, destination);
            return NumberProblem.None;
        }

        // One column for each power of ten between the highest digit (and a carry) and the lowest.
        var top = Math.Max(aMagnitude, bMagnitude) + 1;
        var bottom = Math.Min(aMagnitude - aCount, bMagnitude - bCount) + 1;
        var width = top - bottom + 1;
        if (width > 2 * MaxDigits + 2) return NumberProblem.Overflow; // digits too far apart for any sum of 38
        Span<sbyte> columns = stackalloc sbyte[width];
        columns.Clear();
        for (var i = 0; i < aCount; i++) columns[top - aMagnitude + i] += (sbyte)a[i];
        var differ = aNegative != bNegative;
        for (var i = 0; i < bCount; i++) columns[top - bMagnitude + i] += (sbyte)(differ ? -b[i] : b[i]);
        var negative = aNegative;
        if (differ && IsNegative(columns))
        {
            foreach (ref var column in columns) column = (sbyte)-column;
            negative = bNegative;
        }
        return Normalise(columns, top, negative, destination, out length);
    }

    public static void EncodeInteger(long value, Span<byte> destination, out int length)
    {
        Span<byte> text = stackalloc byte[20];
        value.TryFormat(text, out var written);
        TryEncode(text[..written], destination, out length);
    }

    private static NumberProblem Copy(ReadOnlySpan<byte> number, Span<byte> destination, out int length)
    {
        number.CopyTo(destination);
        length = number.Length;
        return NumberProblem.None;
    }

    private static bool IsNegative(ReadOnlySpan<sbyte> columns)
    {
        foreach (var column in columns)
        {
            if (column != 0) return column < 0;
        }
        return false;
    }

    private static NumberProblem Normalise(Span<sbyte> columns, int top, bool negative, Span<byte> destination, out int length)
    {
        length = 0;
        for (var i = columns.Length - 1; i > 0; i--)
        {
            if (columns[i] < 0)
            {
                columns[i] += 10;
                columns[i - 1]--;
            }
            else if (columns[i] > 9)
            {
                columns[i] -= 10;
                columns[i - 1]++;
            }
        }
        var first = columns.IndexOfAnyExcept((sbyte)0);
        if (first < 0)
        {
            destination[0] = Zero;
            length = 1;
            return NumberProblem.None;
        }
        var count = columns.LastIndexOfAnyExcept((sbyte)0) + 1 - first;
        var magnitude = top - first;
        if (count > MaxDigits || magnitude > MaxMagnitude) return NumberProblem.Overflow;
        if (magnitude < MinMagnitude) return NumberProblem.Underflow;
        Span<byte> digits = stackalloc byte[count];
        for (var i = 0; i < count; i++) digits[i] = (byte)columns[first + i];
        length = Write(negative, digits, magnitude, destination);
        return NumberProblem.None;
    }

    /// <summary>Nothing, or e and a whole number; what does not fit is as large as it need be to be out of range.</summary>
    private static bool TryReadExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        if (text.IsEmpty) return true;
        if (text[0] is not ((byte)'e' or (byte)'E')) return false;
        text = text[1..];
        if (text.IsEmpty) return false;
        var negative = text[0] == '-';
        if (negative || text[0] == '+') text = text[1..];
        if (text.IsEmpty) return false;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9') return false;
            if (exponent < int.MaxValue) exponent = (exponent * 10) + (c - '0');
        }
        if (negative) exponent = -exponent;
        return true;
    }

    /// <summary>Digits without leading or trailing zeros; the first has the value of ten to the magnitude.</summary>
    private static int Write(bool negative, ReadOnlySpan<byte> digits, int magnitude, Span<byte> destination)
    {
        if (digits.IsEmpty)
        {
            destination[0] = Zero;
            return 1;
        }
        var point = magnitude + 1;                       // how many digits stand before the point
        var shift = point & 1;                           // pairs begin at even powers: an odd one gets a zero before it
        var exponent = (byte)(sbyte)(((point + shift) >> 1) - 64);
        destination[0] = negative ? (byte)~exponent : exponent;
        var pairs = (digits.Length + shift + 1) / 2;
        for (var i = 0; i < pairs; i++)
        {
            var high = (2 * i) - shift;
            var pair = (high < 0 ? 0 : digits[high] * 10) + (high + 1 < digits.Length ? digits[high + 1] : 0);
            destination[i + 1] = (byte)(negative ? 101 - pair : pair + 1);
        }
        if (!negative || pairs == MaxPairs) return pairs + 1;
        destination[pairs + 1] = NegativeEnd;
        return pairs + 2;
    }

    private static int Read(ReadOnlySpan<byte> encoded, Span<byte> digits, out bool negative, out int magnitude)
    {
        negative = encoded[0] < Zero;
        magnitude = 0;
        if (encoded.Length == 1) return 0;
        var exponent = (sbyte)(negative ? ~encoded[0] : encoded[0]);
        magnitude = ((exponent + 64) * 2) - 1;
        var count = 0;
        foreach (var b in encoded[1..])
        {
            if (negative && b == NegativeEnd) break;
            var pair = negative ? 101 - b : b - 1;
            digits[count++] = (byte)(pair / 10);
            digits[count++] = (byte)(pair % 10);
        }
        if (digits[0] == 0)
        {
            digits[1..count].CopyTo(digits);
            count--;
            magnitude--;
        }
        while (digits[count - 1] == 0) count--;
        return count;
    }
}

/// <summary>Why a text or a result is no number of DynamoDB's.</summary>
internal enum NumberProblem { None, NotANumber, Overflow, Underflow, TooManyDigits }
