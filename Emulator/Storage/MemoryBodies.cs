using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Emulator.Storage;

/// <summary>Bodies in memory, those above 1 MiB in temporary files without a name. A fork is one reference, whatever their number.</summary>
/// <remarks>
/// A fork and its parent share the bodies there are; each deletes for itself alone. The file of a shared body is closed when the last of them has let it go and the collector finds that,
/// that of any other body at once.
/// </remarks>
internal sealed class MemoryBodies : BodyFiles
{
    private const int LargestInMemory = 1 << 20;

    private ImmutableDictionary<string, MemoryBody> _bodies;

    /// <summary>The files that no fork shares.</summary>
    private ConcurrentDictionary<string, SharedFile> _ownFiles = new();

    public MemoryBodies() : this(ImmutableDictionary<string, MemoryBody>.Empty) { }

    private MemoryBodies(ImmutableDictionary<string, MemoryBody> bodies) => _bodies = bodies;

    /// <summary>Bodies that go on alone from the present ones. <see cref="BodyFiles.Hold"/> them while store and bodies are forked, so that what the store's fork names is there.</summary>
    public MemoryBodies Fork()
    {
        var bodies = _bodies; // before the files: those it has are no one's own from here on
        _ownFiles = new();
        return new(bodies);
    }

    public override BodyWriter Create(string id)
    {
        if (!IsId(id)) throw NoId(id);
        return new Writer(this, id);
    }

    public override Stream OpenRead(string id, long offset = 0) =>
        _bodies.TryGetValue(id, out var body) && body.Open(offset) is { } stream ? stream : throw NotFound(id);

    /// <summary>Does nothing: what a crash leaves is gone with the memory.</summary>
    public override int Sweep(IReader rows) => 0;

    public override ValueTask DisposeAsync()
    {
        Volatile.Write(ref _bodies, ImmutableDictionary<string, MemoryBody>.Empty);
        foreach (var file in _ownFiles.Keys) CloseOwn(file);
        return ValueTask.CompletedTask;
    }

    protected override void Remove(string id)
    {
        ImmutableInterlocked.TryRemove(ref _bodies, id, out _);
        CloseOwn(id);
    }

    private void Add(string id, MemoryBody body)
    {
        if (body.File is { } file) _ownFiles[id] = file;
        ImmutableInterlocked.AddOrUpdate(ref _bodies, id, body, (_, _) => body);
    }

    private void CloseOwn(string id)
    {
        if (_ownFiles.TryRemove(id, out var file)) file.RemoveUser();
    }

    private sealed class Writer(MemoryBodies bodies, string id) : BodyWriter(id)
    {
        private readonly List<byte[]> _chunks = [];
        private SharedFile? _file;

        protected override void Drain(ReadOnlyMemory<byte> full, long offset)
        {
            if (KeepInMemory(full, offset)) return;
            RandomAccess.Write(_file!.Handle, full.Span, offset);
        }

        protected override ValueTask DrainAsync(ReadOnlyMemory<byte> full, long offset, CancellationToken cancelled) =>
            KeepInMemory(full, offset) ? default : RandomAccess.WriteAsync(_file!.Handle, full, offset, cancelled);

        protected override ValueTask FinishAsync(ReadOnlyMemory<byte> rest, long offset, CancellationToken cancelled)
        {
            Drain(rest, offset);
            bodies.Add(Id, new([.. _chunks], _file, offset + rest.Length));
            return default;
        }

        protected override void Abandon() => _file?.RemoveUser();

        /// <summary>Adds what fits; with what does not, all goes into a file.</summary>
        private bool KeepInMemory(ReadOnlyMemory<byte> bytes, long offset)
        {
            if (offset + bytes.Length <= LargestInMemory)
            {
                for (; bytes.Length > 0; bytes = bytes[Math.Min(MemoryBody.ChunkSize, bytes.Length)..])
                {
                    _chunks.Add(bytes.Span[..Math.Min(MemoryBody.ChunkSize, bytes.Length)].ToArray());
                }
                return true;
            }
            _file ??= SharedFile.CreateTemporary();
            long position = 0;
            foreach (var chunk in _chunks)
            {
                RandomAccess.Write(_file.Handle, chunk, position);
                position += chunk.Length;
            }
            _chunks.Clear();
            return false;
        }
    }
}

/// <summary>A body in memory: chunks of one size but for the last, or else a temporary file.</summary>
internal sealed class MemoryBody(byte[][] chunks, SharedFile? file, long length)
{
    /// <summary>Below the size from which objects lie on the large object heap.</summary>
    public const int ChunkSize = 64 * 1024;

    public SharedFile? File => file;

    /// <summary>A reader; null if the file was closed just now.</summary>
    public Stream? Open(long offset)
    {
        if (file is null) return new Reader(chunks, length, offset);
        return file.TryAddUser() ? new FileBodyStream(file, length, offset) : null;
    }

    private sealed class Reader(byte[][] chunks, long length, long offset) : BodyStream(length, offset)
    {
        protected override int ReadAt(Span<byte> buffer, long position)
        {
            var filled = 0;
            while (filled < buffer.Length)
            {
                var (chunk, at) = Math.DivRem((int)position + filled, ChunkSize);
                var bytes = chunks[chunk].AsSpan(at);
                bytes = bytes[..Math.Min(bytes.Length, buffer.Length - filled)];
                bytes.CopyTo(buffer[filled..]);
                filled += bytes.Length;
            }
            return filled;
        }

        protected override ValueTask<int> ReadAtAsync(Memory<byte> buffer, long position, CancellationToken cancelled) => new(ReadAt(buffer.Span, position));
    }
}
