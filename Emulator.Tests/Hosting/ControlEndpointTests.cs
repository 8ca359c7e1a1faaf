using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using NUnit.Framework;

namespace Emulator.Tests.Hosting;

/// <summary>The emulator's own interface; no part of AWS.</summary>
internal sealed class ControlEndpointTests
{
    private const string Yaml = """
        region: eu-west-1
        cognito: { userPools: { users: { signInWith: [email], autoVerify: [email], clients: { web: {} } } } }
        s3: { buckets: { site: { website: { index: index.html } } } }
        """;

    [Test]
    public async Task Health_tells_what_is_in_force()
    {
        await using var aws = await StartAsync();
        var health = await aws.CreateHttpClient().GetFromJsonAsync<JsonNode>("http://localhost:4566/_emulator/health");
        Assert.That(((string)health!["status"]!, (string)health["region"]!, (string)health["iam"]!), Is.EqualTo(("running", "eu-west-1", "audit")));
    }

    [Test]
    public async Task Outputs_tell_a_front_end_what_it_needs_at_the_address_by_which_it_asks()
    {
        await using var aws = await StartAsync();
        var outputs = await aws.CreateHttpClient().GetFromJsonAsync<JsonNode>("http://site.s3-website.localhost:1234/_emulator/outputs.json");
        Assert.That((string)outputs!["userPools"]!["users"]!["clients"]!["web"]!, Is.EqualTo(aws.Outputs.UserPoolClientId("users", "web")));
        Assert.That((string)outputs["buckets"]!["site"]!["website"]!, Is.EqualTo("http://site.s3-website.localhost:1234"));
    }

    [Test]
    public async Task Resources_are_listed_with_their_ARNs()
    {
        await using var aws = await StartAsync();
        var resources = await aws.CreateHttpClient().GetFromJsonAsync<JsonArray>("http://localhost:4566/_emulator/resources");
        Assert.That(resources!.Select(resource => (string?)resource!["arn"]), Does.Contain("arn:aws:s3:::site"));
    }

    [Test]
    public async Task The_inbox_holds_the_code_of_a_sign_up()
    {
        await using var aws = await StartAsync();
        using var http = aws.CreateHttpClient();
        using var signUp = new HttpRequestMessage(HttpMethod.Post, "https://cognito-idp.eu-west-1.amazonaws.com/")
        {
            Content = JsonContent.Create(new { ClientId = aws.Outputs.UserPoolClientId("users", "web"), Username = "ada@example.com", Password = "Pass-word-1" }, options: JsonSerializerOptions.Default),
        };
        signUp.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.SignUp");
        (await http.SendAsync(signUp)).EnsureSuccessStatusCode();
        var messages = await http.GetFromJsonAsync<JsonArray>("http://localhost:4566/_emulator/inbox.json?to=ada@example.com");
        Assert.That((string)messages!.Single()!["code"]!, Is.EqualTo(aws.Inbox.CodeFor("ada@example.com")).And.Matches("^[0-9]{6}$"));
        using var page = new HttpRequestMessage(HttpMethod.Get, "http://localhost:4566/_emulator/inbox");
        page.Headers.Accept.ParseAdd("text/html");
        Assert.That(await (await http.SendAsync(page)).Content.ReadAsStringAsync(), Does.Contain(aws.Inbox.CodeFor("ada@example.com")));
    }

    [Test]
    public async Task The_clock_is_advanced_set_and_frozen()
    {
        await using var aws = await StartAsync();
        using var http = aws.CreateHttpClient();
        await PostAsync(http, "clock", """{"freeze": true}""");
        await PostAsync(http, "clock", """{"set": "2030-01-01T00:00:00Z"}""");
        await PostAsync(http, "clock", """{"advance": 90}""");
        await PostAsync(http, "clock", """{"advance": "01:00:00"}""");
        Assert.That(aws.Clock.GetUtcNow(), Is.EqualTo(new DateTimeOffset(2030, 1, 1, 1, 1, 30, TimeSpan.Zero)));
    }

    [TestCase("""{"advance": -1}""")]
    [TestCase("""{"advance": 1e300}""")]
    [TestCase("""{"advance": "soon"}""")]
    [TestCase("""{"set": "never"}""")]
    [TestCase("""{"wind": 1}""")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("null")]
    public async Task What_the_clock_does_not_understand_is_refused(string body)
    {
        await using var aws = await StartAsync();
        using var response = await aws.CreateHttpClient().PostAsync("http://localhost:4566/_emulator/clock", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task The_state_goes_out_and_in_and_away()
    {
        await using var aws = await StartAsync();
        using var http = aws.CreateHttpClient();
        using var dynamoDb = aws.CreateClient<AmazonDynamoDBClient>();
        await dynamoDb.CreateTableAsync("Notes", [new("id", KeyType.HASH)], [new("id", ScalarAttributeType.S)], new(1, 1));
        var snapshot = await http.GetByteArrayAsync("http://localhost:4566/_emulator/snapshot");
        (await http.PostAsync("http://localhost:4566/_emulator/reset", null)).EnsureSuccessStatusCode();
        Assert.That((await dynamoDb.ListTablesAsync()).TableNames ?? [], Is.Empty);
        (await http.PutAsync("http://localhost:4566/_emulator/snapshot", new ByteArrayContent(snapshot))).EnsureSuccessStatusCode();
        Assert.That((await dynamoDb.ListTablesAsync()).TableNames, Is.EqualTo(new[] { "Notes" }));

        using var damaged = await http.PutAsync("http://localhost:4566/_emulator/snapshot", new ByteArrayContent(snapshot[..^20]));
        Assert.That(damaged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await dynamoDb.ListTablesAsync()).TableNames, Is.EqualTo(new[] { "Notes" }));
    }

    [Test]
    public async Task The_journal_is_filtered()
    {
        await using var aws = await StartAsync();
        await aws.CreateClient<AmazonDynamoDBClient>().ListTablesAsync();
        var entries = await aws.CreateHttpClient().GetFromJsonAsync<JsonArray>("http://localhost:4566/_emulator/journal?service=dynamodb&operation=ListTables");
        Assert.That((int)entries!.Single()!["status"]!, Is.EqualTo(200));
    }

    [TestCase("http://evil.example/_emulator/inbox.json", null, "GET")]
    [TestCase("http://localhost.evil.example/_emulator/inbox.json", null, "GET")]
    [TestCase("http://localhost:4566/_emulator/inbox.json", "http://evil.example", "GET")]
    [TestCase("http://localhost:4566/_emulator/reset", "http://evil.example", "POST")]
    [TestCase("http://localhost:4566/_emulator/reset", "null", "POST")]
    [TestCase("http://localhost:4566/_emulator/reset", "http://localhost.evil.example", "POST")]
    public async Task Foreign_names_and_pages_are_refused(string url, string? origin, string method)
    {
        await using var aws = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        using var response = await aws.CreateHttpClient().SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("http://notes-web.s3-website.localhost:4566")]
    [TestCase("http://localhost:5173")]
    [TestCase("http://127.0.0.1:3000")]
    public async Task Pages_of_this_machine_may_read_it(string origin)
    {
        await using var aws = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost:4566/_emulator/outputs.json");
        request.Headers.Add("Origin", origin);
        using var response = await aws.CreateHttpClient().SendAsync(request);
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { origin }));
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        await using var aws = await StartAsync();
        using var response = await aws.CreateHttpClient().GetAsync("http://localhost:4566/_emulator/nothing");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static Task<AwsEmulator> StartAsync() => AwsEmulator.StartAsync(options => options.Configuration = Yaml);

    private static async Task PostAsync(HttpClient http, string path, string json) =>
        (await http.PostAsync($"http://localhost:4566/_emulator/{path}", new StringContent(json, Encoding.UTF8, "application/json"))).EnsureSuccessStatusCode();
}
