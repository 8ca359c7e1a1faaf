using System.Security.Cryptography;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;

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

    /// <summary>Recorded (test_multipart_upload_sse_c): what a client's key encrypts has no checksum by default.</summary>
    public static ObjectChecksum Kept(MultipartUpload upload, ObjectChecksum computed) =>
        upload.ChecksumAlgorithm is null && upload.Encryption.Method == EncryptionMethod.Customer ? ObjectChecksum.None : computed;

    public static ObjectChecksum Checksum(MultipartUpload upload, IReadOnlyList<UploadedPart> parts)
    {
        var algorithm = upload.EffectiveAlgorithm;
        return upload.ChecksumType == ChecksumType.Composite
            ? new(algorithm, ChecksumType.Composite, $"{SigV4.Checksums.Checksum.Composite(algorithm, parts.Select(part => part.Checksum))}-{parts.Count}")
            : new(algorithm, ChecksumType.FullObject, SigV4.Checksums.Checksum.FullObject(algorithm, parts.Select(part => (part.Checksum, part.Size))));
    }
}
