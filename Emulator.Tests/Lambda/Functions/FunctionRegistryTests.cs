using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.Functions;

internal sealed class FunctionRegistryTests : LambdaFixture
{
    private sealed class Handlers
    {
        public int Calls { get; private set; }

        public Task<string> WithBoth(string input, LambdaContext context) => Task.FromResult($"{input} {context.FunctionName} {Calls}");

        public void WithNeither() => Calls++;

        public static ValueTask<int> WithContextOnly(LambdaContext context) => new(context.MemoryLimitInMB);

        public static Stream Raw(Stream input) => input;

        public static string Three(string one, LambdaContext context, string three) => one + context + three;
    }

    [Test]
    public async Task Every_form_of_a_delegate_can_be_registered()
    {
        var seen = 0;
        Aws.Functions.Register("context-task-result", async (int number, LambdaContext context) => { await Task.Yield(); return number + context.MemoryLimitInMB; });
        Aws.Functions.Register("context-task", async (int number, LambdaContext _) => { await Task.Yield(); seen += number; });
        Aws.Functions.Register("context-result", (int number, LambdaContext _) => number + 1);
        Aws.Functions.Register("task-result", async (int number) => { await Task.Yield(); return number + 2; });
        Aws.Functions.Register("task", async (int number) => { await Task.Yield(); seen += number; });
        Aws.Functions.Register("result", (int number) => number + 3);
        Aws.Functions.Register("stream", (Stream input, LambdaContext _) => Task.FromResult(input));
        Assert.That(await Task.WhenAll(Aws.Functions.Names.Select(async name => $"{name}={(await InvokeAsync(name, "1")).Text}")),
            Is.EqualTo(new[] { "context-result=2", "context-task=", "context-task-result=129", "result=4", "stream=1", "task=", "task-result=3" }));
        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public async Task A_delegate_that_only_throws_can_be_registered()
    {
        Aws.Functions.Register<int, int>("with-context", (_, _) => throw new InvalidOperationException("no"));
        Aws.Functions.Register<int, int>("without", _ => throw new InvalidOperationException("no"));
        Assert.That((await InvokeAsync("with-context", "1"))["errorType"], Is.EqualTo("InvalidOperationException"));
        Assert.That((await InvokeAsync("without", "1"))["errorType"], Is.EqualTo("InvalidOperationException"));
    }

    [Test]
    public async Task A_method_is_bound_as_it_would_be_in_aws()
    {
        var handlers = new Handlers();
        Aws.Functions.Register("both", handlers.WithBoth);
        Aws.Functions.Register("context", Handlers.WithContextOnly);
        Aws.Functions.Register("neither", handlers.WithNeither);
        Aws.Functions.Register("raw", Handlers.Raw);
        Assert.Multiple(async () =>
        {
            Assert.That((await InvokeAsync("both", "\"x\"")).Text, Is.EqualTo("\"x both 0\""));
            Assert.That((await InvokeAsync("context", "{}")).Text, Is.EqualTo("128"));
            Assert.That((await InvokeAsync("neither", "{}")).Text, Is.Empty);
            Assert.That((await InvokeAsync("raw", "[1 ]")).Text, Is.EqualTo("[1 ]"));
        });
        Assert.That(handlers.Calls, Is.EqualTo(1));
    }

    [Test]
    public void A_method_that_no_function_can_be_is_refused_at_once() =>
        Assert.That(() => Aws.Functions.Register("three", Handlers.Three), Throws.ArgumentException.With.Message.Contains("the method has more than 2 parameters"));

    [TestCase("")]
    [TestCase("with space")]
    [TestCase("dotted.name")]
    [Source("https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html")]
    public void A_name_that_lambda_would_refuse_is_refused(string name) =>
        Assert.That(() => Aws.Functions.Register(name, (int number) => number), Throws.ArgumentException);

    [Test]
    public async Task A_name_registered_again_is_replaced_and_a_removed_one_is_gone()
    {
        Aws.Functions.Register("f", (int number) => number);
        Assert.That((await InvokeAsync("f", "1")).Text, Is.EqualTo("1"));
        Aws.Functions.Register("f", (int number) => -number);
        Assert.That((await InvokeAsync("f", "1")).Text, Is.EqualTo("-1"));
        Assert.That(Aws.Functions.Remove("f"));
        Assert.That((await InvokeAsync("f", "1")).Status, Is.EqualTo(404));
        Assert.That(Aws.Functions.Remove("f"), Is.False);
    }

    [Test]
    public async Task Options_for_json_hold_for_one_function()
    {
        Aws.Functions.Register("camel", (int number) => new { TheNumber = number }, new FunctionOptions { SerializerOptions = new(JsonSerializerDefaults.Web) });
        Assert.That((await InvokeAsync("camel", "1")).Text, Is.EqualTo("""{"theNumber":1}"""));
    }

    [Test]
    public async Task A_fork_has_the_functions_and_from_then_on_its_own()
    {
        Aws.Functions.Register("shared", (int number) => number);
        await using var fork = Aws.Fork();
        fork.Functions.Register("new", (int number) => number);
        fork.Functions.Remove("shared");
        Assert.That(Aws.Functions.Names, Is.EqualTo(new[] { "shared" }));
        Assert.That(fork.Functions.Names, Is.EqualTo(new[] { "new" }));
        Assert.That((await InvokeAsync("shared", "7")).Text, Is.EqualTo("7"));
    }
}
