using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.ApiGateway;

[Source("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html")]
internal sealed class JwtAuthorizerTests
{
    private const string Yaml = """
        region: eu-west-1
        lambda: { functions: { echo: {} } }
        cognito:
          userPools:
            users: { clients: { web: {}, other: {} }, groups: { admins: {} }, users: { ada: { password: "Pass-word-1", groups: [admins] } } }
            strangers: { clients: { web: {} }, users: { bob: { password: "Pass-word-1" } } }
        apigateway:
          httpApis:
            api:
              authorizers: { users: { userPool: users, clients: [web] } }
              routes:
                "GET /me": { function: echo, authorizer: users }
                "GET /admin": { function: echo, authorizer: users, scopes: [aws.cognito.signin.user.admin] }
                "GET /mail": { function: echo, authorizer: users, scopes: [mail] }
        """;

    [Test]
    public async Task A_function_sees_the_claims_of_the_token()
    {
        await using var aws = await StartAsync();
        var tokens = await SignInAsync(aws, "users", "web", "ada");
        var jwt = (await CallAsync(aws, "/admin", tokens.Access)).Event!["requestContext"]!["authorizer"]!["jwt"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string)jwt["claims"]!["username"]!, Is.EqualTo("ada"));
            Assert.That((string)jwt["claims"]!["cognito:groups"]!, Is.EqualTo("[admins]"));
            Assert.That((string)jwt["claims"]!["exp"]!, Does.Match("^[0-9]+$"));
            Assert.That(jwt["scopes"]!.AsArray().Select(scope => (string)scope!), Is.EqualTo(new[] { "aws.cognito.signin.user.admin" }));
        });
    }

    [Test]
    public async Task An_id_token_is_known_by_its_audience()
    {
        await using var aws = await StartAsync();
        var tokens = await SignInAsync(aws, "users", "web", "ada");
        Assert.That((await CallAsync(aws, "/me", tokens.Id)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Without_a_token_it_is_unauthorized()
    {
        await using var aws = await StartAsync();
        var answer = await CallAsync(aws, "/me", null);
        Assert.That((answer.Status, answer.Body, answer.Challenge), Is.EqualTo((HttpStatusCode.Unauthorized, """{"message":"Unauthorized"}""", "Bearer")));
    }

    [Test]
    public async Task A_token_of_another_client_or_pool_is_unauthorized()
    {
        await using var aws = await StartAsync();
        var client = await CallAsync(aws, "/me", (await SignInAsync(aws, "users", "other", "ada")).Access);
        var pool = await CallAsync(aws, "/me", (await SignInAsync(aws, "strangers", "web", "bob")).Access);
        Assert.Multiple(() =>
        {
            Assert.That(client.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(client.Challenge, Does.Contain("error=\"invalid_token\"").And.Contain("the token does not have a valid audience"));
            Assert.That(pool.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task A_token_expires_by_the_clock()
    {
        await using var aws = await StartAsync();
        var tokens = await SignInAsync(aws, "users", "web", "ada");
        aws.Clock.Advance(TimeSpan.FromMinutes(61));
        var answer = await CallAsync(aws, "/me", tokens.Access);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(answer.Challenge, Does.Contain("expired"));
    }

    [Test]
    public async Task A_token_without_the_scope_is_forbidden()
    {
        await using var aws = await StartAsync();
        var tokens = await SignInAsync(aws, "users", "web", "ada");
        var access = await CallAsync(aws, "/mail", tokens.Access);
        var id = await CallAsync(aws, "/admin", tokens.Id);
        Assert.Multiple(() =>
        {
            Assert.That((access.Status, access.Body), Is.EqualTo((HttpStatusCode.Forbidden, """{"message":"Forbidden"}""")));
            Assert.That(access.Challenge, Does.Contain("insufficient_scope"));
            Assert.That(id.Status, Is.EqualTo(HttpStatusCode.Forbidden)); // an id token has no scopes
        });
    }

    [TestCase("nonsense")]
    [TestCase("a.b.c")]
    [TestCase("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public async Task What_is_no_token_is_unauthorized(string token)
    {
        await using var aws = await StartAsync();
        Assert.That((await CallAsync(aws, "/me", token)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private static Task<AwsEmulator> StartAsync() => AwsEmulator.StartAsync(options =>
    {
        options.Configuration = Yaml;
        options.Functions = functions => functions.Register("echo", (stream, _) =>
            Task.FromResult<Stream>(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { statusCode = 200, body = new StreamReader(stream).ReadToEnd() }))));
    });

    private static async Task<(string Access, string Id)> SignInAsync(AwsEmulator aws, string pool, string client, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://cognito-idp.eu-west-1.amazonaws.com/")
        {
            Content = JsonContent.Create(new
            {
                AuthFlow = "USER_PASSWORD_AUTH",
                ClientId = aws.Outputs.UserPoolClientId(pool, client),
                AuthParameters = new { USERNAME = user, PASSWORD = "Pass-word-1" },
            }, options: JsonSerializerOptions.Default),
        };
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth");
        using var response = await aws.CreateHttpClient().SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        var result = JsonNode.Parse(body)!["AuthenticationResult"]!;
        return ((string)result["AccessToken"]!, (string)result["IdToken"]!);
    }

    private static async Task<(HttpStatusCode Status, string Body, string? Challenge, JsonNode? Event)> CallAsync(AwsEmulator aws, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, aws.Outputs.HttpApiUrl("api") + path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await aws.CreateHttpClient().SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        var challenge = response.Headers.TryGetValues("www-authenticate", out var values) ? string.Join(", ", values) : null;
        return (response.StatusCode, body, challenge, response.IsSuccessStatusCode ? JsonNode.Parse(body) : null);
    }
}
