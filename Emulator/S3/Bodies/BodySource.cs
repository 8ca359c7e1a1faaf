using System.Buffers;
using System.IO.Pipelines;
using Emulator.S3.Encryption;
using Emulator.Storage;

namespace Emulator.S3.Bodies;

/// <summary>A range of a body, opened: it can be read although the object is deleted meanwhile.</summary>
internal sealed class BodySource : IDisposable
{
    private readonly BodyFiles _files;
    private readonly BodyPins _pins;
    private readonly List<Segment> _segments = [];
    private List<string> _pinned = [];
    private Stream? _first;

    private BodySource(BodyFiles files, BodyPins pins) => (_files, _pins) = (files, pins);

    /// <summary>Inline bytes, or a slice of a file.</summary>
    private readonly record struct Segment(ReadOnlyMemory<byte> Inline, BodySlice Slice);

    public long Length { get; private set; }

    /// <summary>The client's key, where the bytes are encrypted by it: it decrypts them as they are read.</summary>
    public CustomerKey? Key { get; set; }

    /// <summary>Opens a range of a body; null where the body has gone since the reader's moment, so that the caller looks again.</summary>
    public static BodySource? TryOpen(BodyFiles files, BodyPins pins, IStore store, IReader reader, string? bodyId, long offset, long length)
    {
        var source = new BodySource(files, pins) { Length = length };
        if (bodyId is null || length == 0) return source;
        return source.TryOpen(store, reader, BodyStore.Slices(reader, bodyId, offset, length)) ? source : null;
    }

    /// <summary>As above, for slices that rows name.</summary>
    public static BodySource? TryOpen(BodyFiles files, BodyPins pins, IStore store, IReader reader, IReadOnlyList<BodySlice> slices)
    {
        var source = new BodySource(files, pins) { Length = slices.Sum(slice => slice.Length) };
        return source.TryOpen(store, reader, slices) ? source : null;
    }

    private bool TryOpen(IStore store, IReader reader, IReadOnlyList<BodySlice> slices)
    {
        foreach (var slice in slices)
        {
            var inline = BodyStore.IsFile(slice.BodyId) ? default : BodyStore.Require(reader, slice.BodyId).Inline.Slice((int)slice.Offset, (int)slice.Length);
            _segments.Add(new(inline, slice));
        }
        var inFiles = _segments.FindAll(segment => segment.Inline.IsEmpty).ConvertAll(segment => segment.Slice.BodyId);
        if (inFiles.Count > 1)
        {
            _pins.Pin(inFiles);
            _pinned = inFiles;
            using var now = store.Snapshot();
            if (inFiles.TrueForAll(id => BodyReferences.Contains(now, id))) return true;
        }
        else if (inFiles.Count == 0)
        {
            return true;
        }
        else if (TryOpenFile(store, _segments.Find(segment => segment.Inline.IsEmpty).Slice))
        {
            return true;
        }
        Dispose();
        return false;
    }

    private bool TryOpenFile(IStore store, BodySlice slice)
    {
        try
        {
            _first = _files.OpenRead(slice.BodyId, slice.Offset);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Deleted between the look at its row and now; a file that still has owners is lost, and that is a fault.
            using var now = store.Snapshot();
            if (BodyReferences.Contains(now, slice.BodyId)) throw;
            return false;
        }
    }

    /// <summary>Writes the range to the stream, reading the next bytes while the last are written, and closes the body.</summary>
    public async Task CopyToAsync(Stream destination, CancellationToken cancelled)
    {
        using (this)
        {
            foreach (var segment in _segments)
            {
                using var cipher = Key?.CipherOf(segment.Slice.BodyId);
                if (!segment.Inline.IsEmpty)
                {
                    await destination.WriteAsync(cipher is null ? segment.Inline : Decrypted(segment, cipher), cancelled);
                    continue;
                }
                await using var file = Take() ?? _files.OpenRead(segment.Slice.BodyId, segment.Slice.Offset);
                await CopyFileAsync(file, segment.Slice, cipher, destination, cancelled);
            }
        }
    }

    /// <summary>The stored bytes belong to the store: they are decrypted in a copy.</summary>
    private static byte[] Decrypted(Segment segment, BodyCipher cipher)
    {
        var bytes = segment.Inline.ToArray();
        cipher.Apply(bytes, segment.Slice.Offset);
        return bytes;
    }

    /// <summary>The range as a stream, read at the pace of its reader; what fails here fails there.</summary>
    public Stream ToStream(CancellationToken cancelled)
    {
        var pipe = new Pipe();
        _ = FillAsync(pipe.Writer, cancelled);
        return pipe.Reader.AsStream();
    }

    private async Task FillAsync(PipeWriter writer, CancellationToken cancelled)
    {
        Exception? failure = null;
        try
        {
            await CopyToAsync(writer.AsStream(leaveOpen: true), cancelled);
        }
        catch (Exception error)
        {
            failure = error;
        }
        await writer.CompleteAsync(failure);
    }

    private Stream? Take()
    {
        var first = _first;
        _first = null;
        return first;
    }

    private static async Task CopyFileAsync(Stream file, BodySlice slice, BodyCipher? cipher, Stream destination, CancellationToken cancelled)
    {
        var size = (int)Math.Min(S3Limits.CopyBufferBytes, slice.Length);
        var reading = ArrayPool<byte>.Shared.Rent(size);
        var writing = ArrayPool<byte>.Shared.Rent(size);
        var written = Task.CompletedTask;
        try
        {
            var left = slice.Length;
            while (left > 0)
            {
                var read = await file.ReadAsync(reading.AsMemory(0, (int)Math.Min(size, left)), cancelled);
                if (read == 0) throw new EndOfStreamException("A body is shorter than its row says.");
                cipher?.Apply(reading.AsSpan(0, read), slice.Offset + slice.Length - left);
                await written;
                (reading, writing) = (writing, reading);
                written = destination.WriteAsync(writing.AsMemory(0, read), cancelled).AsTask();
                left -= read;
            }
            await written;
        }
        finally
        {
            await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it may still read its buffer
            ArrayPool<byte>.Shared.Return(reading);
            ArrayPool<byte>.Shared.Return(writing);
        }
    }

    public void Dispose()
    {
        _first?.Dispose();
        _first = null;
        if (_pinned.Count == 0) return;
        _pins.Unpin(_pinned);
        _pinned = [];
    }
}
