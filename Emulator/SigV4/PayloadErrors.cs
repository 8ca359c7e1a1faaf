using Emulator.Protocols;

namespace Emulator.SigV4;

/// <summary>The refusals of a body that S3 reads as a stream. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</summary>
internal static class PayloadErrors
{
    public static AwsException ContentSha256Mismatch(string declared, string computed) =>
        new("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
        {
            Members = [new("ClientComputedContentSHA256", declared), new("S3ComputedContentSHA256", computed)],
        };

    /// <summary>The body has another length than was declared.</summary>
    public static AwsException WrongLength() => new("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");

    /// <summary>The framing of chunks is broken, or ends too early.</summary>
    public static AwsException BrokenFraming() => new("IncompleteBody", "The request body terminated unexpectedly");

    public static AwsException MissingDecodedLength() => new("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);

    public static AwsException ChunkTooSmall(int chunk, long size) =>
        new("InvalidChunkSizeError", "Only the last chunk is allowed to have a size less than 8192 bytes") { Members = [new("Chunk", chunk), new("BadChunkSize", size)] };

    public static AwsException TrailerNotSupported() => new("InvalidRequest", "The value specified in the x-amz-trailer header is not supported");

    public static AwsException MalformedTrailer() =>
        new("MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.");
}
