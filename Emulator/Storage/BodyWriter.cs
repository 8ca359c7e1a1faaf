using System.Buffers;

namespace Emulator.Storage;

/// <summary>A body being written.</summary>
internal abstract class BodyWriter(string id) : Stream
{
    private const int BufferSize = 128 * 1024;

    private byte[]? _buffer;
    private int _buffered;
    private long _drained;
    private bool _completed;

    /// <summary>The name under which the row of the store will know it.</summary>
    public string Id => id;

    /// <summary>How many bytes were written.</summary>
    public override long Length => _drained + _buffered;

    public override long Position { get => Length; set => throw new NotSupportedException(); }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_completed;

    /// <summary>Makes the body durable as the engine promises. Then, and not before, a row may name it.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancelled = default)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        await FinishAsync(_buffer.AsMemory(0, _buffered), _drained, cancelled);
        _completed = true;
        ReturnBuffer();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            buffer = buffer[Take(buffer)..];
            if (_buffered < BufferSize) continue;
            Drain(_buffer.AsMemory(0, BufferSize), _drained);
            Drained();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            buffer = buffer[Take(buffer.Span)..];
            if (_buffered < BufferSize) continue;
            await DrainAsync(_buffer.AsMemory(0, BufferSize), _drained, cancellationToken);
            Drained();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Does nothing: what is written is kept by <see cref="CompleteAsync"/> alone.</summary>
    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Takes a full buffer, which is reused after it.</summary>
    protected abstract void Drain(ReadOnlyMemory<byte> full, long offset);

    /// <inheritdoc cref="Drain"/>
    protected abstract ValueTask DrainAsync(ReadOnlyMemory<byte> full, long offset, CancellationToken cancelled);

    /// <summary>Takes what is left and makes it a body.</summary>
    protected abstract ValueTask FinishAsync(ReadOnlyMemory<byte> rest, long offset, CancellationToken cancelled);

    /// <summary>Removes what was drained.</summary>
    protected abstract void Abandon();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_completed)
        {
            _completed = true;
            ReturnBuffer();
            Abandon();
        }
        base.Dispose(disposing);
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        var taken = Math.Min(bytes.Length, BufferSize - _buffered);
        bytes[..taken].CopyTo(_buffer.AsSpan(_buffered));
        _buffered += taken;
        return taken;
    }

    private void Drained()
    {
        _drained += _buffered;
        _buffered = 0;
    }

    private void ReturnBuffer()
    {
        Drained();
        if (_buffer is { } buffer) ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
    }
}
