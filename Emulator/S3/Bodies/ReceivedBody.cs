using System.Buffers;
using Emulator.Integration;
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
    /// <param name="declared">The length; null where only the end tells it.</param>
    public static async ValueTask<ReceivedBody> ReceiveAsync(ServiceContext context, Stream body, long? declared, long limit, CancellationToken cancelled, params ChecksumAlgorithm[] algorithms)
    {
        if (declared > limit) throw S3Errors.EntityTooLarge(declared.Value, limit);
        using var hashes = new BodyHashes(algorithms);
        if (declared is not { } length) return await ReceiveUndeclaredAsync(context, body, limit, hashes, cancelled);
        if (length <= S3Limits.InlineBodyBytes) return await ReceiveInlineAsync(context, body, (int)length, hashes, cancelled);

        await using var writer = context.Bodies.Create();
        var size = await CopyAsync(body, writer, length, hashes, cancelled);
        if (size != length) throw S3Errors.IncompleteBody();
        await writer.CompleteAsync(cancelled);
        return new(context.Bodies, writer.Id, default, size, hashes.Finish());
    }

    private static async ValueTask<ReceivedBody> ReceiveUndeclaredAsync(ServiceContext context, Stream body, long limit, BodyHashes hashes, CancellationToken cancelled)
    {
        var first = new byte[S3Limits.InlineBodyBytes + 1];
        var read = await body.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancelled);
        if (read > limit) throw S3Errors.EntityTooLarge(read, limit);
        hashes.Append(first.AsSpan(0, read));
        if (read < first.Length) return new(context.Bodies, read == 0 ? null : BodyStore.NewInlineId(context.Ids), first.AsMemory(0, read), read, hashes.Finish());

        await using var writer = context.Bodies.Create();
        await writer.WriteAsync(first, cancelled);
        var size = read + await CopyAsync(body, writer, limit - read, hashes, cancelled);
        if (size > limit) throw S3Errors.EntityTooLarge(size, limit);
        await writer.CompleteAsync(cancelled);
        return new(context.Bodies, writer.Id, default, size, hashes.Finish());
    }

    private static async ValueTask<ReceivedBody> ReceiveInlineAsync(ServiceContext context, Stream body, int length, BodyHashes hashes, CancellationToken cancelled)
    {
        var bytes = new byte[length + 1]; // the last byte shows a body that is longer than declared, and has its end read
        var size = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancelled);
        if (size != length) throw S3Errors.IncompleteBody();
        var content = bytes.AsMemory(0, size);
        hashes.Append(content.Span);
        return new(context.Bodies, size == 0 ? null : BodyStore.NewInlineId(context.Ids), content, size, hashes.Finish());
    }

    /// <summary>Reads, hashes and writes at once: while a buffer is hashed on another thread and written, the next one is read.</summary>
    private static async ValueTask<long> CopyAsync(Stream body, BodyWriter writer, long length, BodyHashes hashes, CancellationToken cancelled)
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
                await writer.WriteAsync(bytes, cancelled);
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
