using System.Text.Json;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.Functions;

/// <summary>Functions of emulator.yaml for which a delegate is registered, or not.</summary>
internal sealed class DeclaredFunctionTests : LambdaFixture
{
    protected override string Configuration => """
        roles:
          worker: {}
        lambda:
          functions:
            declared: { timeout: 7s, memory: 256, role: worker, environment: { TABLE: Orders } }
        """;

    [Test]
    public async Task A_delegate_takes_the_settings_of_the_function_of_its_name()
    {
        Aws.Functions.Register("declared", async (JsonElement _, LambdaContext context) => new
        {
            Table = context.Environment["TABLE"],
            context.MemoryLimitInMB,
            (await context.CreateClient<AmazonSecurityTokenServiceClient>().GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn,
        });
        Assert.That((await InvokeAsync("declared", "{}")).Text, Is.EqualTo($$"""{"Table":"Orders","MemoryLimitInMB":256,"Arn":"arn:aws:sts::{{Aws.Account}}:assumed-role/worker/declared"}"""));
        Assert.That((await GetAsync("/2015-03-31/functions/declared/configuration")).Json.GetProperty("Timeout").GetInt32(), Is.EqualTo(7));
    }

    [Test]
    public async Task Options_in_code_win()
    {
        Aws.Functions.Register("declared", (JsonElement _, LambdaContext context) => context.MemoryLimitInMB, new FunctionOptions { MemorySizeMb = 512 });
        Assert.That((await InvokeAsync("declared", "{}")).Text, Is.EqualTo("512"));
        Assert.That((await GetAsync("/2015-03-31/functions/declared/configuration")).Json.GetProperty("Timeout").GetInt32(), Is.EqualTo(7));
    }

    [Test]
    public async Task Without_code_it_is_there_and_says_what_is_missing()
    {
        var configuration = (await GetAsync("/2015-03-31/functions/declared/configuration")).Json;
        Assert.That(configuration.GetProperty("State").GetString(), Is.EqualTo("Failed"));
        var answer = await InvokeAsync("declared", "{}");
        Assert.That((answer.Status, answer.FunctionError, answer["errorType"]), Is.EqualTo((200, "Unhandled", "Emulator.FunctionWithoutCode")));
        Assert.That(answer["errorMessage"], Does.Contain("Functions.Register(\"declared\", ...)"));
        Assert.That(Aws.Functions.Logs("declared").Select(line => line.Text), Has.Some.StartsWith("REPORT RequestId: "));
    }

    [Test]
    public async Task After_a_reset_its_role_has_new_credentials()
    {
        Aws.Functions.Register("declared", async (JsonElement _, LambdaContext context) =>
            (await context.CreateClient<AmazonSecurityTokenServiceClient>().GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn);
        await InvokeAsync("declared", "{}");
        await Aws.ResetAsync();
        var answer = await InvokeAsync("declared", "{}");
        Assert.That(answer.FunctionError, Is.Null, answer.Text);
    }
}
