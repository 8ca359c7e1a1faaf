using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Emulator.Storage;

/// <summary>A whole store with its bodies as one stream of bytes, from which a store of either engine can be filled.</summary>
/// <remarks>
/// A header (a line of text, the format's number), then blocks: a byte that says what it is, and its parts, each with its length (little-endian) before it.
/// First the bodies, then for each space its name and its entries in order; at last the SHA-256 of all before it, and an end mark.
/// </remarks>
internal static class StoreSnapshot
{
    private const int Format = 1;
    private const byte End = 0, Body = 1, SpaceName = 2, Row = 3;
    private const int FlushSize = 128 * 1024;
    private static readonly byte[] Header = "AWS Emulator snapshot\n"u8.ToArray();
    private static readonly byte[] Footer = "\nend of snapshot\n"u8.ToArray();

    /// <summary>Writes the present state: one moment of the store, although writes go on.</summary>
    public static async Task SaveAsync(IStore store, BodyFiles bodies, Stream to, CancellationToken cancelled = default)
    {
        using var hold = bodies.Hold();
        using var rows = store.Snapshot();
        var writer = new BlockWriter(to);
        writer.Bytes(Header);
        writer.Number(Format);
        foreach (var id in BodyReferences.All(rows))
        {
            writer.Byte(Body);
            writer.Part(Encoding.ASCII.GetBytes(id));
            await WriteBodyAsync(writer, bodies, id, cancelled);
        }
        foreach (var space in rows.Spaces.OrderBy(space => space.Name, StringComparer.Ordinal))
        {
            writer.Byte(SpaceName);
            writer.Part(Encoding.UTF8.GetBytes(space.Name));
            foreach (var entry in rows.Range(space, KeyRange.All))
            {
                writer.Byte(Row);
                writer.Part(entry.Key.Span);
                writer.Part(entry.Value.Span);
                await writer.FlushAsync(FlushSize, cancelled);
            }
        }
        writer.Byte(End);
        writer.Bytes(await writer.HashAsync(cancelled));
        writer.Bytes(Footer);
        await writer.FlushAsync(0, cancelled);
        await to.FlushAsync(cancelled);
    }

    /// <summary>Fills an empty store or replaces what is there, wholly or, when it throws, not at all. Nobody else should write meanwhile.</summary>
    /// <exception cref="StoreException">The stream is no snapshot, is cut short, damaged or of a newer format; or the store is not empty and not to be replaced.</exception>
    public static async Task LoadAsync(IStore store, BodyFiles bodies, Stream from, bool replace = false, CancellationToken cancelled = default)
    {
        await using var copy = from.CanSeek ? null : await CopyAsync(from, cancelled);
        var stream = copy ?? from;
        var start = stream.Position;
        await VerifyAsync(stream, cancelled);
        stream.Position = start;

        // The hash says that the bytes are those which were written; what follows still trusts none of them.
        var reader = new BlockReader(new(stream, FlushSize), stream.Length - start - SHA256.HashSizeInBytes - Footer.Length);
        var loaded = new List<string>();
        using var before = store.Snapshot();
        try
        {
            reader.Skip(Header.Length + sizeof(int));
            var block = reader.Byte();
            for (; block == Body; block = reader.Byte())
            {
                var id = Encoding.ASCII.GetString(reader.Part());
                // Bodies never change: one of that name is that one.
                if (BodyReferences.Contains(before, id)) SkipBody(reader);
                else loaded.Add(await ReadBodyAsync(reader, bodies, id, cancelled));
            }
            await store.WriteAsync(write =>
            {
                if (replace) Clear(write);
                else if (write.Spaces.Count > 0) throw new StoreException("A snapshot can only be loaded into an empty emulator, and this one has state.");
                ReadRows(reader, block, write);
                return true;
            });
        }
        catch
        {
            foreach (var id in loaded) bodies.Delete(id);
            throw;
        }
        DeleteBodies(store, bodies, before);
    }

    /// <summary>Removes all rows and all bodies.</summary>
    public static async Task ClearAsync(IStore store, BodyFiles bodies)
    {
        using var before = store.Snapshot();
        await store.WriteAsync(write =>
        {
            Clear(write);
            return true;
        });
        DeleteBodies(store, bodies, before);
    }

    private static void Clear(IWriteTransaction write)
    {
        foreach (var space in write.Spaces) write.DeleteRange(space, KeyRange.All);
    }

    /// <summary>Deletes the bodies that rows named and no row names now.</summary>
    private static void DeleteBodies(IStore store, BodyFiles bodies, IReader before)
    {
        using var now = store.Snapshot();
        foreach (var id in BodyReferences.All(before).Where(id => !BodyReferences.Contains(now, id))) bodies.Delete(id);
    }

    private static async Task WriteBodyAsync(BlockWriter writer, BodyFiles bodies, string id, CancellationToken cancelled)
    {
        await using var body = bodies.OpenRead(id);
        var buffer = ArrayPool<byte>.Shared.Rent(FlushSize);
        try
        {
            int read;
            do
            {
                read = await body.ReadAsync(buffer, cancelled);
                writer.Part(buffer.AsSpan(0, read)); // an empty part ends the body
                await writer.FlushAsync(FlushSize, cancelled);
            }
            while (read > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void SkipBody(BlockReader reader)
    {
        while (reader.Part().Length > 0) { }
    }

    private static async Task<string> ReadBodyAsync(BlockReader reader, BodyFiles bodies, string id, CancellationToken cancelled)
    {
        await using var body = bodies.Create(id);
        while (true)
        {
            var part = reader.Part();
            if (part.Length == 0) break;
            await body.WriteAsync(part, cancelled);
        }
        await body.CompleteAsync(cancelled);
        return id;
    }

    private static void ReadRows(BlockReader reader, byte block, IWriteTransaction write)
    {
        Space? space = null;
        for (; block != End; block = reader.Byte())
        {
            if (block == SpaceName) space = new(Encoding.UTF8.GetString(reader.Part()));
            else if (block == Row && space is { } named) write.Put(named, reader.Part(), reader.Part());
            else throw BlockReader.Damaged();
        }
    }

    private static async Task<Stream> CopyAsync(Stream from, CancellationToken cancelled)
    {
        var path = Path.Combine(Path.GetTempPath(), $"emulator-{Path.GetRandomFileName()}");
        var copy = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            await from.CopyToAsync(copy, cancelled);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads all of it and compares what frames it.</summary>
    private static async Task VerifyAsync(Stream stream, CancellationToken cancelled)
    {
        var header = new byte[Header.Length + sizeof(int)];
        var read = await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancelled);
        if (!header.AsSpan(0, Math.Min(read, Header.Length)).SequenceEqual(Header.AsSpan(0, Math.Min(read, Header.Length)))) throw new StoreException("That is not a snapshot of the emulator.");
        var left = stream.Length - stream.Position - SHA256.HashSizeInBytes - Footer.Length;
        if (read < header.Length || left < 0) throw new StoreException("The snapshot is incomplete: its end is missing.");
        var format = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(Header.Length));
        if (format > Format) throw new StoreException($"A newer version of the emulator wrote the snapshot (format {format}; this version reads up to {Format}).");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        var buffer = new byte[FlushSize];
        for (int taken; left > 0; left -= taken)
        {
            taken = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancelled);
            if (taken == 0) throw BlockReader.Damaged();
            hash.AppendData(buffer, 0, taken);
        }
        var frame = new byte[SHA256.HashSizeInBytes + Footer.Length];
        await stream.ReadExactlyAsync(frame, cancelled);
        if (!frame.AsSpan(SHA256.HashSizeInBytes).SequenceEqual(Footer)) throw new StoreException("The snapshot is incomplete: its end is missing.");
        if (!frame.AsSpan(0, SHA256.HashSizeInBytes).SequenceEqual(hash.GetHashAndReset())) throw BlockReader.Damaged();
    }

    /// <summary>Collects what is written, hashes it and passes it on in large pieces.</summary>
    private sealed class BlockWriter(Stream to)
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(FlushSize * 2);
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Byte(byte value) => _buffer.Write([value]);

        public void Bytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

        public void Number(int value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), value);
            _buffer.Advance(sizeof(int));
        }

        public void Part(ReadOnlySpan<byte> bytes)
        {
            Number(bytes.Length);
            _buffer.Write(bytes);
        }

        public async ValueTask FlushAsync(int ifMoreThan, CancellationToken cancelled)
        {
            if (_buffer.WrittenCount <= ifMoreThan) return;
            _hash.AppendData(_buffer.WrittenSpan);
            await to.WriteAsync(_buffer.WrittenMemory, cancelled);
            _buffer.ResetWrittenCount();
        }

        /// <summary>The hash of all so far.</summary>
        public async ValueTask<byte[]> HashAsync(CancellationToken cancelled)
        {
            await FlushAsync(0, cancelled);
            return _hash.GetHashAndReset();
        }
    }

    private sealed class BlockReader(BufferedStream from, long left)
    {
        public static StoreException Damaged() => new("The snapshot is damaged: its content is not what was written.");

        public byte Byte() => Take(1)[0];

        public byte[] Part()
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
            return length >= 0 ? Take(length) : throw Damaged();
        }

        public void Skip(int count) => Take(count);

        private byte[] Take(int count)
        {
            if ((left -= count) < 0) throw Damaged();
            var bytes = GC.AllocateUninitializedArray<byte>(count);
            from.ReadExactly(bytes);
            return bytes;
        }
    }
}
