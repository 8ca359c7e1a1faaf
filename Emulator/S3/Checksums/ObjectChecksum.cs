using Emulator.SigV4.Checksums;

namespace Emulator.S3.Checksums;

/// <summary>Of what a checksum was computed: all bytes of the object, or the checksums of its parts.</summary>
internal enum ChecksumType { FullObject, Composite }

/// <summary>The checksum that is kept of an object.</summary>
/// <param name="Value">Base 64; a composite one ends in <c>-</c> and the number of parts.</param>
internal sealed record ObjectChecksum(ChecksumAlgorithm Algorithm, ChecksumType Type, string Value)
{
    /// <summary>What AWS computes where the client sends no checksum.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</remarks>
    public const ChecksumAlgorithm DefaultAlgorithm = ChecksumAlgorithm.Crc64Nvme;

    /// <summary>Of a delete marker, and of an object that has no checksum.</summary>
    public static ObjectChecksum None { get; } = new(DefaultAlgorithm, ChecksumType.FullObject, "");

    public bool IsNone => Value.Length == 0;
}

/// <summary>A checksum as a client states it.</summary>
internal sealed record GivenChecksum(ChecksumAlgorithm Algorithm, string Value);

/// <summary>How checksums are named in documents and texts.</summary>
internal static class ChecksumNames
{
    /// <summary><c>ChecksumCRC64NVME</c>, the element's name.</summary>
    public static ReadOnlySpan<byte> Element(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "ChecksumCRC32"u8,
        ChecksumAlgorithm.Crc32C => "ChecksumCRC32C"u8,
        ChecksumAlgorithm.Crc64Nvme => "ChecksumCRC64NVME"u8,
        ChecksumAlgorithm.Sha1 => "ChecksumSHA1"u8,
        _ => "ChecksumSHA256"u8,
    };

    /// <summary><c>crc64nvme</c>, as some texts have it.</summary>
    public static string LowerName(this ChecksumAlgorithm algorithm) => algorithm.Name().ToLowerInvariant();

    public static string Name(this ChecksumType type) => type == ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT";
}
