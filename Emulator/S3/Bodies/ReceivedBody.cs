using System.Buffers;
using Emulator.Integration;
using Emulator.S3.Encryption;
using Emulator.SigV4.Checksums;
using Emulator.Storage;

namespace Emulator.S3.Bodies;

/// <summary>A body that has come in whole and verified. Until a row keeps it, it goes away when it is disposed.</summary>
internal sealed class ReceivedBody : IDisposable
{
    private readonly BodyFiles _files;
    private readonly ReadOnlyMemory<byte> _inline;
    private bool _kept;

    private ReceivedBody(BodyFiles files, string? id, ReadOnlyMemory<byte> inline, long size, HashedBody hashes)
    {
        (_files, _inline) = (files, inline);
        (Id, Size, Hashes) = (id, size, hashes);
    }

    /// <summary>null for a body without bytes.</summary>
    public string? Id { get; }

    public long Size { get; }

    public HashedBody Hashes { get; }

    /// <summary>Reads the request's body to its end, which verifies it, and keeps the bytes: a small body in memory for the store, a larger one in a file. Hashes are computed in the same pass.</summary>
    /// <param name="key">The client's key, by which the bytes are kept encrypted; hashes are those of the bytes as they came.</param>
    /// <param name="declared">The length; null where only the end tells it.</param>
    public static async ValueTask<ReceivedBody> ReceiveAsync(ServiceContext context, Stream body, long? declared, long limit, CustomerKey? key, CancellationToken cancelled, params ChecksumAlgorithm[] algorithms)
    {
        if (declared > limit) throw S3Errors.EntityTooLarge(declared.Value, limit);
        using var hashes = new BodyHashes(algorithms);
        if (declared is not { } length) return await ReceiveUndeclaredAsync(context, body, limit, key, hashes, cancelled);
        if (length <= S3Limits.InlineBodyBytes) return await ReceiveInlineAsync(context, body, (int)length, key, hashes, cancelled);

        await using var writer = context.Bodies.Create();
        using var cipher = key?.CipherOf(writer.Id);
        var size = await CopyAsync(body, writer, cipher, length, hashes, cancelled);
        if (size != length) throw S3Errors.IncompleteBody();
        await writer.CompleteAsync(cancelled);
        return new(context.Bodies, writer.Id, default, size, hashes.Finish());
    }

    private static async ValueTask<ReceivedBody> ReceiveUndeclaredAsync(ServiceContext context, Stream body, long limit, CustomerKey? key, BodyHashes hashes, CancellationToken cancelled)
    {
        var first = new byte[S3Limits.InlineBodyBytes + 1];
        var read = await body.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancelled);
        if (read > limit) throw S3Errors.EntityTooLarge(read, limit);
        hashes.Append(first.AsSpan(0, read));
        if (read < first.Length) return Inline(context, first.AsMemory(0, read), key, hashes);

        await using var writer = context.Bodies.Create();
        using var cipher = key?.CipherOf(writer.Id);
        await WriteAsync(writer, cipher, first, cancelled);
        var size = read + await CopyAsync(body, writer, cipher, limit - read, hashes, cancelled);
        if (size > limit) throw S3Errors.EntityTooLarge(size, limit);
        await writer.CompleteAsync(cancelled);
        return new(context.Bodies, writer.Id, default, size, hashes.Finish());
    }

    private static async ValueTask<ReceivedBody> ReceiveInlineAsync(ServiceContext context, Stream body, int length, CustomerKey? key, BodyHashes hashes, CancellationToken cancelled)
    {
        var bytes = new byte[length + 1]; // the last byte shows a body that is longer than declared, and has its end read
        var size = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancelled);
        if (size != length) throw S3Errors.IncompleteBody();
        var content = bytes.AsMemory(0, size);
        hashes.Append(content.Span);
        return Inline(context, content, key, hashes);
    }

    private static ReceivedBody Inline(ServiceContext context, Memory<byte> content, CustomerKey? key, BodyHashes hashes)
    {
        if (content.IsEmpty) return new(context.Bodies, null, content, 0, hashes.Finish());
        var id = BodyStore.NewInlineId(context.Ids);
        using var cipher = key?.CipherOf(id);
        cipher?.Apply(content.Span, 0);
        return new(context.Bodies, id, content, content.Length, hashes.Finish());
    }

    /// <summary>Reads, hashes and writes at once: while a buffer is hashed on another thread and written, the next one is read.</summary>
    private static async ValueTask<long> CopyAsync(Stream body, BodyWriter writer, BodyCipher? cipher, long length, BodyHashes hashes, CancellationToken cancelled)
    {
        var bufferSize = (int)Math.Min(S3Limits.CopyBufferBytes, length + 1);
        var filling = ArrayPool<byte>.Shared.Rent(bufferSize);
        var full = ArrayPool<byte>.Shared.Rent(bufferSize);
        var hashing = Task.CompletedTask;
        try
        {
            var size = 0L;
            while (true)
            {
                var read = await body.ReadAtLeastAsync(filling.AsMemory(0, bufferSize), bufferSize, throwOnEndOfStream: false, cancelled);
                await hashing;
                if (read == 0) return size;
                size += read;
                if (size > length) return size;
                (filling, full) = (full, filling);
                var bytes = full.AsMemory(0, read);
                hashing = Task.Run(() => hashes.Append(bytes.Span), CancellationToken.None);
                await WriteAsync(writer, cipher, bytes, cancelled);
                if (read < bufferSize)
                {
                    await hashing;
                    return size;
                }
            }
        }
        finally
        {
            await hashing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it may still read its buffer
            ArrayPool<byte>.Shared.Return(filling);
            ArrayPool<byte>.Shared.Return(full);
        }
    }

    private static async ValueTask WriteAsync(BodyWriter writer, BodyCipher? cipher, ReadOnlyMemory<byte> bytes, CancellationToken cancelled)
    {
        if (cipher is null)
        {
            await writer.WriteAsync(bytes, cancelled);
            return;
        }
        var encrypted = ArrayPool<byte>.Shared.Rent(bytes.Length); // the bytes themselves are being hashed
        try
        {
            bytes.CopyTo(encrypted);
            cipher.Apply(encrypted.AsSpan(0, bytes.Length), writer.Length);
            await writer.WriteAsync(encrypted.AsMemory(0, bytes.Length), cancelled);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(encrypted);
        }
    }

    /// <summary>The bytes as they are kept.</summary>
    public Stream OpenRead() => Id is not null && BodyStore.IsFile(Id) ? _files.OpenRead(Id, 0) : new MemoryStream(_inline.ToArray(), writable: false);

    /// <summary>Adds the body's row to the transaction that adds the row of its object.</summary>
    public void AddTo(IWriteTransaction tx)
    {
        if (Id is null) return;
        if (BodyStore.IsFile(Id)) BodyStore.AddFile(tx, Id);
        else BodyStore.Add(tx, Id, new BodyRow(1) { Inline = _inline });
    }

    /// <summary>The transaction has committed: the body stays.</summary>
    public void Keep() => _kept = true;

    public void Dispose()
    {
        if (!_kept && Id is not null && BodyStore.IsFile(Id)) _files.Delete(Id);
    }

    /// <summary>Compares with Content-MD5, decoded.</summary>
    public bool HasMd5(byte[] expected) => Hashes.Md5.AsSpan().SequenceEqual(expected);
}
