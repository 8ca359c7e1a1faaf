using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Emulator.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NUnit.Framework;

namespace Emulator.Tests.Hosting;

/// <summary>What the transport without a port must do as a socket does it.</summary>
[Source("https://learn.microsoft.com/dotnet/api/system.net.http.httpmessagehandler")]
internal sealed class InMemoryHandlerTests
{
    [TestCase("http://bucket.s3.eu-west-1.amazonaws.com/a%2Fb/../c//d%20e?x=%2B&y", "/a%2Fb/../c//d%20e?x=%2B&y")]
    [TestCase("https://localhost/%ED%95%9C%EA%B8%80", "/%ED%95%9C%EA%B8%80")]
    public async Task The_target_arrives_as_the_client_wrote_it(string uri, string target)
    {
        using var client = Client(async http => await http.Response.WriteAsync(http.Features.Get<IHttpRequestFeature>()!.RawTarget + " " + http.Request.Host));
        var raw = new Uri(uri, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        Assert.That(await client.GetStringAsync(raw), Is.EqualTo($"{target} {raw.Host}"));
    }

    [Test]
    public async Task Headers_status_and_trailers_arrive()
    {
        using var client = Client(async http =>
        {
            http.Response.StatusCode = 418;
            http.Response.Headers["X-Echo"] = http.Request.Headers["X-Ask"];
            http.Response.ContentType = http.Request.ContentType;
            http.Response.Headers.LastModified = "Mon, 12 Oct 2026 10:00:00 GMT";
            await http.Response.WriteAsync("tea");
            http.Response.AppendTrailer("X-Sum", "3");
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/") { Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Ask", ["a", "b"]);
        using var response = await client.SendAsync(request);
        Assert.Multiple(async () =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(418));
            Assert.That(response.Headers.GetValues("X-Echo"), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/x-amz-json-1.0"));
            Assert.That(response.Content.Headers.LastModified, Is.EqualTo(new DateTimeOffset(2026, 10, 12, 10, 0, 0, TimeSpan.Zero)));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("tea"));
            Assert.That(response.TrailingHeaders.GetValues("X-Sum"), Is.EqualTo(new[] { "3" }));
        });
    }

    [Test]
    public async Task A_header_without_a_value_arrives()
    {
        using var client = Client(http => http.Response.WriteAsync($"{http.Request.Headers.ContainsKey("x-amz-meta-a")} {http.Request.Headers.ContainsKey("Content-Language")}"));
        using var request = new HttpRequestMessage(HttpMethod.Put, "http://localhost/") { Content = new ByteArrayContent([]) };
        request.Headers.TryAddWithoutValidation("x-amz-meta-a", "");
        request.Content.Headers.TryAddWithoutValidation("Content-Language", "");
        using var response = await client.SendAsync(request);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("True True"));
    }

    [Test]
    public async Task A_body_streams_in_while_the_answer_streams_out()
    {
        using var client = Client(http => http.Request.Body.CopyToAsync(http.Response.Body));
        var gate = new TaskCompletionSource();
        using var request = new HttpRequestMessage(HttpMethod.Put, "http://localhost/") { Content = new GatedContent(gate.Task) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[100];
        Assert.That(await body.ReadAsync(buffer), Is.EqualTo(5)); // the first half is there although the second is not sent
        gate.SetResult();
        Assert.That(await new StreamReader(body).ReadToEndAsync(), Is.EqualTo("world"));
    }

    [Test]
    public async Task A_large_answer_waits_for_its_reader()
    {
        var written = 0L;
        using var client = Client(async http =>
        {
            var block = new byte[64 * 1024];
            for (var i = 0; i < 1024; i++)
            {
                await http.Response.Body.WriteAsync(block);
                Interlocked.Add(ref written, block.Length);
            }
        });
        using var response = await client.GetAsync("http://localhost/", HttpCompletionOption.ResponseHeadersRead);
        Assert.That(Interlocked.Read(ref written), Is.LessThan(4 * 1024 * 1024));
        Assert.That((await response.Content.ReadAsByteArrayAsync()).LongLength, Is.EqualTo(64L * 1024 * 1024));
    }

    [Test]
    public async Task A_reader_that_stops_early_aborts_the_request()
    {
        var aborted = new TaskCompletionSource();
        using var client = Client(async http =>
        {
            http.RequestAborted.Register(aborted.SetResult);
            var block = new byte[64 * 1024];
            while (true) await http.Response.Body.WriteAsync(block, http.RequestAborted);
        });
        (await client.GetAsync("http://localhost/", HttpCompletionOption.ResponseHeadersRead)).Dispose();
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task Cancelling_the_client_cancels_the_request()
    {
        var aborted = new TaskCompletionSource();
        using var client = Client(async http =>
        {
            http.RequestAborted.Register(aborted.SetResult);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var cancel = new CancellationTokenSource();
        var call = client.GetAsync("http://localhost/", cancel.Token);
        await cancel.CancelAsync();
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public void A_pipeline_that_fails_breaks_the_connection_and_nothing_else()
    {
        using var client = Client(_ => throw new InvalidOperationException("a bug"));
        Assert.That(async () => await client.GetAsync("http://localhost/"), Throws.TypeOf<HttpRequestException>());
    }

    [Test]
    public async Task A_head_declares_the_length_of_what_it_does_not_send()
    {
        using var client = Client(http =>
        {
            http.Response.ContentLength = 12345;
            return Task.CompletedTask;
        });
        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "http://localhost/"));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(12345));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_length_of_a_body_is_declared_where_it_is_known()
    {
        using var client = Client(http => http.Response.WriteAsync(http.Request.ContentLength?.ToString() ?? "unknown"));
        using var known = await client.PostAsync("http://localhost/", new StreamContent(new MemoryStream(new byte[7])));
        using var unknown = await client.PostAsync("http://localhost/", new GatedContent(Task.CompletedTask));
        Assert.That(await known.Content.ReadAsStringAsync(), Is.EqualTo("7"));
        Assert.That(await unknown.Content.ReadAsStringAsync(), Is.EqualTo("unknown"));
    }

    private static HttpClient Client(RequestDelegate pipeline) => new(new InMemoryHandler(http => pipeline(http)));

    /// <summary>"hello", and "world" when the gate opens; its length is not known before.</summary>
    private sealed class GatedContent : HttpContent
    {
        private readonly Task _gate;

        public GatedContent(Task gate)
        {
            _gate = gate;
            Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("hello"u8.ToArray());
            await stream.FlushAsync();
            await _gate;
            await stream.WriteAsync("world"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
