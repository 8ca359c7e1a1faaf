using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Emulator.SigV4.Checksums;

namespace Emulator.SigV4;

/// <summary>A body in the aws-chunked framing without that framing: length, chunk signatures, trailer and its signature are verified on the way.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html</remarks>
internal sealed class AwsChunkedStream : PayloadStream
{
    private const int BufferBytes = 16 * 1024;
    private const int SignatureBytes = 2 * SigningKey.SizeBytes;

    private readonly Stream _raw;
    private readonly ChunkSigner? _signer;
    private readonly IncrementalHash? _hash;
    private readonly bool _signed;
    private readonly long _decodedLength;

    /// <summary>Whether a trailer section follows the chunks.</summary>
    private readonly bool _hasTrailer;

    /// <summary>Of the data, as the trailer announces it; null without an announcement.</summary>
    private readonly Checksum? _checksum;
    private string? _declaredValue;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly byte[] _signature = new byte[SignatureBytes];
    private int _start;
    private int _end;

    private int _chunk;
    private long _chunkSize;
    private long _chunkLeft;
    private long _delivered;
    private bool _ended;

    /// <param name="declaredTrailers">The value of x-amz-trailer.</param>
    public AwsChunkedStream(Stream raw, PayloadSignature payload, long decodedLength, string? declaredTrailers)
    {
        _raw = raw;
        _signer = payload.Signer;
        _hash = _signer is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _signed = payload.Kind is PayloadKind.SignedChunks or PayloadKind.SignedChunksWithTrailer;
        _decodedLength = decodedLength;
        _hasTrailer = payload.Kind != PayloadKind.SignedChunks;
        if (_hasTrailer && ParseDeclaration(declaredTrailers) is { } algorithm) _checksum = new(algorithm);
    }

    /// <summary>The algorithm that x-amz-trailer announces; null for none.</summary>
    public ChecksumAlgorithm? Algorithm => _checksum?.Algorithm;

    /// <summary>The checksum in base 64, computed and found to be the trailer's, once the body was read to its end.</summary>
    public string? Value => _ended ? _declaredValue : null;

    /// <summary>The algorithm that a value of x-amz-trailer announces.</summary>
    public static ChecksumAlgorithm? ParseDeclaration(string? trailers)
    {
        var names = trailers?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (names.Length == 0) return null;
        var algorithm = ChecksumAlgorithms.FindHeader(names[0]) ?? throw PayloadErrors.TrailerNotSupported();
        return names.Length == 1 ? algorithm : throw ChecksumErrors.MultipleChecksums();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty) return 0;
        if (_chunkLeft == 0 && !await BeginChunkAsync(cancellationToken)) return 0;
        if (buffer.Length > _chunkLeft) buffer = buffer[..(int)_chunkLeft];
        var count = await ReadRawAsync(buffer, cancellationToken);
        if (count == 0) throw PayloadErrors.BrokenFraming();
        _hash?.AppendData(buffer.Span[..count]);
        _checksum?.Append(buffer.Span[..count]);
        _delivered += count;
        _chunkLeft -= count;
        if (_chunkLeft > 0) return count;
        await EndChunkAsync(cancellationToken);
        // The last byte is handed out only when all that follows it is in order.
        if (_delivered == _decodedLength && await BeginChunkAsync(cancellationToken)) throw PayloadErrors.WrongLength();
        return count;
    }

    /// <summary>Reads the line before a chunk's data; false if it was the last one, and all after it is verified.</summary>
    private async ValueTask<bool> BeginChunkAsync(CancellationToken cancelled)
    {
        ParseChunkHeader(await ReadLineAsync(SigV4Limits.MaxChunkHeaderBytes, cancelled));
        if (_chunkSize > 0) return true;
        if (_delivered != _decodedLength) throw PayloadErrors.WrongLength();
        VerifyChunk();
        if (_hasTrailer) await ReadTrailersAsync(cancelled);
        else await ReadTerminatorAsync(cancelled);
        if (_start < _end || await _raw.ReadAsync(_buffer, cancelled) > 0) throw PayloadErrors.BrokenFraming();
        _ended = true;
        return false;
    }

    private async ValueTask EndChunkAsync(CancellationToken cancelled)
    {
        if ((await ReadLineAsync(SigV4Limits.MaxChunkHeaderBytes, cancelled)).Length > 0) throw PayloadErrors.BrokenFraming();
        VerifyChunk();
    }

    /// <summary><c>10000;chunk-signature=...</c>, or the size alone where chunks are not signed.</summary>
    private void ParseChunkHeader(ReadOnlyMemory<byte> line)
    {
        var previousSize = _chunkSize;
        var header = line.Span;
        var extension = header.IndexOf((byte)';');
        var size = extension < 0 ? header : header[..extension];
        if (size.Length is 0 or > 15 || !Utf8Parser.TryParse(size, out _chunkSize, out var parsed, 'x') || parsed != size.Length) throw PayloadErrors.BrokenFraming();
        if (_signed)
        {
            var name = "chunk-signature="u8;
            var value = extension < 0 ? default : header[(extension + 1)..];
            if (!value.StartsWith(name) || value.Length != name.Length + SignatureBytes) throw PayloadErrors.BrokenFraming();
            value[name.Length..].CopyTo(_signature);
        }
        if (_chunkSize > 0 && _chunk > 0 && previousSize < SigV4Limits.MinChunkBytes) throw PayloadErrors.ChunkTooSmall(_chunk, previousSize);
        if (_chunkSize > _decodedLength - _delivered) throw PayloadErrors.WrongLength();
        _chunk++;
        _chunkLeft = _chunkSize;
    }

    private void VerifyChunk()
    {
        if (_signer is null || !_signed) return;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash!.GetHashAndReset(hash);
        _signer.VerifyChunk(hash, _signature);
    }

    /// <summary>An empty line ends the body; some clients leave it out.</summary>
    private async ValueTask ReadTerminatorAsync(CancellationToken cancelled)
    {
        if (await IsAtEndAsync(cancelled)) return;
        if ((await ReadLineAsync(SigV4Limits.MaxChunkHeaderBytes, cancelled)).Length > 0) throw PayloadErrors.BrokenFraming();
    }

    private async ValueTask ReadTrailersAsync(CancellationToken cancelled)
    {
        var signed = new StringBuilder();
        var signatureSeen = false;
        for (var bytes = 0; !await IsAtEndAsync(cancelled); bytes += 2)
        {
            var line = await ReadLineAsync(SigV4Limits.MaxTrailerBytes, cancelled);
            bytes += line.Length;
            if (bytes > SigV4Limits.MaxTrailerBytes) throw PayloadErrors.MalformedTrailer();
            if (line.Length > 0) signatureSeen |= ParseTrailer(Encoding.UTF8.GetString(line.Span), signed);
            // In the published example an empty line stands before the signature too.
            else if (!_signed || signatureSeen) break;
        }
        EndTrailers(signed.ToString(), signatureSeen);
    }

    /// <summary>True if it was the signature.</summary>
    private bool ParseTrailer(string line, StringBuilder signed)
    {
        var colon = line.IndexOf(':');
        if (colon <= 0) throw PayloadErrors.MalformedTrailer();
        var name = line[..colon].Trim().ToLowerInvariant();
        var value = line[(colon + 1)..].Trim();
        if (_signed && name == "x-amz-trailer-signature")
        {
            if (value.Length != SignatureBytes || Encoding.UTF8.GetByteCount(value) != SignatureBytes) throw PayloadErrors.MalformedTrailer();
            Encoding.UTF8.GetBytes(value, _signature);
            return true;
        }
        if (name != Algorithm?.HeaderName() || _declaredValue is not null) throw PayloadErrors.MalformedTrailer();
        _declaredValue = value;
        signed.Append(name).Append(':').Append(value).Append('\n');
        return false;
    }

    private void EndTrailers(string signed, bool signatureSeen)
    {
        if ((_declaredValue is null) != (_checksum is null) || signatureSeen != _signed) throw PayloadErrors.MalformedTrailer();
        VerifyChecksum();
        if (_signer is null) return;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(signed), hash);
        _signer.VerifyTrailer(hash, _signature);
    }

    private void VerifyChecksum()
    {
        if (_checksum is null) return;
        if (!_checksum.Algorithm.IsValue(_declaredValue!)) throw ChecksumErrors.InvalidTrailer(_checksum.Algorithm.HeaderName());
        if (_declaredValue != _checksum.Value()) throw ChecksumErrors.BadDigest(_checksum.Algorithm);
    }

    private async ValueTask<bool> IsAtEndAsync(CancellationToken cancelled) => _start == _end && !await FillAsync(cancelled);

    /// <summary>A line without its end. It stands in the buffer until the next read.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(int limitBytes, CancellationToken cancelled)
    {
        var searched = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + end);
                _start += searched + end + 1;
                return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
            }
            searched = _end - _start;
            if (searched > limitBytes || !await FillAsync(cancelled)) throw PayloadErrors.BrokenFraming();
        }
    }

    /// <summary>Data of a chunk: what is in the buffer first, then straight from the body.</summary>
    private ValueTask<int> ReadRawAsync(Memory<byte> destination, CancellationToken cancelled)
    {
        var buffered = Math.Min(_end - _start, destination.Length);
        if (buffered == 0) return _raw.ReadAsync(destination, cancelled);
        _buffer.AsSpan(_start, buffered).CopyTo(destination.Span);
        _start += buffered;
        return new(buffered);
    }

    /// <summary>Reads more behind what is in the buffer; false at the end of the body.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancelled)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        var count = await _raw.ReadAsync(_buffer.AsMemory(_end), cancelled);
        _end += count;
        return count > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash?.Dispose();
            _checksum?.Dispose();
        }
        base.Dispose(disposing);
    }
}
