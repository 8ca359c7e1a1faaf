using System.Buffers.Binary;

namespace Emulator.S3.Checksums;

/// <summary>The CRC of two pieces in a row from the CRCs of each and the length of the second: how the checksum of a whole object follows from those of its parts.</summary>
internal static class CrcCombination
{
    /// <param name="first">The CRC of what stands before, big-endian.</param>
    /// <param name="second">The CRC of what follows.</param>
    public static byte[] Combine(ChecksumAlgorithm algorithm, byte[] first, byte[] second, long secondLength)
    {
        var (polynomial, bits) = algorithm switch
        {
            ChecksumAlgorithm.CRC32 => (CrcPolynomial.Crc32, 32),
            ChecksumAlgorithm.CRC32C => (CrcPolynomial.Crc32C, 32),
            ChecksumAlgorithm.CRC64NVME => (CrcPolynomial.Crc64Nvme, 64),
            _ => throw new ArgumentException("Only CRCs can be combined.", nameof(algorithm)),
        };
        var top = 1ul << (bits - 1);

        // Appending n bytes multiplies the first CRC by x^(8n) modulo the polynomial; start and end values cancel out.
        var power = top; // x^0, reflected
        var square = top >> 1; // x^1
        for (var i = 0; i < 3; i++) square = Multiply(square, square, polynomial, top); // x^8
        for (var n = secondLength; n > 0; n >>= 1)
        {
            if ((n & 1) != 0) power = Multiply(power, square, polynomial, top);
            square = Multiply(square, square, polynomial, top);
        }
        return Write(Multiply(power, Read(first), polynomial, top) ^ Read(second), bits);
    }

    /// <summary>The product of two reflected polynomials modulo a third.</summary>
    private static ulong Multiply(ulong a, ulong b, ulong polynomial, ulong top)
    {
        var product = 0ul;
        for (var bit = top; bit != 0 && a != 0; bit >>= 1)
        {
            if ((a & bit) != 0) product ^= b;
            b = (b & 1) != 0 ? (b >> 1) ^ polynomial : b >> 1;
        }
        return product;
    }

    private static ulong Read(byte[] value) =>
        value.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(value) : BinaryPrimitives.ReadUInt64BigEndian(value);

    private static byte[] Write(ulong value, int bits)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bits == 64 ? bytes : bytes[4..];
    }
}
