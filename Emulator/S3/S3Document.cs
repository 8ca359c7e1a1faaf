using System.Security.Cryptography;
using Emulator.Protocols;
using Emulator.SigV4.Checksums;

namespace Emulator.S3;

/// <summary>A document in a request's body: read when the caller is known to be allowed.</summary>
/// <param name="Declared">What the request says its checksum is: verified as it is read.</param>
internal sealed record S3Document(Stream Body, DeclaredChecksum Declared, int LimitBytes)
{
    /// <summary>Whether a checksum must come with it.</summary>
    public bool DemandsChecksum { get; init; }

    public static S3Document Bind(RestRequest request) => S3Request.Document(request);

    public async ValueTask<XmlNode> ReadAsync(string root, CancellationToken cancelled) => RestXml.Parse(await ReadBytesAsync(cancelled), root);

    public async ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(CancellationToken cancelled)
    {
        if (DemandsChecksum && Declared is { Algorithm: null, Md5: null }) throw S3Errors.MissingChecksum();
        var content = await RestXml.ReadBodyAsync(Body, LimitBytes, cancelled);
        if (Declared.Md5 is { } md5) CheckMd5(content.Span, md5);
        if (Declared is { Algorithm: { } algorithm, Value: { } value } && Checksum.Of(algorithm, content.Span) != value) throw ChecksumErrors.BadDigest(algorithm);
        return content;
    }

    private static void CheckMd5(ReadOnlySpan<byte> content, byte[] declared)
    {
        var computed = MD5.HashData(content);
        if (!computed.AsSpan().SequenceEqual(declared)) throw S3Errors.BadDigest(Convert.ToBase64String(declared), Convert.ToBase64String(computed));
    }
}
