using System.Diagnostics;
using System.Net;
using System.Runtime.ExceptionServices;
using System.Text;
using Emulator.Configuration;
using Emulator.Protocols;
using Emulator.SigV4;

namespace Emulator.S3.Upstream;

/// <summary>Another server that speaks S3, and the connections to it.</summary>
/// <param name="clock">The machine's: signatures and silence are between machines.</param>
internal sealed class UpstreamServer(UpstreamConfig config, TimeProvider clock) : IDisposable
{
    /// <summary>More requests wait for a connection that becomes free.</summary>
    private const int Connections = 256;

    private const string UnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private const string Sha256OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly SigningCredentials? _credentials = config is { AccessKeyId: { } id, SecretAccessKey: { } secret } ? new(id, secret, config.SessionToken) : null;
    private HttpMessageInvoker? _http;

    public Uri Endpoint => config.Endpoint;

    public bool TakesTrailers => config.TakesTrailers;

    /// <summary>The answer, once its headers are there; whoever gets it disposes of it.</summary>
    /// <exception cref="AwsException">503 with its cause where there is none.</exception>
    public async ValueTask<UpstreamAnswer> SendAsync(UpstreamRequest request, CancellationToken cancelled)
    {
        var patience = new Patience(config.Timeout, clock, cancelled);
        try
        {
            using var message = Signed(request, patience);
            patience.Begin();
            var answer = await Http.SendAsync(message, patience.Token);
            patience.Pause();
            return new(this, answer, patience, hasBody: request.Method != "HEAD" && answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified));
        }
        catch (Exception error)
        {
            var translated = Translate(error, patience, cancelled);
            patience.Dispose();
            if (request.Body?.Failure is { } ours) ExceptionDispatchInfo.Throw(ours); // the client's fault, or its end
            if (translated is null) throw;
            throw translated;
        }
    }

    /// <summary>What clients are told of a failure on the way; null for one that is not the server's.</summary>
    public AwsException? Translate(Exception error, Patience patience, CancellationToken cancelled)
    {
        if (cancelled.IsCancellationRequested) return null;
        if (patience.IsOver) return UpstreamErrors.Unavailable(Endpoint, $"it kept silent for {patience.Limit.TotalSeconds:0} seconds");
        return error is HttpRequestException or IOException ? UpstreamErrors.Unavailable(Endpoint, UpstreamErrors.CauseOf(error)) : null;
    }

    private HttpMessageInvoker Http => LazyInitializer.EnsureInitialized(ref _http, static () => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        MaxConnectionsPerServer = Connections,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // names may come to mean other addresses
        // Not null: RefuseRealAws listens to what it reports.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    }));

    private HttpRequestMessage Signed(UpstreamRequest request, Patience patience)
    {
        var path = PathOf(request);
        var signed = new RestRequest
        {
            Method = request.Method,
            RawPath = path,
            SignedPath = path,
            RawQuery = request.Query,
            Query = [],
            Headers = request.Headers,
            Host = HostOf(request),
            Body = Stream.Null,
        };
        var framed = request.Body is { TrailerName: not null };
        if (framed) Frame(request);
        var hash = framed ? UnsignedTrailer : request.Body is null ? Sha256OfNothing : request.Body.Sha256 ?? "UNSIGNED-PAYLOAD";
        if (_credentials is not null && request.Method != "OPTIONS") RequestSigner.SignS3(signed, _credentials, config.Region!, clock.GetUtcNow(), hash);
        else if (framed) request.Headers["x-amz-content-sha256"] = UnsignedTrailer;
        return Message(request, signed, patience);
    }

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html</summary>
    private static void Frame(UpstreamRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        request.Headers.ContentEncoding = encoding.Length == 0 ? "aws-chunked" : $"aws-chunked,{encoding}";
        request.Headers["x-amz-trailer"] = request.Body!.TrailerName;
        request.Headers["x-amz-decoded-content-length"] = request.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private HttpRequestMessage Message(UpstreamRequest request, RestRequest signed, Patience patience)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), AddressOf(request))
        {
            Content = request.Body is null ? null : new UploadContent(request.Body, patience),
        };
        foreach (var (name, value) in signed.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value.ToString())) message.Content?.Headers.TryAddWithoutValidation(name, value.ToString());
        }
        if (request.AwaitsContinue) message.Headers.ExpectContinue = true;
        return message;
    }

    /// <summary>Where a request goes, to the letter: keys are not paths whose dots mean something.</summary>
    public Uri AddressOf(UpstreamRequest request) => new(
        $"{config.Endpoint.Scheme}://{HostOf(request)}{PathOf(request)}{(request.Query.Length > 0 ? "?" : "")}{request.Query}",
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private string HostOf(UpstreamRequest request) => config.HasVirtualHosts && request.Bucket.Length > 0 ? $"{request.Bucket}.{config.Endpoint.Authority}" : config.Endpoint.Authority;

    private string PathOf(UpstreamRequest request)
    {
        var key = string.Join('/', request.Key.Split('/').Select(Uri.EscapeDataString));
        return config.HasVirtualHosts || request.Bucket.Length == 0 ? $"/{key}" : key.Length == 0 ? $"/{request.Bucket}" : $"/{request.Bucket}/{key}";
    }

    public void Dispose() => _http?.Dispose();
}
