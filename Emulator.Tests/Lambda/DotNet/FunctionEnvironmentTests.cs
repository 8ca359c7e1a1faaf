using System.Text.Json;
using Emulator.Configuration;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.DotNet;

/// <summary>Functions of one process, each with its own variables, role and AWS SDK.</summary>
internal sealed class FunctionEnvironmentTests : AssemblyFixture
{
    [Test]
    public async Task The_aws_sdk_that_a_function_brought_along_acts_as_its_role_and_comes_to_the_emulator()
    {
        var service = Serve(new Dictionary<string, FunctionConfig> { ["one"] = (await WhoAmIAsync()) with { Role = "first" }, ["two"] = (await WhoAmIAsync()) with { Role = "second" } });
        var answers = await Task.WhenAll(TextAsync(service, "{}", "one"), TextAsync(service, "{}", "two"));
        Assert.That(answers, Is.EqualTo(new[] { $"\"arn:aws:sts::{Aws.Account}:assumed-role/first/one\"", $"\"arn:aws:sts::{Aws.Account}:assumed-role/second/two\"" }));
    }

    [Test]
    public async Task Its_credentials_are_renewed_when_the_clock_moves_on()
    {
        var service = Serve(await WhoAmIAsync());
        await TextAsync(service);
        Aws.Clock.Advance(TimeSpan.FromHours(3));
        await TextAsync(service);
    }

    [Test]
    [NonParallelizable]
    public async Task A_function_sees_its_variables_in_its_constructor_and_afterwards_those_that_nobody_else_claims()
    {
        var own = await VariablesAsync("one");
        Assert.That(own[..2], Is.EqualTo(new[] { "Orders", "Orders" }));
        Assert.That(own[2], Does.StartWith("ASIA"), "the role's credentials, in the constructor");
        Assert.That(own[3], Is.EqualTo(Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") ?? "-"), "but not left to the process");
    }

    [Test]
    [NonParallelizable]
    public async Task Two_functions_that_want_one_variable_otherwise_are_told_of()
    {
        var service = Serve(new Dictionary<string, FunctionConfig>
        {
            ["one"] = (await HandlerAsync("Variables")) with { Environment = new Dictionary<string, string> { ["TABLE"] = "Orders" } },
            ["two"] = (await HandlerAsync("Variables")) with { Environment = new Dictionary<string, string> { ["TABLE"] = "Customers" } },
        });
        Assert.That((await VariablesOfAsync(service, "one"))[..2], Is.EqualTo(new[] { "Orders", "Orders" }));
        Assert.That((await VariablesOfAsync(service, "two"))[..2], Is.EqualTo(new[] { "Customers", "Orders" }), "its own in the constructor, the first one's afterwards");
        Assert.That(Told, Has.Some.Contains("The function two wants the environment variable TABLE otherwise than it is set in this process"));
        await service.DisposeAsync();
        Assert.That(Environment.GetEnvironmentVariable("TABLE"), Is.Null, "the process has its environment back");
    }

    // The first client of an AWS SDK takes its time where many tests run at once.
    private static async Task<FunctionConfig> WhoAmIAsync() => (await HandlerAsync("WhoAmI")) with { Timeout = TimeSpan.FromMinutes(1) };

    private async Task<string[]> VariablesAsync(string function)
    {
        var service = Serve(new Dictionary<string, FunctionConfig> { [function] = (await HandlerAsync("Variables")) with { Environment = new Dictionary<string, string> { ["TABLE"] = "Orders" } } });
        return await VariablesOfAsync(service, function);
    }

    private async Task<string[]> VariablesOfAsync(Emulator.Lambda.LambdaService service, string function) =>
        JsonSerializer.Deserialize<string[]>(await TextAsync(service, "{}", function))!;
}
