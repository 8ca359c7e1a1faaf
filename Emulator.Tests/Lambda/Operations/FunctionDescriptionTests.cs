using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.Operations;

[Source("https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html")]
[Source("https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html")]
internal sealed class FunctionDescriptionTests : LambdaFixture
{
    private const string Functions = "/2015-03-31/functions";

    [Test]
    [Observed("2025-11-25, TestLambdaFunction::test_function_lifecycle: which members there are")]
    public async Task GetFunction_tells_the_configuration_with_the_members_that_aws_tells()
    {
        Aws.Functions.Register("f", (JsonElement _) => 1, new FunctionOptions { Timeout = TimeSpan.FromSeconds(5), MemorySizeMb = 256, Environment = new Dictionary<string, string> { ["ENV_A"] = "a" }, Role = "worker" });
        var answer = await GetAsync($"{Functions}/f");
        var configuration = answer.Json.GetProperty("Configuration");
        Assert.Multiple(() =>
        {
            Assert.That(configuration.EnumerateObject().Select(member => member.Name), Is.EquivalentTo(new[]
            {
                "Architectures", "CodeSha256", "CodeSize", "Description", "Environment", "EphemeralStorage", "FunctionArn", "FunctionName", "Handler", "LastModified", "LastUpdateStatus", "LoggingConfig",
                "MemorySize", "PackageType", "RevisionId", "Role", "Runtime", "RuntimeVersionConfig", "SnapStart", "State", "Timeout", "TracingConfig", "Version",
            }));
            Assert.That(configuration.GetProperty("FunctionArn").GetString(), Is.EqualTo(ArnOf("f")));
            Assert.That(configuration.GetProperty("Role").GetString(), Is.EqualTo($"arn:aws:iam::{Aws.Account}:role/worker"));
            Assert.That(configuration.GetProperty("Timeout").GetInt32(), Is.EqualTo(5));
            Assert.That(configuration.GetProperty("MemorySize").GetInt32(), Is.EqualTo(256));
            Assert.That(configuration.GetProperty("State").GetString(), Is.EqualTo("Active"));
            Assert.That(configuration.GetProperty("Environment").GetRawText(), Is.EqualTo("""{"Variables":{"ENV_A":"a"}}"""));
            Assert.That(configuration.GetProperty("LoggingConfig").GetProperty("LogGroup").GetString(), Is.EqualTo("/aws/lambda/f"));
            Assert.That(configuration.GetProperty("LastModified").GetString(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$"));
        });
    }

    [Test]
    [Observed("2025-11-25, TestLambdaVersions::test_version_lifecycle: the ARN ends with the version that was asked for")]
    public async Task GetFunctionConfiguration_is_the_same_document_with_the_qualifier_in_its_arn()
    {
        Aws.Functions.Register("f", (JsonElement _) => 1);
        var plain = (await GetAsync($"{Functions}/f")).Json.GetProperty("Configuration");
        var qualified = (await GetAsync($"{Functions}/f/configuration?Qualifier=%24LATEST")).Json;
        Assert.That(qualified.GetProperty("FunctionArn").GetString(), Is.EqualTo(plain.GetProperty("FunctionArn").GetString() + ":$LATEST"));
        Assert.That(qualified.GetProperty("RevisionId").GetString(), Is.EqualTo(plain.GetProperty("RevisionId").GetString()));
    }

    [Test]
    [Observed("2025-11-25, TestLambdaFunction::test_ops_on_nonexisting_fn and test_ops_on_nonexisting_version")]
    public async Task An_absent_function_is_named_without_a_version_unless_one_was_asked_for()
    {
        Aws.Functions.Register("f", (JsonElement _) => 1);
        Assert.That((await GetAsync($"{Functions}/absent"))["Message"], Is.EqualTo($"Function not found: {ArnOf("absent")}"));
        Assert.That((await GetAsync($"{Functions}/absent/configuration"))["Message"], Is.EqualTo($"Function not found: {ArnOf("absent")}"));
        Assert.That((await GetAsync($"{Functions}/f?Qualifier=1221"))["Message"], Is.EqualTo($"Function not found: {ArnOf("f")}:1221"));
    }

    [Test]
    [Observed("2025-11-25, TestLambdaFunction::test_list_functions: no state, no runtime version")]
    public async Task ListFunctions_lists_without_the_state_and_with_versions_where_asked()
    {
        foreach (var name in new[] { "b", "a" }) Aws.Functions.Register(name, (JsonElement _) => 1);
        var listed = (await GetAsync($"{Functions}/")).Json.GetProperty("Functions").EnumerateArray().ToArray();
        Assert.That(listed.Select(function => function.GetProperty("FunctionArn").GetString()), Is.EqualTo(new[] { ArnOf("a"), ArnOf("b") }));
        Assert.That(listed[0].EnumerateObject().Select(member => member.Name), Has.None.AnyOf("State", "LastUpdateStatus", "RuntimeVersionConfig"));
        var all = (await GetAsync($"{Functions}?FunctionVersion=ALL")).Json.GetProperty("Functions").EnumerateArray();
        Assert.That(all.Select(function => function.GetProperty("FunctionArn").GetString()), Is.EqualTo(new[] { ArnOf("a") + ":$LATEST", ArnOf("b") + ":$LATEST" }));
    }

    [Test]
    [Observed("2025-11-25, TestLambdaFunction::test_list_functions")]
    public async Task ListFunctions_refuses_another_version_than_all()
    {
        var answer = await GetAsync($"{Functions}?FunctionVersion=invalid");
        Assert.That((answer.Status, answer.ErrorType, answer["message"]), Is.EqualTo((400, "ValidationException", "1 validation error detected: Value 'invalid' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]")));
    }

    [Test]
    public async Task ListFunctions_pages_through_all_of_them()
    {
        for (var i = 0; i < 120; i++) Aws.Functions.Register($"f{i:000}", (JsonElement _) => 1);
        var names = new List<string>();
        var pages = 0;
        for (string? marker = ""; marker is not null; pages++)
        {
            var page = (await GetAsync($"{Functions}?Marker={Uri.EscapeDataString(marker)}")).Json;
            names.AddRange(page.GetProperty("Functions").EnumerateArray().Select(function => function.GetProperty("FunctionName").GetString()!));
            marker = page.TryGetProperty("NextMarker", out var next) ? next.GetString() : null;
        }
        Assert.That(names, Is.EqualTo(Aws.Functions.Names));
        Assert.That(pages, Is.EqualTo(3), "at most 50 a page");
        Assert.That((await GetAsync($"{Functions}?MaxItems=2")).Json.GetProperty("Functions").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html")]
    public async Task Every_operation_that_is_not_built_is_refused_by_name()
    {
        string[] templates =
        [
            "CreateFunction POST /2015-03-31/functions", "DeleteFunction DELETE /2015-03-31/functions/f", "UpdateFunctionCode PUT /2015-03-31/functions/f/code", "PublishVersion POST /2015-03-31/functions/f/versions",
            "CreateAlias POST /2015-03-31/functions/f/aliases", "AddPermission POST /2015-03-31/functions/f/policy", "CreateEventSourceMapping POST /2015-03-31/event-source-mappings",
            "PutFunctionEventInvokeConfig PUT /2019-09-25/functions/f/event-invoke-config", "CreateFunctionUrlConfig POST /2021-10-31/functions/f/url", "InvokeWithResponseStream POST /2021-11-15/functions/f/response-streaming-invocations",
            "GetLayerVersionByArn GET /2018-10-31/layers?find=LayerVersion", "ListLayers GET /2018-10-31/layers", "ListProvisionedConcurrencyConfigs GET /2019-09-30/functions/f/provisioned-concurrency?List=ALL",
            "ListTags GET /2017-03-31/tags/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af", "InvokeAsync POST /2014-11-13/functions/f/invoke-async",
        ];
        foreach (var template in templates)
        {
            var parts = template.Split(' ');
            var answer = await SendAsync(new HttpMethod(parts[1]), parts[2], parts[1] == "GET" ? null : "{}"u8.ToArray(), []);
            Assert.That((answer.Status, answer.ErrorType), Is.EqualTo((501, "NotImplemented")), template);
            Assert.That(answer.Text, Does.Contain($"does not implement {parts[0]}."), template);
        }
    }
}
