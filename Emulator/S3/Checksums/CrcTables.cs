using System.Runtime.InteropServices;

namespace Emulator.S3.Checksums;

/// <summary>Reflected CRCs by tables, eight bytes a step.</summary>
internal sealed class CrcTables
{
    private readonly ulong[] _tables = new ulong[8 * 256];

    private CrcTables(ulong polynomial)
    {
        for (var i = 0; i < 256; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? polynomial ^ (value >> 1) : value >> 1;
            _tables[i] = value;
        }
        for (var i = 256; i < _tables.Length; i++) _tables[i] = _tables[(byte)_tables[i - 256]] ^ (_tables[i - 256] >> 8);
    }

    public static CrcTables Crc32 { get; } = new(CrcPolynomial.Crc32);

    public static CrcTables Crc64Nvme { get; } = new(CrcPolynomial.Crc64Nvme);

    public uint Append(uint state, ReadOnlySpan<byte> bytes) => (uint)Append((ulong)state, bytes);

    public ulong Append(ulong state, ReadOnlySpan<byte> bytes)
    {
        var tables = _tables;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            var x = (BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word)) ^ state;
            state = tables[(7 * 256) + (byte)x] ^ tables[(6 * 256) + (byte)(x >> 8)] ^ tables[(5 * 256) + (byte)(x >> 16)] ^ tables[(4 * 256) + (byte)(x >> 24)]
                  ^ tables[(3 * 256) + (byte)(x >> 32)] ^ tables[(2 * 256) + (byte)(x >> 40)] ^ tables[256 + (byte)(x >> 48)] ^ tables[x >> 56];
        }
        foreach (var b in bytes[(words.Length * 8)..]) state = tables[(byte)(state ^ b)] ^ (state >> 8);
        return state;
    }
}

/// <summary>The polynomials, reflected.</summary>
internal static class CrcPolynomial
{
    public const ulong Crc32 = 0xEDB88320;
    public const ulong Crc32C = 0x82F63B78;

    /// <summary>https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme</summary>
    public const ulong Crc64Nvme = 0x9A6C9329AC4BC9B5;
}
