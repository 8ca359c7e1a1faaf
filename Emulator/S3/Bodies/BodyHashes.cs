using System.Security.Cryptography;
using Emulator.S3.Checksums;

namespace Emulator.S3.Bodies;

/// <summary>What is computed of the bytes as they pass: MD5 for the ETag, and checksums.</summary>
internal sealed class BodyHashes : IDisposable
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly ChecksumHasher[] _hashers;
    private readonly ChecksumAlgorithm[] _algorithms;

    public BodyHashes(params ReadOnlySpan<ChecksumAlgorithm> algorithms)
    {
        _algorithms = [.. algorithms];
        _hashers = Array.ConvertAll(_algorithms, ChecksumHasher.Create);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _md5.AppendData(bytes);
        foreach (var hasher in _hashers) hasher.Append(bytes);
    }

    public HashedBody Finish()
    {
        var checksums = new KeyValuePair<ChecksumAlgorithm, byte[]>[_algorithms.Length];
        for (var i = 0; i < checksums.Length; i++) checksums[i] = new(_algorithms[i], _hashers[i].Finish());
        return new(_md5.GetHashAndReset(), checksums);
    }

    public void Dispose()
    {
        _md5.Dispose();
        foreach (var hasher in _hashers) hasher.Dispose();
    }

    /// <summary>The hashes of a body that is there already (a copy whose ETag or checksum is not known).</summary>
    public static async Task<HashedBody> ComputeAsync(BodySource source, CancellationToken cancelled, params ChecksumAlgorithm[] algorithms)
    {
        using var hashes = new BodyHashes(algorithms);
        await source.CopyToAsync(new Sink(hashes), cancelled);
        return hashes.Finish();
    }

    private sealed class Sink(BodyHashes hashes) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => hashes.Append(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // On another thread, so that the next bytes are read meanwhile.
            return buffer.Length < 64 * 1024 ? Append(buffer) : new(Task.Run(() => hashes.Append(buffer.Span), cancellationToken));
        }

        private ValueTask Append(ReadOnlyMemory<byte> buffer)
        {
            hashes.Append(buffer.Span);
            return default;
        }
    }
}

/// <summary>The hashes of a whole body.</summary>
internal sealed record HashedBody(byte[] Md5, IReadOnlyList<KeyValuePair<ChecksumAlgorithm, byte[]>> Checksums)
{
    public string ETag => Convert.ToHexStringLower(Md5);

    public byte[] Checksum(ChecksumAlgorithm algorithm)
    {
        foreach (var (computed, value) in Checksums)
        {
            if (computed == algorithm) return value;
        }
        throw new InvalidOperationException($"{algorithm} was not computed.");
    }
}
