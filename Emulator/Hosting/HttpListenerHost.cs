using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Emulator.Hosting;

/// <summary>A port: Kestrel on the loopback address, HTTP/1.1 and HTTP/2 in clear text, in front of the pipeline.</summary>
/// <remarks>Kestrel is made directly, without the generic host, dependency injection or configuration: a third of the time to the first answer.</remarks>
internal sealed class HttpListenerHost : IAsyncDisposable
{
    private readonly KestrelServer _server;

    private HttpListenerHost(KestrelServer server, int port) => (_server, Port) = (server, port);

    public int Port { get; }

    public static async Task<HttpListenerHost> StartAsync(EmulatorHost host, int port, CancellationToken cancelled)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Limits.MaxRequestBodySize = null;               // each service has a limit of its own
        options.Limits.MaxRequestLineSize = 32 * 1024;
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        options.Limits.MaxRequestHeaderCount = 200;
        options.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8; // as requests are read: what S3 keeps of them goes back byte by byte
        options.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(20)); // S3 waits about as long for a body that does not come
        options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        options.AllowAlternateSchemes = true;                   // see ClearTextHttp2
        options.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.Use(ClearTextHttp2.Detect);
        });
        var server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        await server.StartAsync(new PipelineApplication(host.Pipeline), cancelled);
        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new HttpListenerHost(server, new Uri(address).Port);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        await _server.StopAsync(patience.Token);
        _server.Dispose();
    }

    /// <summary>Kestrel's view of the pipeline; a connection's HttpContext is used again for its next request.</summary>
    private sealed class PipelineApplication(RequestPipeline pipeline) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures)
        {
            if (contextFeatures is not IHostContextContainer<HttpContext> container) return new DefaultHttpContext(contextFeatures);
            if (container.HostContext is DefaultHttpContext used)
            {
                used.Initialize(contextFeatures);
                return used;
            }
            var context = new DefaultHttpContext(contextFeatures);
            container.HostContext = context;
            return context;
        }

        public Task ProcessRequestAsync(HttpContext context) => pipeline.HandleAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            if (context is DefaultHttpContext used) used.Uninitialize();
        }
    }
}
