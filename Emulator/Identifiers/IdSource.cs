using System.Buffers;
using System.Security.Cryptography;

namespace Emulator.Identifiers;

/// <summary>The one source of identifiers, codes and secrets of an emulator. With a seed it repeats itself; without one it is the system's secure generator.</summary>
internal sealed class IdSource
{
    private const string LowerHex = "0123456789abcdef";
    private const string Base36Lower = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const string Base32Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string Base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Digits10 = "0123456789";

    private readonly Lock _lock = new();
    private readonly byte[]? _seed;
    private long _counter;

    public IdSource(int? seed = null) => _seed = seed is null ? null : SHA256.HashData(BitConverter.GetBytes(seed.Value));

    private IdSource(byte[]? seed, long counter) => (_seed, _counter) = (seed, counter);

    /// <summary>A source that goes on as this one would, on its own: for a fork.</summary>
    public IdSource Fork()
    {
        lock (_lock) return new(_seed, _counter);
    }

    public void Fill(Span<byte> destination)
    {
        if (_seed is null)
        {
            RandomNumberGenerator.Fill(destination);
            return;
        }
        lock (_lock)
        {
            Span<byte> block = stackalloc byte[40];
            Span<byte> hash = stackalloc byte[32];
            while (destination.Length > 0)
            {
                _seed.CopyTo(block);
                BitConverter.TryWriteBytes(block[32..], _counter++);
                SHA256.HashData(block, hash);
                var taken = Math.Min(hash.Length, destination.Length);
                hash[..taken].CopyTo(destination);
                destination = destination[taken..];
            }
        }
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>A version 4 UUID.</summary>
    public Guid Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public string Hex(int length) => Pick(LowerHex, length);

    /// <summary>Lower-case letters and digits, as API Gateway's ids and user pool clients.</summary>
    public string LowerAlphanumeric(int length) => Pick(Base36Lower, length);

    /// <summary>Upper-case base 32, as access keys and DynamoDB's request ids.</summary>
    public string UpperBase32(int length) => Pick(Base32Upper, length);

    /// <summary>Letters and digits, as the random part of user pool ids.</summary>
    public string Alphanumeric(int length) => Pick(Base62, length);

    /// <summary>Decimal digits, as confirmation codes.</summary>
    public string Digits(int length) => Pick(Digits10, length);

    private string Pick(string alphabet, int length) => string.Create(length, (this, alphabet), static (span, state) =>
    {
        var (source, letters) = state;
        // Bytes beyond the largest multiple of the alphabet are thrown away, so that each letter is equally likely.
        var limit = 256 - (256 % letters.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(span.Length + 16);
        var filled = 0;
        while (filled < span.Length)
        {
            var bytes = buffer.AsSpan(0, span.Length - filled + 16);
            source.Fill(bytes);
            foreach (var b in bytes)
            {
                if (b >= limit) continue;
                span[filled++] = letters[b % letters.Length];
                if (filled == span.Length) break;
            }
        }
        ArrayPool<byte>.Shared.Return(buffer);
    });
}
