using System.Buffers;
using System.Text;

namespace Emulator.SigV4;

/// <summary>UTF-8 text under construction, on the caller's stack as long as it fits, then in a rented array that <see cref="Dispose"/> gives back (one that is lost to an exception is only collected).</summary>
internal ref struct Utf8Buffer(Span<byte> initial)
{
    private Span<byte> _bytes = initial;
    private byte[]? _rented;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _bytes[..Length];

    public void Append(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    public void Append(scoped ReadOnlySpan<byte> value)
    {
        if (value.Length > _bytes.Length - Length) Grow(value.Length);
        value.CopyTo(_bytes[Length..]);
        Length += value.Length;
    }

    public void Append(scoped ReadOnlySpan<char> value)
    {
        int written;
        while (!Encoding.UTF8.TryGetBytes(value, _bytes[Length..], out written)) Grow(Encoding.UTF8.GetMaxByteCount(value.Length));
        Length += written;
    }

    /// <summary>Lower-case hexadecimal digits.</summary>
    public void AppendHex(scoped ReadOnlySpan<byte> value)
    {
        if (value.Length * 2 > _bytes.Length - Length) Grow(value.Length * 2);
        Convert.TryToHexStringLower(value, _bytes[Length..], out var written);
        Length += written;
    }

    /// <summary>One byte of a path or query: as it is where RFC 3986 calls it unreserved, else percent-encoded.</summary>
    public void AppendUriEncoded(byte value)
    {
        if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
        {
            Append(value);
            return;
        }
        var digits = "0123456789ABCDEF"u8;
        Append((byte)'%');
        Append(digits[value >> 4]);
        Append(digits[value & 15]);
    }

    public readonly override string ToString() => Encoding.UTF8.GetString(Written);

    public void Clear() => Length = 0;

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        _bytes = default;
        Length = 0;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + more));
        Written.CopyTo(larger);
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _bytes = _rented = larger;
    }
}
