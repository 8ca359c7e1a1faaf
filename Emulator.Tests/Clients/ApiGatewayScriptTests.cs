using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>@aws-sdk/client-apigatewayv2: apigateway.mjs.</summary>
[Source("https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/api-reference.html")]
internal sealed class ApiGatewayScriptTests : JavaScriptFixture
{
    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("apigateway.mjs", Administrator + """
        lambda: { functions: { hello: {} } }
        cognito: { userPools: { people: { clients: { web: {} } } } }
        apigateway:
          httpApis:
            greetings:
              authorizers: { people: { userPool: people, clients: web } }
              routes:
                GET /hello/{name}: hello
                GET /closed: { function: hello, authorizer: people, scopes: [greet] }
        """, functions: functions => functions.Register("hello", (JsonNode request) => new JsonObject
    {
        ["name"] = (string?)request["pathParameters"]?["name"],
        ["x"] = (string?)request["queryStringParameters"]?["x"],
    })));

    private JsonNode _seen = null!;

    [SetUp]
    public async Task Run() => _seen = await Script.Value;

    [Test]
    public void An_API_is_described_with_its_parts() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["apis"]), Is.EqualTo("""[["greetings","HTTP"]]"""));
        Assert.That((string)_seen["id"]!, Does.Match("^[a-z0-9]{10}$"));
        Assert.That((bool)_seen["api"]!["created"]!);
        Assert.That((string)_seen["api"]!["selection"]!, Is.EqualTo("$request.method $request.path"));
        Assert.That(_seen["routes"]!.AsArray().Select(Json), Is.EquivalentTo(new[]
        {
            """{"key":"GET /hello/{name}","authorization":"NONE","scopes":[]}""",
            """{"key":"GET /closed","authorization":"JWT","scopes":["greet"]}""",
        }));
        Assert.That((bool)_seen["targets"]!);
        Assert.That(_seen["integrations"]!.AsArray().Select(Json), Is.All.EqualTo("""{"type":"AWS_PROXY","format":"2.0","uri":"arn:aws:lambda:us-east-1:111111111111:function:hello"}"""));
        Assert.That(Json(_seen["stages"]), Is.EqualTo("""[["$default",true]]"""));
        Assert.That((string)_seen["authorizers"]![0]!["type"]!, Is.EqualTo("JWT"));
        Assert.That((string)_seen["authorizers"]![0]!["issuer"]!, Does.Match("^https://cognito-idp\\.us-east-1\\.amazonaws\\.com/us-east-1_[0-9A-Za-z]{9}$"));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html")]
    public void Its_route_answers() => Assert.That(Json(_seen["answer"]), Is.EqualTo("""{"status":200,"body":{"name":"세계","x":"1"}}"""));

    [Test]
    [Source("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html")]
    public void A_route_with_an_authorizer_wants_a_token() => Assert.That(Json(_seen["closed"]), Is.EqualTo("""{"status":401,"body":{"message":"Unauthorized"},"challenge":"Bearer"}"""));

    [Test]
    [Observed("2018-12-26 and 2024-05-06, in https://github.com/aws/aws-sdk-js/issues/2458 and https://github.com/aws/aws-sam-cli/issues/7030")]
    public void An_absent_API_is_told_in_the_words_of_AWS() =>
        Assert.That(Json(_seen["absent"]), Is.EqualTo(Refusal("NotFoundException", "Invalid API identifier specified 111111111111:absent0000", 404)));

    [Test]
    public void What_is_not_built_is_refused_by_name() =>
        Assert.That(Json(_seen["notBuilt"]), Is.EqualTo(Refusal("NotImplemented", "The emulator does not implement CreateApi.", 501)));
}
