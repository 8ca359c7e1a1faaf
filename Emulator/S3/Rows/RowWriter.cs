using System.Buffers.Binary;
using System.Text;

namespace Emulator.S3.Rows;

/// <summary>Writes a row of the store: a version byte, then fields in a fixed order; numbers in as many bytes as they need, texts with their length before them.</summary>
internal sealed class RowWriter
{
    private byte[] _bytes = new byte[192];
    private int _length;

    public RowWriter(byte version) => Byte(version);

    public ReadOnlyMemory<byte> ToRow() => _bytes.AsMemory(0, _length).ToArray();

    public RowWriter Byte(byte value)
    {
        Reserve(1)[0] = value;
        _length++;
        return this;
    }

    public RowWriter Number(long value)
    {
        var rest = (ulong)value;
        var span = Reserve(10);
        var i = 0;
        while (rest >= 0x80)
        {
            span[i++] = (byte)(rest | 0x80);
            rest >>= 7;
        }
        span[i++] = (byte)rest;
        _length += i;
        return this;
    }

    public RowWriter Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);
        _length += 8;
        return this;
    }

    public RowWriter Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        value.CopyTo(Reserve(value.Length));
        _length += value.Length;
        return this;
    }

    /// <summary>A text, or null.</summary>
    public RowWriter Text(string? value)
    {
        if (value is null) return Number(0);
        var count = Encoding.UTF8.GetByteCount(value);
        Number(count + 1);
        Encoding.UTF8.GetBytes(value, Reserve(count));
        _length += count;
        return this;
    }

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        return _bytes.AsSpan(_length);
    }
}
