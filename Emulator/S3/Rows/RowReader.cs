using System.Buffers.Binary;
using System.Text;

namespace Emulator.S3.Rows;

/// <summary>Reads what <see cref="RowWriter"/> wrote.</summary>
internal ref struct RowReader
{
    private ReadOnlySpan<byte> _rest;

    public RowReader(ReadOnlySpan<byte> row, byte newestVersion)
    {
        _rest = row;
        Version = Byte();
        if (Version > newestVersion) throw new InvalidDataException($"A row of S3 has the format {Version}; this emulator knows {newestVersion}. It was written by a newer one.");
    }

    public byte Version { get; }

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public long Number()
    {
        ulong value = 0;
        for (int i = 0, shift = 0; ; i++, shift += 7)
        {
            var b = _rest[i];
            value |= (ulong)(b & 0x7F) << shift;
            if (b >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return (long)value;
        }
    }

    public ulong Fixed64()
    {
        var value = BinaryPrimitives.ReadUInt64BigEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    public ReadOnlySpan<byte> Bytes() => Take((int)Number());

    /// <summary>The UTF-8 of a text; empty for null too.</summary>
    public ReadOnlySpan<byte> Utf8()
    {
        var length = (int)Number();
        return length <= 1 ? [] : Take(length - 1);
    }

    public string? Text()
    {
        var length = (int)Number();
        return length switch
        {
            0 => null,
            1 => "",
            _ => Encoding.UTF8.GetString(Take(length - 1)),
        };
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var value = _rest[..count];
        _rest = _rest[count..];
        return value;
    }
}
