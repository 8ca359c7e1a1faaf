using System.Security.Cryptography;

namespace Emulator.SigV4;

/// <summary>A body that is verified while it is read, forwards and asynchronously. Its end throws what is wrong with it: whoever keeps the bytes must have read to the end.</summary>
internal abstract class PayloadStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The body is read asynchronously.");

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A body whose SHA-256 the client declared in x-amz-content-sha256.</summary>
internal sealed class HashedStream(Stream raw, string sha256, long? length) : PayloadStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty) return 0;
        var count = await raw.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..count]);
        _read += count;
        // A reader that knows the length need not ask again to have the last byte verified.
        if (count == 0 || _read == length) End();
        return count;
    }

    private void End()
    {
        _ended = true;
        if (length is not null && _read != length) throw PayloadErrors.WrongLength();
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(computed);
        var text = Convert.ToHexStringLower(computed);
        if (!text.Equals(sha256, StringComparison.OrdinalIgnoreCase)) throw PayloadErrors.ContentSha256Mismatch(sha256, text);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }
}
