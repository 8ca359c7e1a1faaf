using Emulator.Protocols;

namespace Emulator.S3.Checksums;

/// <summary>The checksum that comes with an upload.</summary>
/// <param name="Value">Base 64; null where it follows in the trailer, or where none came.</param>
/// <param name="IsGiven">Whether the client chose the algorithm by sending a checksum; else it is the default.</param>
internal readonly record struct RequestChecksum(ChecksumAlgorithm Algorithm, string? Value, bool IsGiven)
{
    /// <summary>What AWS computes where the client sends no checksum.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</remarks>
    public const ChecksumAlgorithm Default = ChecksumAlgorithm.CRC64NVME;

    /// <summary>The checksum of a header <c>x-amz-checksum-*</c>, or the one that <c>x-amz-trailer</c> announces.</summary>
    public static RequestChecksum Of(RestRequest request)
    {
        RequestChecksum? found = null;
        foreach (var algorithm in ChecksumNames.All)
        {
            if (request.Header(algorithm.Header()) is not { } value) continue;
            if (found is not null) throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
            if (!algorithm.IsValue(value)) throw S3Errors.InvalidChecksumHeader(algorithm.Header());
            found = new(algorithm, value, true);
        }
        if (found is { } header) return header;
        var trailer = request.Header("x-amz-trailer");
        foreach (var algorithm in ChecksumNames.All)
        {
            if (algorithm.Header().Equals(trailer?.Trim(), StringComparison.OrdinalIgnoreCase)) return new(algorithm, null, true);
        }
        return new(Default, null, false);
    }

    /// <summary>Refuses a body whose checksum is not the one that was sent.</summary>
    public void Verify(string computed)
    {
        if (Value is not null && Value != computed) throw S3Errors.ChecksumMismatch(Algorithm.Name());
    }
}
