using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.ApiGateway;

[Source("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html")]
internal sealed class HttpApiTests
{
    private const string Yaml = """
        region: eu-west-1
        lambda:
          functions:
            echo: {}
            answer: {}
            slow: { timeout: 60s }
        apigateway:
          httpApis:
            notes:
              cors: { origins: ["https://app.example"], methods: [GET, POST], headers: [authorization], expose: [x-total], maxAgeSeconds: 600, credentials: true }
              routes:
                "GET /echo/{id}": echo
                "ANY /files/{proxy+}": echo
                "POST /old": { function: echo, payloadFormat: "1.0" }
                "GET /answer": answer
                "GET /old-answer": { function: answer, payloadFormat: "1.0" }
                "GET /slow": slow
              stages: { $default: {}, test: { variables: { color: blue } } }
            open:
              routes: { $default: echo }
        """;

    [Test]
    public async Task Format_2_describes_the_request()
    {
        await using var aws = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(aws, "notes", "/echo/a%20b?x=1&x=2&y=%2B&z"));
        request.Headers.Add("X-Many", ["one", "two"]);
        request.Headers.Add("Cookie", "a=1; b=2");
        request.Headers.UserAgent.ParseAdd("tests/1.0");
        var payload = await SendAsync(aws, request);
        var context = payload["requestContext"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string)payload["version"]!, Is.EqualTo("2.0"));
            Assert.That((string)payload["routeKey"]!, Is.EqualTo("GET /echo/{id}"));
            Assert.That((string)payload["rawPath"]!, Is.EqualTo("/echo/a b"));
            Assert.That((string)payload["rawQueryString"]!, Is.EqualTo("x=1&x=2&y=%2B&z"));
            Assert.That((string)payload["queryStringParameters"]!["x"]!, Is.EqualTo("1,2"));
            Assert.That((string)payload["queryStringParameters"]!["y"]!, Is.EqualTo("+"));
            Assert.That((string)payload["headers"]!["x-many"]!, Is.EqualTo("one,two"));
            Assert.That(payload["headers"]!["cookie"], Is.Null);
            Assert.That(payload["cookies"]!.AsArray().Select(cookie => (string)cookie!), Is.EqualTo(new[] { "a=1", "b=2" }));
            Assert.That((string)payload["pathParameters"]!["id"]!, Is.EqualTo("a b"));
            Assert.That((bool)payload["isBase64Encoded"]!, Is.False);
            Assert.That(payload["body"], Is.Null);
            Assert.That((string)context["http"]!["method"]!, Is.EqualTo("GET"));
            Assert.That((string)context["http"]!["userAgent"]!, Is.EqualTo("tests/1.0"));
            Assert.That((string)context["stage"]!, Is.EqualTo("$default"));
            Assert.That((string)context["accountId"]!, Is.EqualTo("000000000000"));
            Assert.That((long)context["timeEpoch"]!, Is.EqualTo(aws.Clock.GetUtcNow().ToUnixTimeMilliseconds()).Within(60_000));
        });
    }

    [Test]
    public async Task A_named_stage_is_part_of_the_path_and_has_its_variables()
    {
        await using var aws = await StartAsync();
        var payload = await SendAsync(aws, new HttpRequestMessage(HttpMethod.Get, Url(aws, "notes", "/test/echo/7")));
        Assert.Multiple(() =>
        {
            Assert.That((string)payload["rawPath"]!, Is.EqualTo("/test/echo/7"));
            Assert.That((string)payload["requestContext"]!["stage"]!, Is.EqualTo("test"));
            Assert.That((string)payload["stageVariables"]!["color"]!, Is.EqualTo("blue"));
            Assert.That((string)payload["pathParameters"]!["id"]!, Is.EqualTo("7"));
        });
    }

    [Test]
    public async Task Format_1_describes_the_request_as_REST_APIs_do()
    {
        await using var aws = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Url(aws, "notes", "/old?x=1&x=2")) { Content = new StringContent("text", Encoding.UTF8, "text/plain") };
        request.Headers.Add("X-Many", ["one", "two"]);
        var payload = await SendAsync(aws, request);
        Assert.Multiple(() =>
        {
            Assert.That((string)payload["version"]!, Is.EqualTo("1.0"));
            Assert.That((string)payload["httpMethod"]!, Is.EqualTo("POST"));
            Assert.That((string)payload["resource"]!, Is.EqualTo("/old"));
            Assert.That((string)payload["queryStringParameters"]!["x"]!, Is.EqualTo("2"));
            Assert.That(payload["multiValueQueryStringParameters"]!["x"]!.AsArray().Select(value => (string)value!), Is.EqualTo(new[] { "1", "2" }));
            Assert.That(payload["multiValueHeaders"]!["x-many"]!.AsArray().Select(value => (string)value!), Is.EqualTo(new[] { "one", "two" }));
            Assert.That((string)payload["body"]!, Is.EqualTo("text"));
            Assert.That(payload["pathParameters"], Is.Null);
        });
    }

    [Test]
    public async Task A_body_that_is_not_text_comes_in_base_64()
    {
        await using var aws = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, Url(aws, "notes", "/files/a/b.png")) { Content = new ByteArrayContent([0xFF, 0x00, 0x01]) };
        request.Content.Headers.ContentType = new("image/png");
        var payload = await SendAsync(aws, request);
        Assert.Multiple(() =>
        {
            Assert.That((string)payload["body"]!, Is.EqualTo("/wAB"));
            Assert.That((bool)payload["isBase64Encoded"]!, Is.True);
            Assert.That((string)payload["pathParameters"]!["proxy"]!, Is.EqualTo("a/b.png"));
        });
    }

    [TestCase("""{"statusCode":201,"headers":{"X-A":"b","content-type":"text/html"},"body":"<p>","cookies":["c=1","d=2"]}""", 201, "text/html", "<p>")]
    [TestCase("""{"statusCode":"204"}""", 204, null, "")]
    [TestCase("""{"statusCode":200,"body":"aGk=","isBase64Encoded":true}""", 200, "text/plain;charset=UTF-8", "hi")]
    [TestCase("""{"message":"no status"}""", 200, "application/json", """{"message":"no status"}""")]
    [TestCase("\"text\"", 200, "application/json", "\"text\"")]
    [TestCase("""{"statusCode":"many"}""", 500, "application/json", """{"message":"Internal Server Error"}""")]
    [TestCase("""{"statusCode":200,"body":"*","isBase64Encoded":true}""", 500, "application/json", """{"message":"Internal Server Error"}""")]
    public async Task What_a_function_returns_becomes_the_answer(string returned, int status, string? type, string body)
    {
        await using var aws = await StartAsync(returned);
        using var response = await aws.CreateHttpClient().GetAsync(Url(aws, "notes", "/answer"));
        Assert.Multiple(async () =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : null, Is.EqualTo(type));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(body));
            Assert.That(response.Headers.Contains("apigw-requestid"));
            if (status == 201) Assert.That(response.Headers.GetValues("set-cookie"), Is.EqualTo(new[] { "c=1", "d=2" }));
        });
    }

    [Test]
    public async Task Format_1_wants_a_status()
    {
        await using var aws = await StartAsync("""{"message":"no status"}""");
        using var response = await aws.CreateHttpClient().GetAsync(Url(aws, "notes", "/old-answer"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [Test]
    public async Task A_function_that_throws_is_an_internal_server_error()
    {
        await using var aws = await StartAsync();
        aws.Functions.Register<JsonObject>("answer", _ => throw new InvalidOperationException("secret"));
        using var response = await aws.CreateHttpClient().GetAsync(Url(aws, "notes", "/answer"));
        Assert.Multiple(async () =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"message":"Internal Server Error"}"""));
        });
    }

    [TestCase("POST", "/echo/1")]
    [TestCase("GET", "/nowhere")]
    public async Task What_no_route_takes_is_not_found(string method, string path)
    {
        await using var aws = await StartAsync();
        using var response = await aws.CreateHttpClient().SendAsync(new HttpRequestMessage(new HttpMethod(method), Url(aws, "notes", path)));
        Assert.Multiple(async () =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"message":"Not Found"}"""));
        });
    }

    [Test]
    [Source("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html")]
    public async Task The_gateway_answers_preflights_of_allowed_origins()
    {
        await using var aws = await StartAsync();
        using var response = await aws.CreateHttpClient().SendAsync(Preflight(aws, "notes", "https://app.example"));
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(response.Headers.GetValues("access-control-allow-origin"), Is.EqualTo(new[] { "https://app.example" }));
            Assert.That(response.Headers.GetValues("access-control-allow-methods"), Is.EqualTo(new[] { "GET,POST" }));
            Assert.That(response.Headers.GetValues("access-control-allow-headers"), Is.EqualTo(new[] { "authorization" }));
            Assert.That(response.Headers.GetValues("access-control-max-age"), Is.EqualTo(new[] { "600" }));
            Assert.That(response.Headers.GetValues("access-control-allow-credentials"), Is.EqualTo(new[] { "true" }));
        });
    }

    [Test]
    public async Task A_foreign_origin_gets_no_CORS_headers()
    {
        await using var aws = await StartAsync();
        using var response = await aws.CreateHttpClient().SendAsync(Preflight(aws, "notes", "https://evil.example"));
        Assert.That(response.Headers.Contains("access-control-allow-origin"), Is.False);
    }

    [Test]
    public async Task The_gateway_replaces_CORS_headers_of_the_function()
    {
        await using var aws = await StartAsync("""{"statusCode":200,"headers":{"Access-Control-Allow-Origin":"*"}}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(aws, "notes", "/answer"));
        request.Headers.Add("Origin", "https://app.example");
        using var response = await aws.CreateHttpClient().SendAsync(request);
        Assert.That(response.Headers.GetValues("access-control-allow-origin"), Is.EqualTo(new[] { "https://app.example" }));
    }

    [Test]
    public async Task Without_CORS_configuration_a_preflight_is_a_request_like_others()
    {
        await using var aws = await StartAsync();
        var payload = await SendAsync(aws, Preflight(aws, "open", "https://app.example"));
        Assert.That((string)payload["requestContext"]!["http"]!["method"]!, Is.EqualTo("OPTIONS"));
    }

    [Test]
    public async Task It_is_reached_by_path_by_local_host_and_by_its_name_at_AWS()
    {
        await using var aws = await StartAsync();
        var id = new Uri(aws.Outputs.HttpApiUrl("notes")).Host.Split('.')[0];
        foreach (var url in new[] { $"http://localhost:4566/restapis/{id}/$default/_user_request_/echo/5", $"http://{id}.execute-api.localhost:4566/echo/5", $"https://{id}.execute-api.eu-west-1.amazonaws.com/echo/5" })
        {
            var payload = await SendAsync(aws, new HttpRequestMessage(HttpMethod.Get, url));
            Assert.That((string)payload["pathParameters"]!["id"]!, Is.EqualTo("5"), url);
        }
    }

    [Test]
    public async Task A_body_needs_no_length()
    {
        await using var aws = await StartAsync();
        var payload = await SendAsync(aws, new HttpRequestMessage(HttpMethod.Put, Url(aws, "notes", "/files/small")) { Content = JsonContent.Create(new { text = "here" }) });
        Assert.That((string)payload["body"]!, Is.EqualTo("""{"text":"here"}"""));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html")]
    public async Task A_body_over_ten_megabytes_is_refused()
    {
        await using var aws = await StartAsync();
        using var response = await aws.CreateHttpClient().PutAsync(Url(aws, "notes", "/files/big"), new ByteArrayContent(new byte[(10 * 1024 * 1024) + 1]));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html")]
    public async Task A_function_that_takes_more_than_thirty_seconds_is_not_waited_for()
    {
        await using var aws = await StartAsync();
        aws.Clock.Freeze();
        var release = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        aws.Functions.Register<JsonObject>("slow", async _ =>
        {
            begun.SetResult();
            await release.Task;
        });
        var call = aws.CreateHttpClient().GetAsync(Url(aws, "notes", "/slow"));
        await begun.Task;
        while (!call.IsCompleted)
        {
            aws.Clock.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
        }
        release.SetResult();
        using var response = await call;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html")]
    public async Task What_is_declared_is_described()
    {
        await using var aws = await StartAsync();
        using var client = aws.CreateHttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKIA/20300101/eu-west-1/apigateway/aws4_request, SignedHeaders=host, Signature=0");
        client.DefaultRequestHeaders.Add("X-Amz-Date", aws.Clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'"));
        client.DefaultRequestHeaders.Remove("Authorization");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=AKIA/{aws.Clock.GetUtcNow():yyyyMMdd}/eu-west-1/apigateway/aws4_request, SignedHeaders=host, Signature={new string('0', 64)}");
        var apis = await client.GetFromJsonAsync<JsonElement>("http://localhost/v2/apis");
        var notes = apis.GetProperty("items").EnumerateArray().Single(api => api.GetProperty("name").GetString() == "notes");
        var id = notes.GetProperty("apiId").GetString();
        var routes = await client.GetFromJsonAsync<JsonElement>($"http://localhost/v2/apis/{id}/routes");
        var stages = await client.GetFromJsonAsync<JsonElement>($"http://localhost/v2/apis/{id}/stages");
        using var absent = await client.GetAsync("http://localhost/v2/apis/absent");
        using var notBuilt = await client.DeleteAsync($"http://localhost/v2/apis/{id}");
        Assert.Multiple(async () =>
        {
            Assert.That(notes.GetProperty("protocolType").GetString(), Is.EqualTo("HTTP"));
            Assert.That(notes.GetProperty("apiEndpoint").GetString(), Is.EqualTo($"https://{id}.execute-api.eu-west-1.amazonaws.com"));
            Assert.That(routes.GetProperty("items").EnumerateArray().Select(route => route.GetProperty("routeKey").GetString()), Does.Contain("GET /echo/{id}"));
            Assert.That(stages.GetProperty("items").EnumerateArray().Select(stage => stage.GetProperty("stageName").GetString()), Is.EquivalentTo(new[] { "$default", "test" }));
            Assert.That(absent.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await absent.Content.ReadAsStringAsync(), Does.Contain("Invalid API identifier specified 000000000000:absent"));
            Assert.That(notBuilt.StatusCode, Is.EqualTo(HttpStatusCode.NotImplemented));
            Assert.That(await notBuilt.Content.ReadAsStringAsync(), Does.Contain("DeleteApi"));
        });
    }

    private static Task<AwsEmulator> StartAsync(string answer = "{}") => AwsEmulator.StartAsync(options =>
    {
        options.Configuration = Yaml;
        options.Functions = functions =>
        {
            functions.Register("echo", (stream, _) => Task.FromResult(Wrap(stream)));
            functions.Register("answer", (_, _) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(answer))));
        };
    });

    /// <summary>Returns the event itself as the body.</summary>
    private static Stream Wrap(Stream payload) =>
        new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { statusCode = 200, body = new StreamReader(payload).ReadToEnd() }));

    private static string Url(AwsEmulator aws, string api, string path) => aws.Outputs.HttpApiUrl(api) + path;

    private static HttpRequestMessage Preflight(AwsEmulator aws, string api, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, Url(aws, api, "/echo/1"));
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        return request;
    }

    private static async Task<JsonNode> SendAsync(AwsEmulator aws, HttpRequestMessage request)
    {
        using var response = await aws.CreateHttpClient().SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        return JsonNode.Parse(body)!;
    }
}
