using System.Text.Json;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.Invocations;

[Source("https://docs.aws.amazon.com/lambda/latest/dg/csharp-context.html")]
internal sealed class LambdaContextTests : LambdaFixture
{
    private LambdaContext? _context;

    [Test]
    public async Task It_tells_the_function_and_its_log_in_aws_forms()
    {
        Aws.Functions.Register("f", (JsonElement _, LambdaContext context) => { _context = context; return context.RemainingTime; }, new FunctionOptions { Timeout = TimeSpan.FromSeconds(10), MemorySizeMb = 512 });
        var remaining = JsonSerializer.Deserialize<TimeSpan>((await InvokeAsync("f", "{}")).Text);
        Assert.Multiple(() =>
        {
            Assert.That(_context!.FunctionName, Is.EqualTo("f"));
            Assert.That(_context.FunctionVersion, Is.EqualTo("$LATEST"));
            Assert.That(_context.InvokedFunctionArn, Is.EqualTo(ArnOf("f")));
            Assert.That(_context.MemoryLimitInMB, Is.EqualTo(512));
            Assert.That(_context.LogGroupName, Is.EqualTo("/aws/lambda/f"));
            Assert.That(_context.LogStreamName, Does.Match(@"^\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}$"));
            Assert.That(_context.TraceId, Does.Match("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]$"));
            Assert.That(remaining, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(_context.ClientContext, Is.Null);
            Assert.That(_context.Identity, Is.Null);
        });
    }

    [Test]
    [Observed("2026-01-12, TestLambdaRuntimesCommon::test_introspection_invoke[dotnet10]")]
    public async Task The_environment_is_the_functions_own_and_what_lambda_sets()
    {
        Aws.Functions.Register("f", (JsonElement _, LambdaContext context) => context.Environment, new FunctionOptions { Environment = new Dictionary<string, string> { ["TEST_KEY"] = "TEST_VAL", ["AWS_REGION"] = "may not be set" } });
        var variables = (await InvokeAsync("f", "{}")).Json.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);
        Assert.Multiple(() =>
        {
            Assert.That(variables["TEST_KEY"], Is.EqualTo("TEST_VAL"));
            Assert.That(variables["AWS_REGION"], Is.EqualTo(Aws.Region));
            Assert.That(variables["AWS_DEFAULT_REGION"], Is.EqualTo(Aws.Region));
            Assert.That(variables["AWS_LAMBDA_FUNCTION_NAME"], Is.EqualTo("f"));
            Assert.That(variables["AWS_LAMBDA_FUNCTION_VERSION"], Is.EqualTo("$LATEST"));
            Assert.That(variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], Is.EqualTo("128"));
            Assert.That(variables["AWS_LAMBDA_LOG_GROUP_NAME"], Is.EqualTo("/aws/lambda/f"));
            Assert.That(variables["AWS_LAMBDA_INITIALIZATION_TYPE"], Is.EqualTo("on-demand"));
            Assert.That(variables["AWS_EXECUTION_ENV"], Is.EqualTo("AWS_Lambda_dotnet10"));
            Assert.That(variables["AWS_ACCESS_KEY_ID"], Does.StartWith("ASIA"));
            Assert.That(variables["AWS_SESSION_TOKEN"], Is.Not.Empty);
            Assert.That(variables["TZ"], Is.EqualTo(":UTC"));
            Assert.That(variables, Contains.Key("_X_AMZN_TRACE_ID"));
            Assert.That(variables, Does.Not.ContainKey("AWS_ENDPOINT_URL"), "nothing listens");
        });
    }

    [Test]
    public async Task With_a_port_open_the_environment_says_where()
    {
        var address = await Aws.ListenAsync();
        Aws.Functions.Register("f", (JsonElement _, LambdaContext context) => context.Environment["AWS_ENDPOINT_URL"]);
        Assert.That((await InvokeAsync("f", "{}")).Json.GetString(), Is.EqualTo(address.ToString().TrimEnd('/')));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html")]
    public async Task Its_clients_act_as_the_functions_role()
    {
        Aws.Functions.Register("who", async (JsonElement _, LambdaContext context) =>
            (await context.CreateClient<AmazonSecurityTokenServiceClient>().GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn, new FunctionOptions { Role = "worker" });
        Aws.Functions.Register("default", async (JsonElement _, LambdaContext context) =>
            (await context.CreateClient<AmazonSecurityTokenServiceClient>().GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn);
        Assert.That((await InvokeAsync("who", "{}")).Text, Is.EqualTo($"\"arn:aws:sts::{Aws.Account}:assumed-role/worker/who\""));
        Assert.That((await InvokeAsync("default", "{}")).Text, Is.EqualTo($"\"arn:aws:sts::{Aws.Account}:assumed-role/default-role/default\""));
    }

    [Test]
    public async Task Credentials_are_renewed_before_they_expire()
    {
        AmazonSecurityTokenServiceClient? kept = null;
        Aws.Functions.Register("who", async (JsonElement _, LambdaContext context) =>
        {
            var client = context.CreateClient<AmazonSecurityTokenServiceClient>();
            kept ??= client;
            Assert.That(client, Is.SameAs(kept));
            await client.GetCallerIdentityAsync(new GetCallerIdentityRequest());
            return (await context.Credentials.GetCredentialsAsync()).AccessKey;
        });
        var first = (await InvokeAsync("who", "{}")).Text;
        Assert.That((await InvokeAsync("who", "{}")).Text, Is.EqualTo(first));
        Aws.Clock.Advance(TimeSpan.FromHours(5));
        var later = await InvokeAsync("who", "{}");
        Assert.That(later.FunctionError, Is.Null, later.Text);
        Assert.That(later.Text, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task The_log_keeps_its_last_lines_and_no_more()
    {
        Aws.Functions.Register("f", (int lines, LambdaContext context) => { for (var i = 0; i < lines; i++) context.Logger.LogLine($"line {i}"); return 0; });
        await InvokeAsync("f", "5000");
        var log = Aws.Functions.Logs("f");
        Assert.That(log, Has.Count.EqualTo(2000));
        Assert.That(log[^3].Text, Does.EndWith("line 4999"));
        Assert.That(Aws.Functions.Logs("absent"), Is.Empty);
    }
}
