namespace Emulator.SigV4;

/// <summary>The limits of signed requests.</summary>
internal static class SigV4Limits
{
    /// <summary>How far a request's time may be from the server's. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (RequestTimeTooSkewed)</summary>
    public static TimeSpan MaxSkew { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest life of a presigned URL. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html</summary>
    public const int MaxExpiresSeconds = 604_800;

    /// <summary>Chunks but the last are at least this long. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</summary>
    public const int MinChunkBytes = 8192;

    /// <summary>The emulator's own: the longest line before a chunk.</summary>
    public const int MaxChunkHeaderBytes = 1024;

    /// <summary>The emulator's own: the longest trailer section.</summary>
    public const int MaxTrailerBytes = 8192;
}
