using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Emulator.Hosting;

/// <summary>The transport without a port: an <see cref="HttpMessageHandler"/> that hands each request to the pipeline, whatever host it names.</summary>
/// <remarks>Bodies stream both ways. The raw target is kept as the client wrote it, since S3 keys and signatures depend on it.</remarks>
internal sealed class InMemoryHandler(Func<HttpContext, Task> pipeline) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = new InMemoryExchange(request, await OpenBodyAsync(request.Content, cancellationToken), cancellationToken);
        _ = RunAsync(exchange);
        return exchange.Response.IsCompleted ? await exchange.Response : await exchange.Response.WaitAsync(cancellationToken);
    }

    private async Task RunAsync(InMemoryExchange exchange)
    {
        try
        {
            await pipeline(exchange.Http);
            await exchange.CompleteAsync();
        }
        catch (Exception failure)
        {
            await exchange.AbortAsync(failure);
        }
    }

    /// <summary>The body as a stream, without a copy where the content has one, else as it is written.</summary>
    private static async ValueTask<Stream> OpenBodyAsync(HttpContent? content, CancellationToken cancelled)
    {
        if (content is null) return Stream.Null;
        if (content is ByteArrayContent or ReadOnlyMemoryContent or StreamContent) return await content.ReadAsStreamAsync(cancelled);
        var pipe = new Pipe();
        _ = PumpAsync(content, pipe.Writer, cancelled);
        return pipe.Reader.AsStream();
    }

    private static async Task PumpAsync(HttpContent content, PipeWriter writer, CancellationToken cancelled)
    {
        try
        {
            await content.CopyToAsync(writer.AsStream(leaveOpen: true), cancelled);
            await writer.CompleteAsync();
        }
        catch (Exception failure)
        {
            await writer.CompleteAsync(failure);
        }
    }
}

/// <summary>One request and its response: the features that ASP.NET Core's HttpContext stands on.</summary>
internal sealed class InMemoryExchange : IHttpRequestFeature, IHttpResponseFeature, IHttpResponseBodyFeature, IHttpRequestLifetimeFeature, IHttpRequestBodyDetectionFeature, IHttpResponseTrailersFeature
{
    // Beyond this much unread body the writer waits for the reader.
    private const int PauseBytes = 1 << 20;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: PauseBytes, resumeWriterThreshold: PauseBytes / 2, useSynchronizationContext: false));
    private readonly TaskCompletionSource<HttpResponseMessage> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _aborted;
    private readonly HttpRequestMessage _request;
    private HttpResponseMessage? _message;
    private readonly TrailingWriter _writer;
    private List<(Func<object, Task> Callback, object State)>? _onStarting;
    private List<(Func<object, Task> Callback, object State)>? _onCompleted;
    private Stream? _stream;

    public InMemoryExchange(HttpRequestMessage request, Stream body, CancellationToken cancelled)
    {
        _request = request;
        _aborted = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        RequestAborted = _aborted.Token;
        _writer = new TrailingWriter(this);
        var uri = request.RequestUri!;
        Method = request.Method.Method;
        Scheme = uri.Scheme;
        RawTarget = uri.PathAndQuery;
        Path = RawTarget;
        RequestHeaders = ReadHeaders(request, uri);
        Body = body;
        CanHaveBody = request.Content is not null;

        var features = new FeatureCollection(10);
        features.Set<IHttpRequestFeature>(this);
        features.Set<IHttpResponseFeature>(this);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpRequestLifetimeFeature>(this);
        features.Set<IHttpRequestBodyDetectionFeature>(this);
        features.Set<IHttpResponseTrailersFeature>(this);
        Http = new DefaultHttpContext(features);
    }

    public HttpContext Http { get; }

    /// <summary>Done when the response's headers are there.</summary>
    public Task<HttpResponseMessage> Response => _response.Task;

    // The request.
    public string Protocol { get; set; } = "HTTP/1.1";
    public string Scheme { get; set; }
    public string Method { get; set; }
    public string PathBase { get; set; } = "";
    public string Path { get; set; }
    public string QueryString { get; set; } = "";
    public string RawTarget { get; set; }
    public Stream Body { get; set; }
    public IHeaderDictionary RequestHeaders { get; set; }
    IHeaderDictionary IHttpRequestFeature.Headers { get => RequestHeaders; set => RequestHeaders = value; }
    public bool CanHaveBody { get; }

    // The response.
    public int StatusCode { get; set; } = 200;
    public string? ReasonPhrase { get; set; }
    public IHeaderDictionary ResponseHeaders { get; set; } = new HeaderDictionary();
    IHeaderDictionary IHttpResponseFeature.Headers { get => ResponseHeaders; set => ResponseHeaders = value; }
    Stream IHttpResponseFeature.Body { get => Stream; set => throw new NotSupportedException(); }
    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();
    public bool HasStarted { get; private set; }
    public Stream Stream => _stream ??= _writer.AsStream(leaveOpen: true);
    public PipeWriter Writer => _writer;

    public CancellationToken RequestAborted { get; }
    CancellationToken IHttpRequestLifetimeFeature.RequestAborted { get => RequestAborted; set => throw new NotSupportedException(); }

    public void Abort()
    {
        try
        {
            _aborted.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The exchange is over: there is nothing left to abort.
        }
    }

    public void OnStarting(Func<object, Task> callback, object state) => (_onStarting ??= []).Add((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => (_onCompleted ??= []).Add((callback, state));

    public void DisableBuffering() { }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    /// <summary>Fixes status and headers and gives the response to the client.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (HasStarted) return;
        HasStarted = true;
        if (_onStarting is not null)
        {
            for (var i = _onStarting.Count - 1; i >= 0; i--) await _onStarting[i].Callback(_onStarting[i].State);
        }
        var message = new HttpResponseMessage((HttpStatusCode)StatusCode) { RequestMessage = _request, Version = HttpVersion.Version11, ReasonPhrase = ReasonPhrase };
        var content = new StreamContent(new ResponseStream(this));
        foreach (var (name, values) in ResponseHeaders)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        message.Content = content;
        _message = message;
        _response.TrySetResult(message);
    }

    /// <summary>The pipeline has returned: what is written is all there will be.</summary>
    public async Task CompleteAsync()
    {
        await StartAsync();
        if (_message!.Content!.Headers.ContentLength is { } declared && _request.Method != HttpMethod.Head && _writer.WrittenBytes != declared)
        {
            throw new InvalidOperationException($"The response declared {declared} bytes and wrote {_writer.WrittenBytes}.");
        }
        foreach (var (name, values) in Trailers) _message!.TrailingHeaders.TryAddWithoutValidation(name, values.AsEnumerable());
        await _pipe.Writer.CompleteAsync();
        await FinishAsync();
    }

    public async Task AbortAsync(Exception failure)
    {
        var error = new HttpRequestException("The emulator ended the connection.", failure);
        if (RequestAborted.IsCancellationRequested) _response.TrySetCanceled(RequestAborted);
        else _response.TrySetException(error);
        await _pipe.Writer.CompleteAsync(error);
        await FinishAsync();
    }

    private async Task FinishAsync()
    {
        await Body.DisposeAsync();
        _aborted.Dispose();
        if (_onCompleted is null) return;
        for (var i = _onCompleted.Count - 1; i >= 0; i--) await _onCompleted[i].Callback(_onCompleted[i].State);
    }

    private static IHeaderDictionary ReadHeaders(HttpRequestMessage request, Uri uri)
    {
        IHeaderDictionary headers = new HeaderDictionary(16);
        foreach (var (name, values) in request.Headers.NonValidated) headers[name] = Join(values); // not Append, which drops a header without a value
        if (request.Content is { } content)
        {
            // Asking computes it, where the content knows its length before it is written.
            if (content.Headers.ContentLength is { } length) headers.ContentLength = length;
            foreach (var (name, values) in content.Headers.NonValidated) headers[name] = Join(values);
        }
        if (headers.Host.Count == 0) headers.Host = uri.IsDefaultPort ? uri.Host : uri.Authority;
        return headers;
    }

    private static string[] Join(System.Net.Http.Headers.HeaderStringValues values) => values.Count == 1 ? [values.ToString()] : [.. values];

    /// <summary>The pipe's writer; the first flush is what starts the response.</summary>
    private sealed class TrailingWriter(InMemoryExchange exchange) : PipeWriter
    {
        private PipeWriter Inner => exchange._pipe.Writer;

        public long WrittenBytes { get; private set; }

        public override void Advance(int bytes)
        {
            WrittenBytes += bytes;
            Inner.Advance(bytes);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => Inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => Inner.GetSpan(sizeHint);

        public override bool CanGetUnflushedBytes => true;

        public override long UnflushedBytes => Inner.UnflushedBytes;

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            await exchange.StartAsync(cancellationToken);
            var result = await Inner.FlushAsync(cancellationToken);
            // The client has closed the response: nobody reads on.
            if (result.IsCompleted && !exchange.RequestAborted.IsCancellationRequested) exchange.Abort();
            return result;
        }

        public override void CancelPendingFlush() => Inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) { }
    }

    /// <summary>The response's body as the client reads it; closing it early aborts the request.</summary>
    private sealed class ResponseStream(InMemoryExchange exchange) : Stream
    {
        private readonly Stream _inner = exchange._pipe.Reader.AsStream();

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);
        public override int Read(Span<byte> buffer) => _inner.Read(buffer);
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _inner.ReadAsync(buffer, cancellationToken);
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _inner.ReadAsync(buffer, offset, count, cancellationToken);
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => _inner.CopyToAsync(destination, bufferSize, cancellationToken);
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
