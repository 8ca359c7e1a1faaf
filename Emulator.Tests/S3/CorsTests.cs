using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html")]
[Observed("2024, recorded answers: test_s3_cors")]
internal sealed class CorsTests : S3Fixture
{
    private const string Page = "https://localhost:4200";
    private const string NotAllowed = "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

    [Test]
    public async Task A_preflight_without_an_origin_is_a_bad_request()
    {
        var (response, body) = await SendAsync(HttpMethod.Options, $"/{TheBucket}/key");
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(body, Does.Contain("<Code>BadRequest</Code><Message>Insufficient information. Origin request header needed.</Message>"));
    }

    [Test]
    public async Task Without_rules_no_preflight_succeeds()
    {
        Assert.That((await PreflightAsync("PUT")).Body, Does.Contain("<Code>AccessForbidden</Code><Message>CORSResponse: CORS is not enabled for this bucket.</Message><Method>PUT</Method><ResourceType>BUCKET</ResourceType>"));
        Assert.That((await SendAsync(HttpMethod.Options, "/absent-bucket/key", null, ("Origin", Page))).Body, Does.Contain("<Message>CORSResponse: Bucket not found</Message><Method>OPTIONS</Method><ResourceType>BUCKET</ResourceType>"));
    }

    [Test]
    public async Task A_rule_that_fits_answers_the_preflight()
    {
        await PutRulesAsync(new CORSRule { AllowedOrigins = [Page], AllowedMethods = ["GET", "PUT"], AllowedHeaders = ["x-amz-*"], ExposeHeaders = ["x-amz-id-2", "ETag"], MaxAgeSeconds = 3000 });
        var (response, _) = await PreflightAsync("PUT", headers: "X-Amz-Request-Payer,x-amz-expected-bucket-owner");
        Assert.That(Headers(response), Is.EqualTo(new[]
        {
            "Access-Control-Allow-Credentials: true",
            "Access-Control-Allow-Headers: x-amz-request-payer, x-amz-expected-bucket-owner",
            "Access-Control-Allow-Methods: GET, PUT",
            $"Access-Control-Allow-Origin: {Page}",
            "Access-Control-Expose-Headers: x-amz-id-2, ETag",
            "Access-Control-Max-Age: 3000",
            "Vary: Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
        }));
    }

    [TestCase("https://elsewhere", "PUT", null)]
    [TestCase(Page, "DELETE", null)]
    [TestCase(Page, "PUT", "content-type")]
    public async Task A_preflight_that_no_rule_fits_is_forbidden(string origin, string method, string? headers)
    {
        await PutRulesAsync(new CORSRule { AllowedOrigins = [Page], AllowedMethods = ["GET", "PUT"], AllowedHeaders = ["x-amz-*"] });
        var (response, body) = await PreflightAsync(method, origin, headers);
        Assert.That((int)response.StatusCode, Is.EqualTo(403));
        Assert.That(body, Does.Contain($"<Message>{NotAllowed}</Message><Method>{method}</Method><ResourceType>OBJECT</ResourceType>"));
    }

    [Test]
    public async Task The_request_itself_is_answered_with_headers_where_a_rule_fits()
    {
        await PutRulesAsync(new CORSRule { AllowedOrigins = [Page], AllowedMethods = ["GET"] }, new CORSRule { AllowedOrigins = ["http://*.example.org"], AllowedMethods = ["GET"] }, new CORSRule { AllowedOrigins = ["*"], AllowedMethods = ["HEAD"] });
        await PutAsync("key", "test-cors");
        var (fits, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key", null, ("Origin", Page));
        var (wildcard, _) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key", null, ("Origin", "http://www.example.org"));
        var (anyone, _) = await SendAsync(HttpMethod.Head, $"/{TheBucket}/key", null, ("Origin", "http://else"));
        var (other, otherBody) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key", null, ("Origin", "http://else"));
        var (missing, _) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/absent", null, ("Origin", Page));
        Assert.Multiple(() =>
        {
            Assert.That((body, otherBody), Is.EqualTo(("test-cors", "test-cors")));
            Assert.That(Header(fits, "Access-Control-Allow-Origin"), Is.EqualTo(Page));
            Assert.That(Header(wildcard, "Access-Control-Allow-Origin"), Is.EqualTo("http://www.example.org"));
            Assert.That((Header(anyone, "Access-Control-Allow-Origin"), Header(anyone, "Access-Control-Allow-Credentials")), Is.EqualTo(("*", (string?)null)));
            Assert.That(Header(other, "Access-Control-Allow-Origin"), Is.Null);
            Assert.That(Header(missing, "Access-Control-Allow-Origin"), Is.EqualTo(Page), "errors too");
        });
    }

    [Test]
    public async Task Rules_are_kept_and_deleted()
    {
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}?cors")).Body, Does.Contain($"<Code>NoSuchCORSConfiguration</Code><Message>The CORS configuration does not exist</Message><BucketName>{TheBucket}</BucketName>"));
        await PutRulesAsync(new CORSRule { AllowedOrigins = ["https://test.com", "http://test.com:80"], AllowedMethods = ["GET", "PUT", "HEAD"], MaxAgeSeconds = 3000 });
        var rule = (await S3.GetCORSConfigurationAsync(TheBucket)).Configuration.Rules.Single();
        Assert.That((rule.AllowedOrigins[1], rule.AllowedMethods.Count, rule.MaxAgeSeconds), Is.EqualTo(("http://test.com:80", 3, (int?)3000)));
        await S3.DeleteCORSConfigurationAsync(TheBucket);
        Assert.That((int)(await PreflightAsync("GET")).Response.StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task Wrong_rules_are_refused()
    {
        var unsupported = await ErrorOf(() => PutRulesAsync(new CORSRule { AllowedOrigins = ["*"], AllowedMethods = ["MYMETHOD"] }));
        Assert.That((unsupported.ErrorCode, unsupported.Message), Is.EqualTo(("InvalidRequest", "Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD")));
        Assert.That((await SendDocumentAsync(HttpMethod.Put, $"/{TheBucket}?cors", "<CORSConfiguration/>")).Body, Does.Contain("<Code>MalformedXML</Code>"));
    }

    private Task PutRulesAsync(params CORSRule[] rules) => S3.PutCORSConfigurationAsync(TheBucket, new CORSConfiguration { Rules = [.. rules] });

    private Task<(HttpResponseMessage Response, string Body)> PreflightAsync(string method, string origin = Page, string? headers = null)
    {
        List<(string, string)> sent = [("Origin", origin), ("Access-Control-Request-Method", method)];
        if (headers is not null) sent.Add(("Access-Control-Request-Headers", headers));
        return SendAsync(HttpMethod.Options, $"/{TheBucket}/key", null, [.. sent]);
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static IEnumerable<string> Headers(HttpResponseMessage response) =>
        response.Headers.Where(header => header.Key.StartsWith("Access-", StringComparison.Ordinal) || header.Key == "Vary").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
}
