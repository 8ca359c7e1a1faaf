using System.Buffers;
using System.Net;
using System.Text;

namespace Emulator.S3.Upstream;

/// <summary>A body on its way: a buffer at a time, framed where a trailer follows it.</summary>
internal sealed class UploadContent(UpstreamBody body, Patience patience) : HttpContent
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Servers bound the chunks that they take: MinIO at 16 MiB.</summary>
    private const int ChunkBytes = 1 << 20;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var sent = 0L;
            for (int read; (read = await ReadAsync(buffer, sent, cancellationToken)) > 0; sent += read)
            {
                if (body.TrailerName is not null && sent % ChunkBytes == 0) await WriteAsync(stream, Encoding.ASCII.GetBytes(ChunkHeader(sent)), cancellationToken);
                await WriteAsync(stream, buffer.AsMemory(0, read), cancellationToken);
            }
            if (body.TrailerName is not null) await WriteAsync(stream, Encoding.ASCII.GetBytes(Trailer(body.TrailerValue!)), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads what the client sends, and no further than the chunk's end; its end verifies it.</summary>
    private async ValueTask<int> ReadAsync(byte[] buffer, long sent, CancellationToken cancelled)
    {
        patience.Pause();
        try
        {
            return await body.Content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferBytes, ChunkBytes - (sent % ChunkBytes))), cancelled);
        }
        catch (Exception failure) when (!patience.IsOver)
        {
            body.Failure = failure;
            throw;
        }
        finally
        {
            patience.Begin();
        }
    }

    private async ValueTask WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancelled)
    {
        patience.Begin();
        await stream.WriteAsync(bytes, cancelled);
    }

    private string ChunkHeader(long sent) => $"{(sent == 0 ? "" : "\r\n")}{Math.Min(ChunkBytes, body.Length - sent):x}\r\n";

    private string Trailer(string value) => $"{(body.Length == 0 ? "" : "\r\n")}0\r\n{body.TrailerName}:{value}\r\n\r\n";

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        if (body.TrailerName is null) return true;
        for (var sent = 0L; sent < body.Length; sent += ChunkBytes) length += ChunkHeader(sent).Length;
        length += Trailer("").Length + body.TrailerValueLength;
        return true;
    }
}
