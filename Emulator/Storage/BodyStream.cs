using System.Buffers;

namespace Emulator.Storage;

/// <summary>A body being read. It has no buffer of its own: who reads asks for much at once.</summary>
internal abstract class BodyStream(long length, long offset) : Stream
{
    private const int CopySize = 128 * 1024;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; } = offset;

    public override int Read(Span<byte> buffer)
    {
        var read = ReadAt(buffer[..Fitting(buffer.Length)], Position);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await ReadAtAsync(buffer[..Fitting(buffer.Length)], Position, cancellationToken);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, Fitting(Math.Max(bufferSize, CopySize))));
        try
        {
            int read;
            while ((read = await ReadAsync(buffer, cancellationToken)) > 0) await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected abstract int ReadAt(Span<byte> buffer, long position);

    protected abstract ValueTask<int> ReadAtAsync(Memory<byte> buffer, long position, CancellationToken cancelled);

    /// <summary>How much of so many bytes is left.</summary>
    private int Fitting(int count) => (int)Math.Clamp(length - Position, 0, count);
}
