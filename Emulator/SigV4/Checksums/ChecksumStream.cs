using System.Security.Cryptography;
using Emulator.Protocols;

namespace Emulator.SigV4.Checksums;

/// <summary>A body whose length, MD5 and checksum are computed while it is read, and compared at its end with what the client declared.</summary>
internal sealed class ChecksumStream : PayloadStream
{
    private readonly Stream _body;
    private readonly DeclaredChecksum _declared;
    private readonly long? _declaredLength;
    private readonly Checksum? _checksum;
    private readonly IncrementalHash? _md5;
    private byte[]? _finalMd5;
    private string? _finalValue;
    private bool _ended;

    /// <param name="declaredLength">The length of the body without framing, where it is declared: reaching it is the end.</param>
    /// <param name="otherwise">What to compute where the client names no algorithm; null for none.</param>
    /// <param name="alwaysMd5">Whether the MD5 is computed although the client declared none.</param>
    public ChecksumStream(Stream body, DeclaredChecksum declared, long? declaredLength, ChecksumAlgorithm? otherwise, bool alwaysMd5 = true)
    {
        _body = body;
        _declared = declared;
        _declaredLength = declaredLength;
        Algorithm = declared.Algorithm ?? otherwise;
        if (alwaysMd5 || declared.Md5 is not null) _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        // What the trailer announces is computed and verified with the framing.
        if (Algorithm is { } algorithm && (body as AwsChunkedStream)?.Algorithm != algorithm) _checksum = new(algorithm);
    }

    /// <summary>The body of an upload as S3 checks it: without a checksum of the client's it computes CRC64NVME.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
    public static ChecksumStream ForUpload(RestRequest request, long? declaredLength, ChecksumAlgorithm? otherwise = ChecksumAlgorithm.Crc64Nvme) =>
        new(request.Body, DeclaredChecksum.Of(request), declaredLength, otherwise);

    public ChecksumAlgorithm? Algorithm { get; }

    /// <summary>Whether the client named the algorithm.</summary>
    public bool IsDeclared => _declared.Algorithm is not null;

    /// <summary>The bytes read so far.</summary>
    public long LengthBytes { get; private set; }

    /// <summary>Base 64; after the end was read.</summary>
    public string? Value => _ended ? _finalValue : throw NotAtEnd();

    /// <summary>After the end was read.</summary>
    public byte[] Md5 => _finalMd5 ?? throw NotAtEnd();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty) return 0;
        var count = await _body.ReadAsync(buffer, cancellationToken);
        var data = buffer.Span[..count];
        _md5?.AppendData(data);
        _checksum?.Append(data);
        LengthBytes += count;
        if (count == 0 || LengthBytes == _declaredLength) End();
        return count;
    }

    private void End()
    {
        if (_declaredLength is not null && LengthBytes != _declaredLength) throw PayloadErrors.WrongLength();
        var md5 = _md5?.GetHashAndReset();
        _finalValue = _checksum?.Value() ?? (_body as AwsChunkedStream)?.Value;
        if (_declared.Md5 is { } expected && !md5.AsSpan().SequenceEqual(expected)) throw ChecksumErrors.BadMd5(expected, md5);
        if (_declared.Value is not null && _declared.Value != _finalValue) throw ChecksumErrors.BadDigest(_declared.Algorithm!.Value);
        _finalMd5 = md5;
        _ended = true;
    }

    private static InvalidOperationException NotAtEnd() => new("The body was not read to its end.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _md5?.Dispose();
            _checksum?.Dispose();
        }
        base.Dispose(disposing);
    }
}
