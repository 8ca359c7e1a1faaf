using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb;

/// <summary>What surrounds the documents on the wire.</summary>
[Observed("test/connection.js of architect/dynalite and test_compressed_request.py, test_compressed_response.py, test_http_headers.py, test_cors.py and test_health.py of scylladb/scylladb test/alternator, which run against AWS")]
internal sealed class ProtocolTests : DynamoDbFixture
{
    private const string Url = "https://dynamodb.us-east-1.amazonaws.com/";
    private const string Json10 = "application/x-amz-json-1.0";
    private const string Get = """{"TableName":"Hash","Key":{"p":{"S":"a"}}}""";

    [Test]
    public async Task A_health_check_names_the_endpoint()
    {
        using var answer = await SendAsync(new(HttpMethod.Get, Url));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That((answer.StatusCode, body), Is.EqualTo((HttpStatusCode.OK, "healthy: dynamodb.us-east-1.amazonaws.com ")));
            Assert.That(Header(answer, "x-amz-crc32"), Is.EqualTo("3128867991"));
            Assert.That(Header(answer, "x-amzn-RequestId"), Does.Match("^[0-9A-Z]{52}$"));
            Assert.That(Header(answer, "Server"), Is.EqualTo("Server"));
        });
    }

    [TestCase("GET", "/abc", null, null)]
    [TestCase("POST", "/abc", "{}", Json10)]
    [TestCase("PUT", "/", null, null)]
    [TestCase("OPTIONS", "/", null, null)]
    [TestCase("POST", "/", "{}", null)]
    [TestCase("POST", "/", "{}", "application/x-amz-json-1.1")]
    [TestCase("POST", "/", "{}", "application/jsonasdf")]
    public async Task What_is_no_call_of_an_operation_is_not_found(string method, string path, string? body, string? contentType)
    {
        var request = new HttpRequestMessage(new(method), Url.TrimEnd('/') + path);
        if (body is not null) request.Content = new StringContent(body);
        if (body is not null) request.Content!.Headers.ContentType = contentType is null ? null : new(contentType);
        using var answer = await SendAsync(request);
        Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.NotFound, "<UnknownOperationException/>\n")));
        Assert.That(Header(answer, "x-amz-crc32"), Is.EqualTo("3552371480"));
    }

    [TestCase("hi", "application/json", "application/json", """{"__type":"com.amazon.coral.service#SerializationException"}""")]
    [TestCase("hi", "application/x-amz-json-1.0", Json10, """{"__type":"com.amazon.coral.service#SerializationException"}""")]
    [TestCase("{}", "application/json; charset=utf-8", "application/json", """{"__type":"com.amazon.coral.service#UnknownOperationException"}""")]
    [TestCase("{}", "application/x-amz-json-1.0; charset=utf-8", Json10, """{"__type":"com.amazon.coral.service#UnknownOperationException"}""")]
    public async Task An_answer_has_the_type_of_its_request(string body, string sent, string answered, string expected)
    {
        using var answer = await SendAsync(new(HttpMethod.Post, Url) { Content = new StringContent(body, MediaTypeHeaderValue.Parse(sent)) });
        Assert.That((await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType!.ToString()), Is.EqualTo((expected, answered)));
    }

    [Test]
    public async Task A_path_beyond_16_KB_is_not_read()
    {
        using var answer = await SendAsync(new(HttpMethod.Post, Url + new string('x', 17_000)) { Content = new StringContent("{}", MediaTypeHeaderValue.Parse(Json10)) });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Without_a_body_or_a_target_there_is_no_operation()
    {
        using var answer = await SendAsync(new(HttpMethod.Post, Url));
        Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.BadRequest, """{"__type":"com.amazon.coral.service#UnknownOperationException"}""")));
        Assert.That(Header(answer, "x-amz-crc32"), Is.EqualTo("1368724161"));
    }

    [TestCase(Url)]
    [TestCase("http://localhost:4566/")]
    public async Task A_page_may_do_what_it_asks_for(string url)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, url);
        request.Headers.Add("Origin", "http://example.com");
        request.Headers.Add("Access-Control-Request-Method", "dog");
        request.Headers.Add("Access-Control-Request-Headers", "cat, mouse");
        using var answer = await SendAsync(request);
        Assert.That(new[] { "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age" }.Select(name => Header(answer, name)),
            Is.EqualTo(new[] { "*", "dog", "cat, mouse", "172800" }));
    }

    [Test]
    public async Task Without_asking_for_a_method_a_page_is_still_answered()
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "http://localhost:4566/");
        request.Headers.Add("Origin", "http://example.com");
        using var answer = await SendAsync(request);
        Assert.That((answer.StatusCode, Header(answer, "Access-Control-Allow-Origin"), Header(answer, "Access-Control-Allow-Methods")), Is.EqualTo((HttpStatusCode.OK, "*", (string?)null)));
    }

    [Test]
    public async Task A_request_may_be_compressed()
    {
        var put = """{"TableName":"Hash","Item":{"p":{"S":"PPP"},"x":{"S":"hello"}}}"""u8.ToArray();
        using var gzip = await CallAsync("PutItem", Gzip(Named(put, "a")), "gzip");
        using var two = await CallAsync("PutItem", [.. Gzip(Named(put, "b")[..10]), .. Gzip(Named(put, "b")[10..])], "GZIP");
        using var deflate = await CallAsync("PutItem", Deflate(Named(put, "c")), "deflate");
        Assert.That(new[] { gzip, two, deflate }.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That((await DynamoDb.ScanAsync(Hash, ["p"])).Items.Select(item => item["p"].S), Is.EquivalentTo(["a", "b", "c"]));
    }

    [Test]
    public async Task What_cannot_be_decompressed_is_an_error_of_the_server()
    {
        var put = """{"TableName":"Hash","Item":{"p":{"S":"a"}}}"""u8.ToArray();
        var oversized = Gzip([.. put[..^1], .. Enumerable.Repeat((byte)' ', 20 << 20), (byte)'}']);
        foreach (var (content, coding) in new[] { (put, "garbage"), (put, "gzip"), (put, "deflate"), (Gzip(put)[..^1], "gzip"), (Deflate(put)[..^6], "deflate"), ([], "gzip"), ([], "deflate"), (oversized, "gzip") })
        {
            using var answer = await CallAsync("PutItem", content, coding);
            Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()),
                Is.EqualTo((HttpStatusCode.InternalServerError, """{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"Internal server error"}""")), $"{content.Length} bytes of {coding}");
        }
        Assert.That((await DynamoDb.ScanAsync(Hash, ["p"])).Items ?? [], Is.Empty);
    }

    [TestCase("gzip")]
    [TestCase("deflate")]
    public async Task A_long_answer_is_compressed_for_who_accepts_it(string coding)
    {
        await PutAsync(Hash, ("p", S("a")), ("x", S(new string('x', 5_000))));
        await PutAsync(Hash, ("p", S("short")), ("x", S(new string('x', 4_000))));
        using var plain = await CallAsync("GetItem", Encoding.UTF8.GetBytes(Get));
        using var compressed = await CallAsync("GetItem", Encoding.UTF8.GetBytes(Get), accept: coding);
        using var small = await CallAsync("GetItem", Encoding.UTF8.GetBytes(Get.Replace("\"a\"", "\"short\"")), accept: coding);
        var (body, bytes) = (await plain.Content.ReadAsByteArrayAsync(), await compressed.Content.ReadAsByteArrayAsync());
        Assert.Multiple(() =>
        {
            Assert.That((plain.Content.Headers.ContentEncoding, small.Content.Headers.ContentEncoding), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
            Assert.That(compressed.Content.Headers.ContentEncoding, Is.EqualTo(new[] { coding }));
            Assert.That(bytes, Has.Length.LessThan(body.Length / 20));
            Assert.That(Decompress(bytes, coding), Is.EqualTo(body));
            Assert.That(Header(compressed, "x-amz-crc32"), Is.EqualTo(Crc.Crc32.Of(bytes).ToString()));
        });
    }

    [TestCase("identity", null)]
    [TestCase("", null)]
    [TestCase("br", null)]
    [TestCase("x-gzip", null)]
    [TestCase("gzip, deflate", "gzip")]
    [TestCase("br, identity, deflate, gzip", "deflate")]
    [TestCase("GZIP, identity", "gzip")]
    [TestCase("dog, gzip ,, cat", "gzip")]
    [TestCase("gzip;q=0.8, deflate;q=0.5", "gzip")]
    [TestCase("br, gzip;q=0, deflate; q = 0.5 , identity;q=0", "deflate")]
    [TestCase("*", "gzip")]
    [TestCase("*, deflate;q=0.5", "gzip")]
    [TestCase("*, deflate", "deflate")]
    [TestCase("*, gzip;q=0.5", "deflate")]
    [TestCase("gzip ;q=0", null)]
    [TestCase("*;q=0", null)]
    [TestCase("*;q=0.5,identity", "gzip")]
    [TestCase("br;q=0.8,identity;q=0.5,*;q=0", null)]
    [TestCase("\"gzip\"", null)]
    [TestCase("gzip br", null)]
    [TestCase("gzip:q=1", null)]
    [TestCase("gzip;q=31,deflate;q=51", "gzip")]
    [TestCase("deflate;q=0.5, gzip;q=1;q=0.2", "gzip")]
    [TestCase("deflate;q=0.5,gzip;q=0.", "deflate")]
    [TestCase("deflate;q=0.5,gzip;q=0.x", "gzip")]
    [TestCase("deflate;q=-0.5,gzip;q=0.2", "gzip")]
    [TestCase("gzip;q= 0;q=1", null)]
    [TestCase("gzip;q =0;q=1", "gzip")]
    [TestCase("gzip;nq=0;q=1", null)]
    [TestCase("gzip;q=0, gzip;q=1, gzip;q=0", "gzip")]
    [TestCase("br,identity;q=0.5,gzip;q=0.0001", "gzip")]
    public void The_coding_of_an_answer_is_chosen_as_AWS_does(string accept, string? coding) =>
        Assert.That(ContentCoding.Accepted(accept), Is.EqualTo(coding));

    private async Task<HttpResponseMessage> CallAsync(string operation, byte[] content, string? coding = null, string? accept = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new(Json10);
        if (coding is not null) request.Content.Headers.ContentEncoding.Add(coding);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accept);
        var date = Aws.Clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'");
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.Add("X-Amz-Date", date);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{date[..8]}/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}");
        return await SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request) return await Aws.CreateHttpClient().SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    private static byte[] Named(byte[] put, string p) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(put).Replace("PPP", p));

    private static byte[] Gzip(byte[] content) => Compress(content, stream => new GZipStream(stream, CompressionLevel.Optimal));

    private static byte[] Deflate(byte[] content) => Compress(content, stream => new ZLibStream(stream, CompressionLevel.Optimal));

    private static byte[] Compress(byte[] content, Func<Stream, Stream> encode)
    {
        var encoded = new MemoryStream();
        using (var encoder = encode(encoded)) encoder.Write(content);
        return encoded.ToArray();
    }

    private static byte[] Decompress(byte[] content, string coding)
    {
        using Stream decoder = coding == "gzip" ? new GZipStream(new MemoryStream(content), CompressionMode.Decompress) : new ZLibStream(new MemoryStream(content), CompressionMode.Decompress);
        var decoded = new MemoryStream();
        decoder.CopyTo(decoded);
        return decoded.ToArray();
    }
}
