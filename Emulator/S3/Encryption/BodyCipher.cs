using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Emulator.S3.Encryption;

/// <summary>AES-256 in counter mode, from any byte on: the same for both directions.</summary>
/// <remarks>The counter begins at zero, since no two bodies share a key. https://doi.org/10.6028/NIST.SP.800-38A, 6.5</remarks>
internal sealed class BodyCipher : IDisposable
{
    private const int BlockBytes = 16;
    private const int StreamBytes = 16 * 1024;

    private readonly ICryptoTransform _encryptor;
    private readonly byte[] _counters = ArrayPool<byte>.Shared.Rent(StreamBytes);
    private readonly byte[] _stream = ArrayPool<byte>.Shared.Rent(StreamBytes);

    public BodyCipher(byte[] key)
    {
        using var aes = Aes.Create();
#pragma warning disable CA5358 // a block of its own for each counter: ECB is how counter mode is made
        (aes.Key, aes.Mode, aes.Padding) = (key, CipherMode.ECB, PaddingMode.None);
#pragma warning restore CA5358
        _encryptor = aes.CreateEncryptor();
        _counters.AsSpan(0, StreamBytes).Clear();
    }

    /// <summary>Encrypts or decrypts bytes in their place.</summary>
    /// <param name="offset">Where they lie in the body.</param>
    public void Apply(Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var skipped = (int)(offset % BlockBytes);
            var count = Math.Min(bytes.Length, StreamBytes - skipped);
            var blocks = (skipped + count + BlockBytes - 1) / BlockBytes;
            for (var i = 0; i < blocks; i++) BinaryPrimitives.WriteInt64BigEndian(_counters.AsSpan((i * BlockBytes) + sizeof(long)), (offset / BlockBytes) + i);
            _encryptor.TransformBlock(_counters, 0, blocks * BlockBytes, _stream, 0);
            Xor(bytes[..count], _stream.AsSpan(skipped, count));
            bytes = bytes[count..];
            offset += count;
        }
    }

    private static void Xor(Span<byte> bytes, ReadOnlySpan<byte> stream)
    {
        var i = 0;
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count) (new Vector<byte>(bytes[i..]) ^ new Vector<byte>(stream[i..])).CopyTo(bytes[i..]);
        for (; i < bytes.Length; i++) bytes[i] ^= stream[i];
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        ArrayPool<byte>.Shared.Return(_counters, clearArray: true);
        ArrayPool<byte>.Shared.Return(_stream, clearArray: true);
    }
}
