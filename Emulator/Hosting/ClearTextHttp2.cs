using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Emulator.Hosting;

/// <summary>Lets one port speak HTTP/1.1 and HTTP/2 in clear text: who begins with HTTP/2's preface is taken at its word.</summary>
/// <remarks>Kestrel chooses HTTP/2 beside HTTP/1.1 only where TLS negotiated it; so a connection that shows the preface is marked as if it had. Its requests then look like https, which the pipeline does not believe.</remarks>
internal static class ClearTextHttp2
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0"u8;

    public static ConnectionDelegate Detect(ConnectionDelegate next) => async connection =>
    {
        if (await BeginsWithPrefaceAsync(connection))
        {
            var marked = new Marked();
            connection.Features.Set<ITlsConnectionFeature>(marked);
            connection.Features.Set<ITlsApplicationProtocolFeature>(marked);
        }
        await next(connection);
    };

    private static async ValueTask<bool> BeginsWithPrefaceAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            // Not cancelled by a close: who sends a request and closes at once is still answered for what was sent.
            var read = await input.ReadAsync();
            var seen = Compare(read.Buffer);
            // What was looked at is not consumed; more is waited for only while it may still become the preface.
            input.AdvanceTo(read.Buffer.Start, seen is null && !read.IsCompleted ? read.Buffer.End : read.Buffer.Start);
            if (seen is not null || read.IsCompleted) return seen ?? false;
        }
    }

    /// <summary>null while there is too little to tell.</summary>
    private static bool? Compare(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(buffer.Length, Preface.Length)];
        buffer.Slice(0, start.Length).CopyTo(start);
        if (!Preface.StartsWith(start)) return false;
        return start.Length == Preface.Length ? true : null;
    }

    private sealed class Marked : ITlsConnectionFeature, ITlsApplicationProtocolFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();

        public X509Certificate2? ClientCertificate { get => null; set => throw new NotSupportedException(); }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }
}
