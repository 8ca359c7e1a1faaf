using Emulator.Protocols;

namespace Emulator.SigV4.Checksums;

/// <summary>The algorithms of S3's additional checksums.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
internal enum ChecksumAlgorithm { Crc32, Crc32C, Crc64Nvme, Sha1, Sha256 }

/// <summary>How S3 spells the algorithms.</summary>
internal static class ChecksumAlgorithms
{
    public static IReadOnlyList<ChecksumAlgorithm> All { get; } = Enum.GetValues<ChecksumAlgorithm>();

    /// <summary>As <c>CRC64NVME</c>.</summary>
    public static string Name(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "CRC32",
        ChecksumAlgorithm.Crc32C => "CRC32C",
        ChecksumAlgorithm.Crc64Nvme => "CRC64NVME",
        ChecksumAlgorithm.Sha1 => "SHA1",
        _ => "SHA256",
    };

    /// <summary>As <c>x-amz-checksum-crc64nvme</c>: the header and the trailer that carry the value.</summary>
    public static string HeaderName(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "x-amz-checksum-crc32",
        ChecksumAlgorithm.Crc32C => "x-amz-checksum-crc32c",
        ChecksumAlgorithm.Crc64Nvme => "x-amz-checksum-crc64nvme",
        ChecksumAlgorithm.Sha1 => "x-amz-checksum-sha1",
        _ => "x-amz-checksum-sha256",
    };

    public static int SizeBytes(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C => 4,
        ChecksumAlgorithm.Crc64Nvme => 8,
        ChecksumAlgorithm.Sha1 => 20,
        _ => 32,
    };

    /// <summary>By its name in any case; null for another word.</summary>
    public static ChecksumAlgorithm? Find(string name)
    {
        foreach (var algorithm in All)
        {
            if (algorithm.Name().Equals(name, StringComparison.OrdinalIgnoreCase)) return algorithm;
        }
        return null;
    }

    /// <summary>By the name of its header in any case.</summary>
    public static ChecksumAlgorithm? FindHeader(string header)
    {
        foreach (var algorithm in All)
        {
            if (algorithm.HeaderName().Equals(header, StringComparison.OrdinalIgnoreCase)) return algorithm;
        }
        return null;
    }

    /// <summary>Whether it is base 64 of as many bytes as the algorithm gives.</summary>
    public static bool IsValue(this ChecksumAlgorithm algorithm, string value)
    {
        Span<byte> bytes = stackalloc byte[48];
        return value.Length <= 64 && Convert.TryFromBase64String(value, bytes, out var count) && count == algorithm.SizeBytes();
    }

    /// <summary>The check that the algorithm is; null for the two hashes.</summary>
    public static Crc? Crc(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => Protocols.Crc.Crc32,
        ChecksumAlgorithm.Crc32C => Protocols.Crc.Crc32C,
        ChecksumAlgorithm.Crc64Nvme => Protocols.Crc.Crc64Nvme,
        _ => null,
    };
}
