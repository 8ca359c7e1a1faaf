using System.Security.Cryptography;
using System.Text;
using Emulator.Protocols;

namespace Emulator.SigV4;

/// <summary>Verifies the signatures of chunks and of the trailer, each of which covers the one before it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</remarks>
internal sealed class ChunkSigner(byte[] signingKey, DateTimeOffset time, Credential credential, ReadOnlySpan<char> seedSignature)
{
    private const int SignatureBytes = 2 * SigningKey.SizeBytes;

    private readonly string _timestamp = SigV4Errors.Basic(time);
    private readonly byte[] _previous = Encoding.ASCII.GetBytes(seedSignature.ToString());

    /// <summary>Throws SignatureDoesNotMatch unless the chunk with this hash has this signature.</summary>
    public void VerifyChunk(ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature)
    {
        Span<byte> stack = stackalloc byte[512];
        var text = new Utf8Buffer(stack);
        WritePrefix(ref text, "AWS4-HMAC-SHA256-PAYLOAD\n"u8);
        text.Append("\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"u8);
        text.AppendHex(sha256);
        Verify(text.Written, signature);
        text.Dispose();
    }

    /// <summary>Throws SignatureDoesNotMatch unless the trailer with this hash has this signature.</summary>
    public void VerifyTrailer(ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature)
    {
        Span<byte> stack = stackalloc byte[512];
        var text = new Utf8Buffer(stack);
        WritePrefix(ref text, "AWS4-HMAC-SHA256-TRAILER\n"u8);
        text.Append((byte)'\n');
        text.AppendHex(sha256);
        Verify(text.Written, signature);
        text.Dispose();
    }

    private void WritePrefix(ref Utf8Buffer text, ReadOnlySpan<byte> algorithm)
    {
        text.Append(algorithm);
        text.Append(_timestamp);
        text.Append((byte)'\n');
        text.Append(credential.Scope);
        text.Append((byte)'\n');
        text.Append(_previous);
    }

    private void Verify(ReadOnlySpan<byte> stringToSign, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[SignatureBytes];
        SigningKey.Sign(signingKey, stringToSign, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, signature)) throw Mismatch(stringToSign, signature);
        expected.CopyTo(_previous);
    }

    private AwsException Mismatch(ReadOnlySpan<byte> stringToSign, ReadOnlySpan<byte> signature) =>
        SigV4Errors.SignatureDoesNotMatch(AuthDialect.S3, credential.AccessKeyId, Encoding.UTF8.GetString(signature), stringToSign, []);
}
