namespace Emulator.S3.Checksums;

/// <summary>Of what a checksum was computed: all bytes of the object, or the checksums of its parts.</summary>
internal enum ChecksumType { FULL_OBJECT, COMPOSITE }

/// <summary>The checksum that is kept of an object.</summary>
/// <param name="Value">Base 64; a composite one ends in <c>-</c> and the number of parts.</param>
internal sealed record ObjectChecksum(ChecksumAlgorithm Algorithm, ChecksumType Type, string Value);

/// <summary>The names of the algorithms.</summary>
internal static class ChecksumNames
{
    public static IReadOnlyList<ChecksumAlgorithm> All { get; } = Enum.GetValues<ChecksumAlgorithm>();

    /// <summary><c>x-amz-checksum-crc64nvme</c></summary>
    public static string Header(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.CRC32 => "x-amz-checksum-crc32",
        ChecksumAlgorithm.CRC32C => "x-amz-checksum-crc32c",
        ChecksumAlgorithm.CRC64NVME => "x-amz-checksum-crc64nvme",
        ChecksumAlgorithm.SHA1 => "x-amz-checksum-sha1",
        _ => "x-amz-checksum-sha256",
    };

    /// <summary><c>ChecksumCRC64NVME</c>, the element's name.</summary>
    public static ReadOnlySpan<byte> Element(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.CRC32 => "ChecksumCRC32"u8,
        ChecksumAlgorithm.CRC32C => "ChecksumCRC32C"u8,
        ChecksumAlgorithm.CRC64NVME => "ChecksumCRC64NVME"u8,
        ChecksumAlgorithm.SHA1 => "ChecksumSHA1"u8,
        _ => "ChecksumSHA256"u8,
    };

    /// <summary><c>CRC64NVME</c></summary>
    public static string Name(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.CRC32 => "CRC32",
        ChecksumAlgorithm.CRC32C => "CRC32C",
        ChecksumAlgorithm.CRC64NVME => "CRC64NVME",
        ChecksumAlgorithm.SHA1 => "SHA1",
        _ => "SHA256",
    };

    public static string LowerName(this ChecksumAlgorithm algorithm) => algorithm.Name().ToLowerInvariant();

    public static string Name(this ChecksumType type) => type == ChecksumType.COMPOSITE ? "COMPOSITE" : "FULL_OBJECT";

    /// <summary>The size of a checksum in bytes.</summary>
    public static int Bytes(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.CRC32 or ChecksumAlgorithm.CRC32C => 4,
        ChecksumAlgorithm.CRC64NVME => 8,
        ChecksumAlgorithm.SHA1 => 20,
        _ => 32,
    };

    /// <summary>The algorithm of that name, in capitals or not; null where there is none.</summary>
    public static ChecksumAlgorithm? Parse(string? name)
    {
        foreach (var algorithm in All)
        {
            if (algorithm.Name().Equals(name, StringComparison.OrdinalIgnoreCase)) return algorithm;
        }
        return null;
    }

    /// <summary>Whether the text is base 64 of as many bytes as the algorithm gives.</summary>
    public static bool IsValue(this ChecksumAlgorithm algorithm, string base64)
    {
        Span<byte> bytes = stackalloc byte[48];
        return base64.Length <= 64 && Convert.TryFromBase64String(base64, bytes, out var count) && count == algorithm.Bytes();
    }
}
