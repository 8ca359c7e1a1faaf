using System.Buffers;
using Emulator.Protocols;
using Emulator.SigV4;

namespace Emulator.S3.Upstream;

/// <summary>What another server answered: status and headers, and the body as it comes.</summary>
internal sealed class UpstreamAnswer(UpstreamServer server, HttpResponseMessage message, Patience patience, bool hasBody) : IDisposable
{
    /// <summary>The longest document that is read whole: a list of 1,000 keys of 1,024 bytes, each byte perhaps escaped, with room to spare.</summary>
    private const int DocumentBytes = 32 << 20;

    private const int BufferBytes = 64 * 1024;

    public UpstreamServer Server => server;

    public int StatusCode => (int)message.StatusCode;

    public bool HasBody => hasBody;

    public string? Header(string name) =>
        message.Headers.NonValidated.TryGetValues(name, out var values) || message.Content.Headers.NonValidated.TryGetValues(name, out values) ? string.Join(',', values) : null;

    public string? ETag => Header("ETag")?.Trim('"');

    /// <summary>The headers that concern the client; the request's ids are the emulator's own.</summary>
    public void AddHeadersTo(Reply reply)
    {
        foreach (var (name, values) in message.Headers.NonValidated.Concat(message.Content.Headers.NonValidated))
        {
            if (!IsHandedBack(name)) continue;
            foreach (var value in values) reply.Header(name, value);
        }
        reply.ContentType = Header("Content-Type");
        reply.Header("x-emulator-upstream-request-id", Header("x-amz-request-id"));
    }

    /// <summary>A document, read whole.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(CancellationToken cancelled)
    {
        var content = new ArrayBufferWriter<byte>();
        if (!hasBody) return content.WrittenMemory;
        var body = await message.Content.ReadAsStreamAsync(cancelled);
        while (await ReadAsync(body, content.GetMemory(BufferBytes), cancelled) is > 0 and var read)
        {
            content.Advance(read);
            if (content.WrittenCount > DocumentBytes) throw UpstreamErrors.Unavailable(server.Endpoint, $"its answer is longer than {DocumentBytes} bytes");
        }
        return content.WrittenMemory;
    }

    /// <summary>The answer with its body as a stream. The first bytes are awaited: until then a failure can still be told.</summary>
    public async ValueTask<Reply> ToReplyAsync(CancellationToken cancelled)
    {
        var reply = Reply.Empty(StatusCode);
        AddHeadersTo(reply);
        reply.ContentLength = Length;
        if (!hasBody || reply.ContentLength == 0)
        {
            Dispose();
            return reply;
        }
        var body = await message.Content.ReadAsStreamAsync(cancelled);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var first = await ReadAsync(body, buffer, cancelled);
        reply.StreamContent = async (destination, cancelled) =>
        {
            using (this)
            {
                for (var read = first; read > 0; read = await ReadAsync(body, buffer, cancelled)) await destination.WriteAsync(buffer.AsMemory(0, read), cancelled);
                ArrayPool<byte>.Shared.Return(buffer);
            }
        };
        return reply;
    }

    public long? Length => message.Content.Headers.ContentLength;

    /// <summary>The body, to be read on; to dispose of it is to dispose of the answer.</summary>
    public async ValueTask<Stream> OpenAsync(CancellationToken cancelled) => new Body(this, hasBody ? await message.Content.ReadAsStreamAsync(cancelled) : Stream.Null);

    private sealed class Body(UpstreamAnswer answer, Stream raw) : PayloadStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => answer.ReadAsync(raw, buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing) answer.Dispose();
            base.Dispose(disposing);
        }
    }

    private async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancelled)
    {
        patience.Begin();
        try
        {
            return await body.ReadAsync(buffer, patience.Token);
        }
        catch (Exception error) when (server.Translate(error, patience, cancelled) is { } translated)
        {
            throw translated;
        }
        finally
        {
            patience.Pause();
        }
    }

    private static bool IsHandedBack(string header) => header.ToLowerInvariant() switch
    {
        "x-amz-request-id" or "x-amz-id-2" => false,
        "accept-ranges" or "allow" or "cache-control" or "content-disposition" or "content-encoding" or "content-language" or "content-range" => true,
        "etag" or "expires" or "last-modified" or "location" or "retry-after" or "vary" => true,
        var name => name.StartsWith("x-amz-", StringComparison.Ordinal) || name.StartsWith("access-control-", StringComparison.Ordinal),
    };

    public void Dispose()
    {
        message.Dispose();
        patience.Dispose();
    }
}
