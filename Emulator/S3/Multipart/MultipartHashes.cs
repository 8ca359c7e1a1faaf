using System.Security.Cryptography;
using Emulator.S3.Checksums;

namespace Emulator.S3.Multipart;

/// <summary>ETag and checksum of an object that was made of parts: both follow from those of the parts.</summary>
internal static class MultipartHashes
{
    /// <summary>The MD5 of the parts' MD5s, and how many there are. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</summary>
    public static string ETag(IReadOnlyList<UploadedPart> parts)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var part in parts) md5.AppendData(Convert.FromHexString(part.ETag));
        return $"{Convert.ToHexStringLower(md5.GetHashAndReset())}-{parts.Count}";
    }

    public static ObjectChecksum Checksum(MultipartUpload upload, IReadOnlyList<UploadedPart> parts)
    {
        var algorithm = upload.EffectiveAlgorithm;
        return upload.ChecksumType == ChecksumType.COMPOSITE
            ? new(algorithm, ChecksumType.COMPOSITE, $"{Composite(algorithm, parts)}-{parts.Count}")
            : new(algorithm, ChecksumType.FULL_OBJECT, FullObject(algorithm, parts));
    }

    /// <summary>The checksum of the parts' checksums.</summary>
    private static string Composite(ChecksumAlgorithm algorithm, IReadOnlyList<UploadedPart> parts)
    {
        using var hasher = ChecksumHasher.Create(algorithm);
        foreach (var part in parts) hasher.Append(Convert.FromBase64String(part.Checksum));
        return Convert.ToBase64String(hasher.Finish());
    }

    /// <summary>The CRC of all bytes.</summary>
    private static string FullObject(ChecksumAlgorithm algorithm, IReadOnlyList<UploadedPart> parts)
    {
        var crc = Convert.FromBase64String(parts[0].Checksum);
        for (var i = 1; i < parts.Count; i++) crc = CrcCombination.Combine(algorithm, crc, Convert.FromBase64String(parts[i].Checksum), parts[i].Size);
        return Convert.ToBase64String(crc);
    }
}
