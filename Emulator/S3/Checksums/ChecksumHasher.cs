using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Emulator.S3.Checksums;

/// <summary>Computes one of S3's checksums as the bytes pass.</summary>
internal abstract class ChecksumHasher : IDisposable
{
    public static ChecksumHasher Create(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.CRC32 => new Crc32(),
        ChecksumAlgorithm.CRC32C => new Crc32C(),
        ChecksumAlgorithm.CRC64NVME => new Crc64Nvme(),
        ChecksumAlgorithm.SHA1 => new Sha(HashAlgorithmName.SHA1),
        _ => new Sha(HashAlgorithmName.SHA256),
    };

    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The checksum of all bytes so far, big-endian.</summary>
    public abstract byte[] Finish();

    public virtual void Dispose() { }

    private sealed class Crc32 : ChecksumHasher
    {
        private uint _state = ~0u;

        public override void Append(ReadOnlySpan<byte> bytes) => _state = CrcTables.Crc32.Append(_state, bytes);

        public override byte[] Finish() => BigEndian(~_state);
    }

    private sealed class Crc32C : ChecksumHasher
    {
        private uint _state = ~0u;

        public override void Append(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length >= 8)
            {
                _state = BitOperations.Crc32C(_state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                bytes = bytes[8..];
            }
            foreach (var b in bytes) _state = BitOperations.Crc32C(_state, b);
        }

        public override byte[] Finish() => BigEndian(~_state);
    }

    private sealed class Crc64Nvme : ChecksumHasher
    {
        private ulong _state = ~0ul;

        public override void Append(ReadOnlySpan<byte> bytes) => _state = CrcTables.Crc64Nvme.Append(_state, bytes);

        public override byte[] Finish()
        {
            var value = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(value, ~_state);
            return value;
        }
    }

    private sealed class Sha(HashAlgorithmName name) : ChecksumHasher
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(name);

        public override void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

        public override byte[] Finish() => _hash.GetHashAndReset();

        public override void Dispose()
        {
            _hash.Dispose();
            base.Dispose();
        }
    }

    private static byte[] BigEndian(uint crc)
    {
        var value = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, crc);
        return value;
    }
}
