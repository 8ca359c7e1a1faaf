using Emulator.Protocols;

namespace Emulator.SigV4.Checksums;

/// <summary>S3's refusals of checksums and digests.</summary>
internal static class ChecksumErrors
{
    public static AwsException BadDigest(ChecksumAlgorithm algorithm) => new("BadDigest", $"The {algorithm.Name()} you specified did not match the calculated checksum.");

    public static AwsException InvalidValue(string header) => new("InvalidRequest", $"Value for {header} header is invalid.");

    public static AwsException InvalidTrailer(string name) => new("InvalidRequest", $"Value for {name} trailing header is invalid.");

    public static AwsException MultipleChecksums() => new("InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");

    public static AwsException UnknownHeader() => new("InvalidRequest", "The algorithm type you specified in x-amz-checksum- header is invalid.");

    public static AwsException UnsupportedAlgorithm() =>
        new("InvalidRequest", "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");

    public static AwsException AlgorithmWithoutValue() =>
        new("InvalidRequest", "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");

    public static AwsException InvalidMd5(string value) => new("InvalidDigest", "The Content-MD5 you specified was invalid.") { Members = [new("Content-MD5", value)] };

    /// <param name="expected">What the client declared.</param>
    public static AwsException BadMd5(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> calculated) =>
        new("BadDigest", "The Content-MD5 you specified did not match what we received.")
        {
            Members = [new("ExpectedDigest", Convert.ToHexStringLower(expected)), new("CalculatedDigest", Convert.ToBase64String(calculated))],
        };
}
