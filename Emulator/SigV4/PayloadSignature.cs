namespace Emulator.SigV4;

/// <summary>How the body of a request is framed and protected.</summary>
internal enum PayloadKind
{
    /// <summary>The whole body was there when the signature was verified, and is part of it.</summary>
    Buffered,

    /// <summary><c>UNSIGNED-PAYLOAD</c>, or a body that nobody signed.</summary>
    Unsigned,

    /// <summary>The body's SHA-256 is in x-amz-content-sha256.</summary>
    Sha256,

    /// <summary><c>STREAMING-AWS4-HMAC-SHA256-PAYLOAD</c></summary>
    SignedChunks,

    /// <summary><c>STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER</c></summary>
    SignedChunksWithTrailer,

    /// <summary><c>STREAMING-UNSIGNED-PAYLOAD-TRAILER</c></summary>
    UnsignedChunksWithTrailer,
}

/// <summary>What the signature of a request says of its body, for <see cref="PayloadStream"/> to verify while the body is read.</summary>
/// <param name="Sha256">Hexadecimal: the hash that the body must have.</param>
/// <param name="Signer">Signs the chunks; null where nothing of the signature is verified.</param>
internal sealed record PayloadSignature(PayloadKind Kind, string? Sha256 = null, ChunkSigner? Signer = null)
{
    public static PayloadSignature Buffered { get; } = new(PayloadKind.Buffered);
    public static PayloadSignature Unsigned { get; } = new(PayloadKind.Unsigned);

    /// <summary>Whether the body is in the aws-chunked framing, and x-amz-decoded-content-length its length without it.</summary>
    public bool IsChunked => Kind >= PayloadKind.SignedChunks;

    /// <summary>The kind that a value of x-amz-content-sha256 stands for; null for a value that has no meaning. ECDSA is refused by name.</summary>
    public static PayloadKind? KindOf(string contentSha256) => contentSha256 switch
    {
        "UNSIGNED-PAYLOAD" => PayloadKind.Unsigned,
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" => PayloadKind.SignedChunks,
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => PayloadKind.SignedChunksWithTrailer,
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => PayloadKind.UnsignedChunksWithTrailer,
        "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD" or "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" =>
            throw Protocols.Errors.NotImplemented($"Signature Version 4A ({contentSha256})"),
        { Length: 64 } when !contentSha256.AsSpan().ContainsAnyExcept(HexDigits) => PayloadKind.Sha256,
        _ => null,
    };

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
