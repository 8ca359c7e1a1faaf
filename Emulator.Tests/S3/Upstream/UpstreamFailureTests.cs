using System.Net;
using System.Net.Sockets;
using Emulator.Configuration;
using Emulator.Protocols;
using Emulator.S3.Upstream;
using NUnit.Framework;

namespace Emulator.Tests.S3.Upstream;

/// <summary>A server that fails: its clients get a 503 with the cause, and everything else goes on.</summary>
internal sealed class UpstreamFailureTests
{
    [Test]
    public async Task Nobody_listens() => await FailsAsync(UnusedPort(), "Connection refused");

    [Test]
    public async Task Its_name_is_unknown() => await FailsAsync("http://upstream.invalid", "", name: "http://upstream.invalid");

    [Test]
    public async Task It_speaks_something_else()
    {
        await using var server = new StubServer("220 mail.example.com ESMTP\n");
        await FailsAsync(server.Port, "invalid");
    }

    [Test]
    public async Task It_ends_the_connection()
    {
        await using var server = new StubServer("");
        await FailsAsync(server.Port, "ended prematurely");
    }

    [TestCase("502 Bad Gateway", "<html>nginx</html>", "it answers 502 without an error of S3")]
    [TestCase("301 Moved Permanently\nx-amz-bucket-region: eu-west-1", "<Error><Code>PermanentRedirect</Code></Error>", "it answers 301 and redirects to eu-west-1")]
    [TestCase("307 Temporary Redirect\nLocation: http://other.example.com/", "", "it answers 307 and redirects to http://other.example.com/")]
    [TestCase("403 Forbidden", "<Error><Code>InvalidAccessKeyId</Code><Message>No such key.</Message></Error>", "it refuses the configured credentials with InvalidAccessKeyId: No such key.")]
    [TestCase("400 Bad Request", "<Error><Code>AuthorizationHeaderMalformed</Code><Message>M</Message></Error>", "it refuses the configured credentials with AuthorizationHeaderMalformed: M")]
    public async Task It_answers_what_no_client_could_use(string status, string body, string cause)
    {
        await using var server = new StubServer($"HTTP/1.1 {status}\nContent-Length: {body.Length}\n\n{body}");
        await FailsAsync(server.Port, cause);
    }

    [Test]
    public async Task Its_own_errors_are_not_failures()
    {
        const string error = "<Error><Code>SlowDown</Code><Message>Please reduce.</Message><X>1</X></Error>";
        await using var server = new StubServer($"HTTP/1.1 503 Slow Down\nRetry-After: 7\nContent-Length: {error.Length}\n\n{error}");
        await using var aws = await StartAsync($"http://127.0.0.1:{server.Port}");
        using var response = await GetAsync(aws);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(body, Does.Contain("<Code>SlowDown</Code><Message>Please reduce.</Message><X>1</X><RequestId>"));
            Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(7)));
        });
    }

    [Test]
    public async Task Other_buckets_are_not_touched()
    {
        await using var aws = await StartAsync(UnusedPort());
        using var http = aws.CreateHttpClient();
        Assert.Multiple(async () =>
        {
            Assert.That((await http.GetAsync("/upstream/key")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That((await http.PutAsync("/local/key", new StringContent("x"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(aws.Journal.Entries.Single(entry => entry.ErrorCode is not null), Has.Property("ErrorCode").EqualTo("ServiceUnavailable").And.Property("StatusCode").EqualTo(503));
        });
    }

    [Test]
    public async Task An_answer_that_breaks_off_breaks_off_here_too([Values] bool atOnce)
    {
        await using var server = new StubServer($"HTTP/1.1 200 OK\nContent-Length: 1000000\n\n{(atOnce ? "" : new string('x', 200_000))}");
        await using var aws = await StartAsync($"http://127.0.0.1:{server.Port}");
        var uri = await aws.ListenAsync();
        using var http = new HttpClient { BaseAddress = uri };
        using var response = await http.GetAsync("/upstream/key", HttpCompletionOption.ResponseHeadersRead);
        // Before the first byte the failure can still be told.
        Assert.That(response.StatusCode, Is.EqualTo(atOnce ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
        if (atOnce) Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("ended prematurely"));
        else Assert.That(response.Content.ReadAsByteArrayAsync, Throws.InstanceOf<HttpRequestException>());
        Assert.That(aws.Journal.Entries.Single(), Has.Property("ErrorCode").EqualTo("ServiceUnavailable"));
    }

    [Test]
    public async Task Silence_is_not_waited_for_beyond_the_timeout([Values("headers", "body", "upload")] string what)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silent = new StubServer(async (_, connection, cancelled) =>
        {
            if (what == "body") await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"u8.ToArray(), cancelled);
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
        });
        var clock = new EmulatorClock();
        using var server = new UpstreamServer(new UpstreamConfig(new Uri($"http://127.0.0.1:{silent.Port}")) { Timeout = TimeSpan.FromSeconds(30) }, clock);
        var body = what == "upload" ? UpstreamBody.Of(new MemoryStream(new byte[32 << 20]), 32 << 20) : null;
        var asked = AskAsync();
        await reached.Task;
        // The timer is set anew with each piece: the time is moved until the wait is over.
        while (!asked.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
        }
        Assert.That(() => asked, Throws.TypeOf<AwsException>().With.Message.EndsWith("failed: it kept silent for 30 seconds"));

        async Task AskAsync()
        {
            using var answer = await server.SendAsync(new(what == "upload" ? "PUT" : "GET", "b", "k", "") { Body = body }, CancellationToken.None);
            await answer.ReadAllAsync(CancellationToken.None);
        }
    }

    [Test]
    public async Task A_client_that_goes_ends_the_servers_work()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silent = new StubServer(async (_, connection, cancelled) =>
        {
            reached.SetResult();
            try
            {
                if (await connection.ReadAsync(new byte[1], cancelled) == 0) ended.SetResult();
            }
            catch (IOException)
            {
                ended.SetResult();
            }
        });
        await using var aws = await StartAsync($"http://127.0.0.1:{silent.Port}");
        using var http = aws.CreateHttpClient();
        using var going = new CancellationTokenSource();
        var get = http.GetAsync("/upstream/key", going.Token);
        await reached.Task;
        await going.CancelAsync();
        Assert.That(() => get, Throws.InstanceOf<OperationCanceledException>());
        await ended.Task;
    }

    [Test]
    public async Task A_server_that_is_the_emulator_itself_is_refused()
    {
        var port = UnusedPort();
        await using var aws = await StartAsync(port);
        await aws.ListenAsync(port);
        using var response = await GetAsync(aws);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(body, Does.Contain($"The upstream http://127.0.0.1:{port} of the bucket upstream leads back to this emulator."));
            Assert.That(aws.Journal.Count, Is.EqualTo(2));
        });
    }

    private static async Task FailsAsync(int port, string cause) => await FailsAsync($"http://127.0.0.1:{port}", cause);

    private static async Task FailsAsync(string endpoint, string cause, string? name = null)
    {
        await using var aws = await StartAsync(endpoint);
        using var response = await GetAsync(aws);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(body, Does.Contain($"<Code>ServiceUnavailable</Code><Message>The upstream {endpoint} failed: ").And.Contain(cause));
        });
    }

    private static Task<AwsEmulator> StartAsync(int port) => StartAsync($"http://127.0.0.1:{port}");

    private static Task<AwsEmulator> StartAsync(string endpoint) => AwsEmulator.StartAsync(options =>
    {
        options.Log = TestContext.Out.WriteLine;
        options.Configuration = $"s3: {{ buckets: {{ local: {{ }}, upstream: {{ upstream: {{ endpoint: '{endpoint}' }} }} }} }}";
    });

    private static async Task<HttpResponseMessage> GetAsync(AwsEmulator aws)
    {
        using var http = aws.CreateHttpClient();
        return await http.GetAsync("/upstream/key");
    }

    private static int UnusedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
