using System.Security.Cryptography;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Bodies;

/// <summary>What is computed of the bytes as they pass: MD5 for the ETag, and checksums.</summary>
internal sealed class BodyHashes : IDisposable
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly Checksum[] _checksums;

    public BodyHashes(params ReadOnlySpan<ChecksumAlgorithm> algorithms)
    {
        _checksums = new Checksum[algorithms.Length];
        for (var i = 0; i < algorithms.Length; i++) _checksums[i] = new(algorithms[i]);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _md5.AppendData(bytes);
        foreach (var checksum in _checksums) checksum.Append(bytes);
    }

    public HashedBody Finish() => new(_md5.GetHashAndReset(), Array.ConvertAll(_checksums, checksum => new KeyValuePair<ChecksumAlgorithm, string>(checksum.Algorithm, checksum.Value())));

    public void Dispose()
    {
        _md5.Dispose();
        foreach (var checksum in _checksums) checksum.Dispose();
    }

    /// <summary>The hashes of a body that is there already (a copy whose ETag or checksum is not known).</summary>
    public static async Task<HashedBody> ComputeAsync(BodySource source, CancellationToken cancelled, params ChecksumAlgorithm[] algorithms)
    {
        using var hashes = new BodyHashes(algorithms);
        await source.CopyToAsync(new HashSink(hashes), cancelled);
        return hashes.Finish();
    }
}

/// <summary>The hashes of a whole body.</summary>
internal sealed record HashedBody(byte[] Md5, IReadOnlyList<KeyValuePair<ChecksumAlgorithm, string>> Checksums)
{
    public string ETag => Convert.ToHexStringLower(Md5);

    /// <summary>Base 64.</summary>
    public string Checksum(ChecksumAlgorithm algorithm)
    {
        foreach (var (computed, value) in Checksums)
        {
            if (computed == algorithm) return value;
        }
        throw new InvalidOperationException($"{algorithm} was not computed.");
    }
}
