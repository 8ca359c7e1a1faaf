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
    public async Task What_it_refuses_at_once_is_not_uploaded()
    {
        const string error = "<Error><Code>AccessDenied</Code><Message>Not for you.</Message></Error>";
        await using var server = new StubServer($"HTTP/1.1 403 Forbidden\nContent-Length: {error.Length}\n\n{error}");
        await using var aws = await StartAsync($"http://127.0.0.1:{server.Port}");
        using var http = new HttpClient { BaseAddress = await aws.ListenAsync() };
        var body = new MemoryStream(new byte[5000]);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/upstream/key") { Content = new StreamContent(body) };
        request.Headers.ExpectContinue = true;
        using var response = await http.SendAsync(request);
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(body.Position, Is.Zero);
            Assert.That(server.Heads.Single(), Does.Contain("Expect: 100-continue"));
        });
    }

    [TestCase(true, "bucket", "a/b c", "x=1", "http://bucket.example.com:7480/a/b%20c?x=1")]
    [TestCase(true, "bucket", "", "", "http://bucket.example.com:7480/")]
    [TestCase(true, "", "", "", "http://example.com:7480/")]
    [TestCase(false, "bucket", "/./a//", "", "http://example.com:7480/bucket//./a//")]
    [TestCase(false, "bucket", "", "list-type=2", "http://example.com:7480/bucket?list-type=2")]
    [TestCase(false, "", "", "", "http://example.com:7480/")]
    public void Its_buckets_are_part_of_the_path_or_of_the_hosts_name(bool hasVirtualHosts, string bucket, string key, string query, string address)
    {
        using var server = new UpstreamServer(new UpstreamConfig(new Uri("http://example.com:7480")) { HasVirtualHosts = hasVirtualHosts }, TimeProvider.System);
        Assert.That(server.AddressOf(new("GET", bucket, key, query)).OriginalString, Is.EqualTo(address));
    }

    [Test]
    public async Task Requests_are_signed_by_the_configured_credentials()
    {
        await using var server = new StubServer("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        await using var aws = await AwsEmulator.StartAsync(options => options.S3Upstream = new(new Uri($"http://127.0.0.1:{server.Port}")) { Region = "eu-west-1", AccessKeyId = "id", SecretAccessKey = "secret", SessionToken = "token" });
        using var response = await GetAsync(aws);
        Assert.Multiple(() =>
        {
            Assert.That(server.Heads.Single(), Does.Contain("Authorization: AWS4-HMAC-SHA256 Credential=id/").And.Contain("/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-emulator-upstream-via, "));
            Assert.That(server.Heads.Single(), Does.Contain("x-amz-security-token: token\r\n"));
        });
    }

    [Test]
    public async Task Nothing_of_the_clients_signature_is_sent_on()
    {
        await using var server = new StubServer("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        await using var aws = await StartAsync($"http://127.0.0.1:{server.Port}");
        using var s3 = aws.CreateClient<Amazon.S3.AmazonS3Client>();
        await s3.GetObjectAsync("upstream", "key");
        using var http = aws.CreateHttpClient();
        await http.GetAsync(s3.GetPreSignedURL(new() { BucketName = "upstream", Key = "key", VersionId = "v", Expires = aws.Clock.GetUtcNow().UtcDateTime.AddHours(1) }));
        Assert.Multiple(() =>
        {
            Assert.That(server.Heads, Has.Count.EqualTo(2));
            Assert.That(server.Heads, Has.All.Not.Contain("Authorization").And.All.Not.Contain("X-Amz-Signature").And.All.Not.Contain("x-amz-date").And.All.Not.Contain("x-amz-content-sha256"));
            Assert.That(server.Heads[1], Does.StartWith("GET /upstream/key?versionId=v HTTP/1.1\r\n"));
        });
    }

    [Test]
    public async Task Ids_of_versions_are_its_own()
    {
        await using var server = new StubServer("HTTP/1.1 200 OK\nETag: \"e\"\nx-amz-version-id: 1.2-3\nContent-Length: 4\n\nbody");
        await using var aws = await StartAsync($"http://127.0.0.1:{server.Port}");
        using var http = aws.CreateHttpClient();
        await CopyAsync("/local/key", "/upstream/a%20b?versionId=1.2-3");
        await CopyAsync("/upstream/key", "/upstream/a%20b?versionId=1.2-3");
        Assert.Multiple(() =>
        {
            Assert.That(server.Heads[0], Does.StartWith("GET /upstream/a%20b?versionId=1.2-3 HTTP/1.1\r\n"));
            Assert.That(server.Heads[1], Does.StartWith("PUT /upstream/key HTTP/1.1\r\n").And.Contain("x-amz-copy-source: /upstream/a%20b?versionId=1.2-3\r\n"));
        });

        async Task CopyAsync(string to, string source)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, to);
            request.Headers.Add("x-amz-copy-source", source);
            using var response = await http.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        }
    }

    [Test]
    public async Task Nothing_of_a_form_or_a_query_adds_a_header()
    {
        await using var server = new StubServer("HTTP/1.1 200 OK\nETag: \"e\"\nContent-Length: 0\n\n");
        await using var aws = await StartAsync($"http://127.0.0.1:{server.Port}");
        using var http = aws.CreateHttpClient();
        using var form = new MultipartFormDataContent { { new StringContent("key\r\nEvil: 1"), "key" }, { new StringContent("a\r\nEvil: 1"), "x-amz-meta-k" }, { new ByteArrayContent([1]), "file", "f" } };
        using var posted = await http.PostAsync("/upstream", form);
        using var put = await http.PutAsync("/upstream/key?x-amz-meta-k=a%0D%0AEvil:%201&b=%0D%0AEvil:%201", new StringContent("x"));
        Assert.Multiple(() =>
        {
            Assert.That((posted.StatusCode, put.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.OK)));
            Assert.That(server.Heads, Has.Count.EqualTo(2).And.All.Not.Contain("\nEvil:"));
            Assert.That(server.Heads, Has.All.Contain("x-amz-meta-k: =?UTF-8?Q?a=0D=0AEvil"));
        });
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
