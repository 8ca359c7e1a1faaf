using System.Security.Cryptography;
using Emulator.Protocols;

namespace Emulator.SigV4.Checksums;

/// <summary>A checksum that grows with the bytes it is given.</summary>
internal sealed class Checksum : IDisposable
{
    private readonly Crc? _crc;
    private readonly IncrementalHash? _hash;
    private ulong _state;

    public Checksum(ChecksumAlgorithm algorithm)
    {
        Algorithm = algorithm;
        _crc = algorithm.Crc();
        _state = _crc?.Start ?? 0;
        if (_crc is null) _hash = IncrementalHash.CreateHash(algorithm == ChecksumAlgorithm.Sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
    }

    public ChecksumAlgorithm Algorithm { get; }

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_crc is not null) _state = _crc.Append(_state, data);
        else _hash!.AppendData(data);
    }

    /// <summary>The value of all bytes so far, in base 64 as S3 writes it.</summary>
    public string Value()
    {
        Span<byte> bytes = stackalloc byte[Algorithm.SizeBytes()];
        if (_crc is not null) _crc.Write(_crc.Finish(_state), bytes);
        else _hash!.GetCurrentHash(bytes);
        return Convert.ToBase64String(bytes);
    }

    public static string Of(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> data)
    {
        using var checksum = new Checksum(algorithm);
        checksum.Append(data);
        return checksum.Value();
    }

    /// <summary>The checksum of checksums that a multipart object has, without the <c>-N</c> that S3 puts after it.</summary>
    public static string Composite(ChecksumAlgorithm algorithm, IEnumerable<string> partValues)
    {
        using var checksum = new Checksum(algorithm);
        foreach (var value in partValues) checksum.Append(Convert.FromBase64String(value));
        return checksum.Value();
    }

    /// <summary>The checksum of a whole object from those of its parts, without reading it again. Only the CRCs can do it.</summary>
    public static string FullObject(ChecksumAlgorithm algorithm, IEnumerable<(string Value, long LengthBytes)> parts)
    {
        var crc = algorithm.Crc() ?? throw new ArgumentException("Only a CRC combines.", nameof(algorithm));
        var whole = crc.Of([]);
        foreach (var (value, length) in parts) whole = crc.Combine(whole, crc.Read(Convert.FromBase64String(value)), length);
        Span<byte> bytes = stackalloc byte[crc.SizeBytes];
        crc.Write(whole, bytes);
        return Convert.ToBase64String(bytes);
    }

    public void Dispose() => _hash?.Dispose();
}
