using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>@aws-sdk/client-lambda: lambda.mjs.</summary>
[Source("https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html")]
internal sealed class LambdaScriptTests : JavaScriptFixture
{
    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("lambda.mjs", Administrator + "lambda: { functions: { echo: { timeout: 5s }, fail: {} } }", functions: Register));

    private JsonNode _seen = null!;

    [SetUp]
    public async Task Run() => _seen = await Script.Value;

    [Test]
    [Source("https://docs.aws.amazon.com/lambda/latest/dg/csharp-logging.html")]
    public void An_invocation_returns_the_payload_and_the_end_of_the_log() => Assert.Multiple(() =>
    {
        var echo = _seen["echo"]!;
        Assert.That(((int)echo["status"]!, (string)echo["version"]!), Is.EqualTo((200, "$LATEST")));
        Assert.That(echo["error"], Is.Null);
        Assert.That(Json(echo["payload"]), Is.EqualTo("""{"text":"안녕"}"""));
        Assert.That((string)echo["log"]!, Does.Match(@"^START RequestId: ([0-9a-f-]{36}) Version: \$LATEST\n(.*\n)*.*called\n(.*\n)*END RequestId: \1\nREPORT RequestId: \1\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB"));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/lambda/latest/dg/csharp-exceptions.html")]
    public void An_exception_is_an_error_of_the_function_and_not_of_the_call() => Assert.Multiple(() =>
    {
        var failed = _seen["failed"]!;
        Assert.That(((int)failed["status"]!, (string)failed["error"]!), Is.EqualTo((200, "Unhandled")));
        Assert.That((string)failed["payload"]!["errorMessage"]!, Is.EqualTo("It does not work."));
        Assert.That((string)failed["payload"]!["errorType"]!, Is.EqualTo("InvalidOperationException"));
        Assert.That((string)failed["log"]!, Does.Contain("It does not work."));
    });

    [Test]
    public void An_event_is_accepted_and_a_dry_run_answers_nothing() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["event"]), Is.EqualTo("""{"status":202,"length":0}"""));
        Assert.That((int)_seen["dryRun"]!, Is.EqualTo(204));
    });

    [Test]
    public void A_function_is_listed_described_and_called_by_its_ARN() => Assert.Multiple(() =>
    {
        Assert.That(_seen["functions"]!.AsArray().Select(name => (string)name!), Is.EquivalentTo(new[] { "echo", "fail" }));
        Assert.That(Json(_seen["configuration"]), Is.EqualTo("""{"arn":"arn:aws:lambda:us-east-1:111111111111:function:echo","timeout":5,"memory":128,"state":"Active"}"""));
        Assert.That((string)_seen["byArn"]!, Is.EqualTo("arn"));
    });

    [Test]
    public void A_refusal_is_told_in_the_words_of_AWS() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["absent"]), Is.EqualTo(Refusal("ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:111111111111:function:absent:$LATEST", 404)));
        Assert.That((string)_seen["noJson"]!["name"]!, Is.EqualTo("InvalidRequestContentException"));
        Assert.That((string)_seen["noJson"]!["message"]!, Does.StartWith("Could not parse request body into json:"));
    });

    [Test]
    public void What_is_not_built_is_refused_by_name() =>
        Assert.That(Json(_seen["notBuilt"]), Is.EqualTo(Refusal("NotImplemented", "The emulator does not implement DeleteFunction.", 501)));

    private static void Register(FunctionRegistry functions)
    {
        functions.Register("echo", (JsonElement input, LambdaContext context) =>
        {
            context.Logger.LogLine("called");
            return input;
        });
        functions.Register<JsonElement>("fail", Task (_, _) => throw new InvalidOperationException("It does not work."));
    }
}
