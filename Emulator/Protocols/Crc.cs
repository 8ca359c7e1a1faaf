using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace Emulator.Protocols;

/// <summary>A reflected cyclic redundancy check of up to 64 bits, with all bits set before and inverted after: what S3's CRC32, CRC32C and CRC64NVME have in common.</summary>
/// <remarks>
/// Carry-less multiplication where the processor has it, else eight table look-ups for eight bytes.
/// A polynomial over GF(2) is kept reflected, as the CRC is: of a value of <c>width</c> bits, bit <c>width - 1 - i</c> is the coefficient of x^i.
/// Source: V. Gopal et al., Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction, Intel, 2009.
/// </remarks>
internal sealed class Crc
{
    public static Crc Crc32 { get; } = new(32, 0xEDB88320);
    public static Crc Crc32C { get; } = new(32, 0x82F63B78);
    public static Crc Crc64Nvme { get; } = new(64, 0x9A6C9329AC4BC9B5);

    private const int TableSize = 256;
    private const int FoldedBytes = 64;

    private readonly int _width;
    private readonly ulong _polynomial;
    private readonly ulong[] _tables = new ulong[8 * TableSize];

    /// <summary>What a lane of 128 bits is multiplied by to move it 512 bits, and 128 bits, further on.</summary>
    private readonly Vector128<ulong> _foldBy512;
    private readonly Vector128<ulong> _foldBy128;

    private Crc(int width, ulong polynomial)
    {
        _width = width;
        _polynomial = polynomial;
        FillTables();
        _foldBy512 = FoldBy(512);
        _foldBy128 = FoldBy(128);
    }

    public int SizeBytes => _width / 8;

    /// <summary>The state of no bytes.</summary>
    public ulong Start => ulong.MaxValue >> (64 - _width);

    /// <summary>The check of all bytes that made this state.</summary>
    public ulong Finish(ulong state) => state ^ Start;

    public ulong Of(ReadOnlySpan<byte> data) => Finish(Append(Start, data));

    /// <summary>The state after more bytes.</summary>
    public ulong Append(ulong state, ReadOnlySpan<byte> data)
    {
        if (data.Length >= 2 * FoldedBytes && CanFold) state = AppendFolding(state, ref data);
        return AppendByTable(state, data);
    }

    /// <summary>The check of two pieces one after the other, from the checks of the pieces and the length of the second.</summary>
    public ulong Combine(ulong first, ulong second, long secondLengthBytes) => Multiply(first, PowerOfX(8 * (UInt128)(ulong)secondLengthBytes)) ^ second;

    /// <summary>As S3 writes it: big-endian.</summary>
    public void Write(ulong check, Span<byte> destination)
    {
        if (_width == 64) BinaryPrimitives.WriteUInt64BigEndian(destination, check);
        else BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)check);
    }

    public ulong Read(ReadOnlySpan<byte> check) => _width == 64 ? BinaryPrimitives.ReadUInt64BigEndian(check) : BinaryPrimitives.ReadUInt32BigEndian(check);

    internal ulong AppendByTable(ulong state, ReadOnlySpan<byte> data)
    {
        var tables = _tables;
        while (data.Length >= 8)
        {
            state ^= BinaryPrimitives.ReadUInt64LittleEndian(data);
            state = tables[(7 * TableSize) + (byte)state] ^ tables[(6 * TableSize) + (byte)(state >> 8)]
                ^ tables[(5 * TableSize) + (byte)(state >> 16)] ^ tables[(4 * TableSize) + (byte)(state >> 24)]
                ^ tables[(3 * TableSize) + (byte)(state >> 32)] ^ tables[(2 * TableSize) + (byte)(state >> 40)]
                ^ tables[TableSize + (byte)(state >> 48)] ^ tables[state >> 56];
            data = data[8..];
        }
        foreach (var value in data) state = tables[(byte)(state ^ value)] ^ (state >> 8);
        return state;
    }

    private static bool CanFold => BitConverter.IsLittleEndian && (Pclmulqdq.IsSupported || ArmAes.IsSupported);

    /// <summary>Folds all whole blocks of 64 bytes into one of 16, which has the same remainder; <paramref name="data"/> is then what follows them.</summary>
    private ulong AppendFolding(ulong state, ref ReadOnlySpan<byte> data)
    {
        var lanes = MemoryMarshal.Cast<byte, Vector128<ulong>>(data);
        var lane0 = lanes[0] ^ Vector128.CreateScalar(state);
        var lane1 = lanes[1];
        var lane2 = lanes[2];
        var lane3 = lanes[3];
        var next = 4;
        for (; next + 4 <= lanes.Length; next += 4)
        {
            lane0 = Fold(lane0, _foldBy512) ^ lanes[next];
            lane1 = Fold(lane1, _foldBy512) ^ lanes[next + 1];
            lane2 = Fold(lane2, _foldBy512) ^ lanes[next + 2];
            lane3 = Fold(lane3, _foldBy512) ^ lanes[next + 3];
        }
        lane1 ^= Fold(lane0, _foldBy128);
        lane2 ^= Fold(lane1, _foldBy128);
        lane3 ^= Fold(lane2, _foldBy128);
        data = data[(next * Vector128<byte>.Count)..];
        return AppendByTable(0, MemoryMarshal.AsBytes(new ReadOnlySpan<Vector128<ulong>>(in lane3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> lane, Vector128<ulong> by) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(lane, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(lane, by, 0x11)
        : ArmAes.PolynomialMultiplyWideningLower(lane.GetLower(), by.GetLower()) ^ ArmAes.PolynomialMultiplyWideningUpper(lane, by);

    /// <summary>The first half of a lane stands 64 bits before the second; a product of reflected values is one bit short of its place, hence the minus one.</summary>
    private Vector128<ulong> FoldBy(int bits) =>
        Vector128.Create(PowerOfX((UInt128)(bits + 64 - 1)) << (64 - _width), PowerOfX((UInt128)(bits - 1)) << (64 - _width));

    private void FillTables()
    {
        for (var i = 0; i < TableSize; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++) value = TimesX(value);
            _tables[i] = value;
        }
        for (var i = TableSize; i < _tables.Length; i++)
        {
            var previous = _tables[i - TableSize];
            _tables[i] = _tables[(byte)previous] ^ (previous >> 8);
        }
    }

    private ulong TimesX(ulong value) => (value & 1) == 0 ? value >> 1 : (value >> 1) ^ _polynomial;

    /// <summary>x to a power, modulo the polynomial.</summary>
    private ulong PowerOfX(UInt128 power)
    {
        var result = 1UL << (_width - 1);
        for (var square = result >> 1; power != 0; power >>= 1, square = Multiply(square, square))
        {
            if ((power & 1) != 0) result = Multiply(result, square);
        }
        return result;
    }

    private ulong Multiply(ulong left, ulong right)
    {
        var product = 0UL;
        for (var bit = 1UL << (_width - 1); bit != 0; bit >>= 1, right = TimesX(right))
        {
            if ((left & bit) != 0) product ^= right;
        }
        return product;
    }
}
