using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Uploads from a browser's form.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html")]
internal sealed class PostObjectTests : S3Fixture
{
    private const string KeyId = "AKIAFORMFORMFORMFORM";
    private const string Secret = "form-secret";

    protected override void Configure(AwsEmulatorOptions options) => options.Configuration = $$"""
        account: "111111111111"
        credentials: any
        iam: enforce
        accounts:
          "111111111111": { keys: [{ id: {{KeyId}}, secret: {{Secret}} }] }
        """;

    [TestCase(4)]
    [TestCase(2)]
    public async Task A_signed_form_puts_an_object(int version)
    {
        var (status, _, response) = await PostAsync(version, "the film", fields => fields.AddRange([new("Content-Type", "text/plain"), new("x-amz-meta-Author", "ada")]), fileName: "C:\\films\\b.txt",
            key: "films/${filename}", conditions: [new[] { "starts-with", "$key", "films/" }, new[] { "starts-with", "$Content-Type", "text/" }, new Dictionary<string, string> { ["x-amz-meta-author"] = "ada" }]);
        Assert.That(status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(response.Headers.Location!.AbsoluteUri, Is.EqualTo("http://the-bucket.localhost:4566/films%2Fb.txt"));
        var got = await S3.GetObjectAsync(TheBucket, "films/b.txt");
        Assert.That((got.Headers.ContentType, got.Metadata["author"], await GetTextAsync("films/b.txt")), Is.EqualTo(("text/plain", "ada", "the film")));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html")]
    public async Task The_answer_tells_when_a_lifecycle_rule_has_the_object_expire()
    {
        await S3.PutLifecycleConfigurationAsync(new()
        {
            BucketName = TheBucket,
            Configuration = new() { Rules = [new() { Id = "week", Filter = new() { Prefix = "" }, Status = Amazon.S3.LifecycleRuleStatus.Enabled, Expiration = new() { Days = 7 } }] },
        });
        var (_, _, response) = await PostAsync(4, "x");
        Assert.That(response.Headers.GetValues("x-amz-expiration").Single(), Does.EndWith("rule-id=\"week\""));
    }

    [Test]
    public async Task A_large_file_streams_through()
    {
        var file = new string('x', 3_000_000);
        Assert.That((await PostAsync(4, file, conditions: [new object[] { "content-length-range", 0, 5_000_000 }])).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await GetTextAsync("foo.txt"), Is.EqualTo(file));
    }

    [Test]
    [Observed("2026-02, recorded: test_post_object_policy_validation_size")]
    public async Task The_policy_bounds_the_size()
    {
        object[] range = [new object[] { "content-length-range", 5, 10 }];
        var large = XElement.Parse((await PostAsync(4, "aaaaaaaaaaaa", conditions: range)).Body);
        Assert.That(Values(large, "Code", "Message", "ProposedSize", "MaxSizeAllowed"), Is.EqualTo(new[] { "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", "12", "10" }));
        var small = XElement.Parse((await PostAsync(4, "a", conditions: range)).Body);
        Assert.That(Values(small, "Code", "Message", "ProposedSize", "MinSizeAllowed"), Is.EqualTo(new[] { "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", "1", "5" }));
        Assert.That((await PostAsync(4, "aaaaaaaaaa", conditions: range)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        var wrong = await PostAsync(4, "aaaaaa", conditions: [new object[] { "content-length-range", "test", "10" }]);
        Assert.That(Message(wrong.Body), Is.EqualTo("AccessDenied: Invalid according to Policy: Policy Condition failed: [\"content-length-range\", \"test\", \"10\"]"));
    }

    [TestCase("""["eq", "$success_action_redirect", "http://localhost.test/random"]""", "AccessDenied: Invalid according to Policy: Policy Condition failed: [\"eq\", \"$success_action_redirect\", \"http://localhost.test/random\"]")]
    [TestCase("""["eq", "success_action_redirect", "http://localhost.test/random"]""", "AccessDenied: Invalid according to Policy: Policy Condition failed: [\"eq\", \"success_action_redirect\", \"http://localhost.test/random\"]")]
    [TestCase("""["starts-with", "$success_action_redirect", "HTTP://localhost"]""", "AccessDenied: Invalid according to Policy: Policy Condition failed: [\"starts-with\", \"$success_action_redirect\", \"HTTP://localhost\"]")]
    [TestCase("""{"success_action_redirect": "http://localhost.test/random", "x": "y"}""", "InvalidPolicyDocument: Invalid Policy: Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.")]
    [Observed("2026-02, recorded: test_post_object_policy_conditions_validation_eq, _starts_with")]
    public async Task A_condition_that_fails_is_named(string condition, string message)
    {
        var answer = await PostAsync(4, "abcdef", fields => fields.Add(new("success_action_redirect", "http://localhost.test/redirect")), conditions: [JsonSerializer.Deserialize<JsonElement>(condition)]);
        Assert.That(Message(answer.Body), Is.EqualTo(message));
    }

    [Test]
    public async Task A_form_may_hold_only_what_its_policy_mentions()
    {
        var extra = await PostAsync(2, "x", fields => fields.Add(new("x-amz-meta-more", "1")));
        Assert.That((extra.Status, Message(extra.Body)), Is.EqualTo((HttpStatusCode.Forbidden, "AccessDenied: Invalid according to Policy: Extra input fields: x-amz-meta-more")));
        Assert.That((await PostAsync(2, "x", fields => fields.Add(new("x-ignore-button", "1")))).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    [Observed("2026-02, recorded: test_post_request_malformed_policy, test_post_object_with_wrong_content_type")]
    public async Task What_is_wrong_with_a_form_is_said()
    {
        var tampered = await PostAsync(4, "x", fields => fields[fields.FindIndex(field => field.Key == "policy")] = new("policy", "e30="));
        Assert.That((tampered.Status, Message(tampered.Body)), Is.EqualTo((HttpStatusCode.Forbidden,
            "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.")));
        var expired = await PostAsync(4, "x", expires: TimeSpan.FromSeconds(-1));
        Assert.That((expired.Status, Message(expired.Body)), Is.EqualTo((HttpStatusCode.Forbidden, "AccessDenied: Invalid according to Policy: Policy expired.")));
        using var plain = await Http.PostAsync($"http://localhost:4566/{TheBucket}", new StringContent("x"));
        var body = XElement.Parse(await plain.Content.ReadAsStringAsync());
        Assert.That((plain.StatusCode, body.Element("Condition")!.Value), Is.EqualTo((HttpStatusCode.PreconditionFailed, "Bucket POST must be of the enclosure-type multipart/form-data")));
        var keyless = await PostAsync(4, "x", fields => fields.RemoveAll(field => field.Key == "key"));
        Assert.That(Message(keyless.Body), Is.EqualTo("InvalidArgument: Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields."));
    }

    [Test]
    public async Task An_anonymous_form_is_refused_where_nobody_may_put() => Assert.That((await PostAsync(0, "x")).Status, Is.EqualTo(HttpStatusCode.Forbidden));

    [Test]
    [Observed("2026-02, recorded: test_post_object_with_unicode_metadata, test_post_object_with_tags")]
    public async Task The_answer_is_a_document_or_a_redirect()
    {
        object[] any = [new[] { "starts-with", "$success_action_status", "" }, new[] { "starts-with", "$success_action_redirect", "" }, new[] { "starts-with", "$tagging", "" }];
        var created = await PostAsync(4, "test-content-hello", fields => fields.AddRange([new("success_action_status", "201"), new("tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>")]), key: "test—file.pdf", conditions: any);
        var document = XElement.Parse(created.Body);
        Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(Values(document, "Location", "Bucket", "Key"), Is.EqualTo(new[] { "http://the-bucket.localhost:4566/test%E2%80%94file.pdf", TheBucket, "test—file.pdf" }));
        Assert.That((await S3.GetObjectTaggingAsync(new() { BucketName = TheBucket, Key = "test—file.pdf" })).Tagging.Single().Value, Is.EqualTo("b"));
        var redirected = await PostAsync(4, "x", fields => fields.Add(new("success_action_redirect", "http://example.com/done?a=1")), conditions: any);
        Assert.That((redirected.Status, redirected.Response.Headers.Location!.OriginalString), Is.EqualTo((HttpStatusCode.RedirectMethod, "http://example.com/done?a=1&bucket=the-bucket&key=foo.txt&etag=%229dd4e461268c8034f5c8564e155c67a6%22")));
    }

    private async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Response)> PostAsync(int version, string file, Action<List<KeyValuePair<string, string>>>? with = null,
        string? fileName = null, string key = "foo.txt", object[]? conditions = null, TimeSpan? expires = null)
    {
        var now = Aws.Clock.GetUtcNow();
        var credential = $"{KeyId}/{now:yyyyMMdd}/us-east-1/s3/aws4_request";
        List<object> all = [new Dictionary<string, string> { ["bucket"] = TheBucket }, .. conditions ?? [], new[] { "starts-with", "$key", "" }];
        if (version == 4) all.AddRange([new[] { "eq", "$x-amz-credential", credential }, new[] { "starts-with", "$x-amz-algorithm", "" }, new[] { "starts-with", "$x-amz-date", "" }]);
        var policy = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new { expiration = now.Add(expires ?? TimeSpan.FromMinutes(5)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), conditions = all }));
        List<KeyValuePair<string, string>> fields = [new("key", key)];
        if (version == 4)
        {
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(SigningKeyOf(now), Encoding.UTF8.GetBytes(policy)));
            fields.AddRange([new("policy", policy), new("x-amz-algorithm", "AWS4-HMAC-SHA256"), new("x-amz-credential", credential), new("x-amz-date", $"{now:yyyyMMdd'T'HHmmss'Z'}"), new("x-amz-signature", signature)]);
        }
        if (version == 2) fields.AddRange([new("policy", policy), new("AWSAccessKeyId", KeyId), new("signature", Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(policy))))]);
        with?.Invoke(fields);

        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        if (fileName is null) form.Add(new StringContent(file), "file");
        else form.Add(new StringContent(file), "file", fileName);
        var response = await Http.PostAsync($"http://localhost:4566/{TheBucket}", form);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    private static byte[] SigningKeyOf(DateTimeOffset now)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + Secret), Encoding.UTF8.GetBytes($"{now:yyyyMMdd}"));
        foreach (var part in new[] { "us-east-1", "s3", "aws4_request" }) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    private static string Message(string body) => string.Join(": ", Values(XElement.Parse(body), "Code", "Message"));

    private static string[] Values(XElement document, params string[] names) => Array.ConvertAll(names, name => document.Element(name)!.Value);
}
