using System.Text.Json;
using NUnit.Framework;

namespace Emulator.Tests.Lambda.Invocations;

[Source("https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html")]
internal sealed class InvocationQueueTests : LambdaFixture
{
    private readonly List<string> _tries = [];

    [Test]
    public async Task A_failed_event_is_tried_again_after_one_minute_and_after_two_and_then_no_more()
    {
        Aws.Clock.Freeze();
        RegisterFailing(times: 10);
        await InvokeAsync("f", "{}", type: "Event");
        await Aws.Functions.WhenIdleAsync();
        Assert.That(_tries, Has.Count.EqualTo(1));
        await AdvanceAsync(TimeSpan.FromSeconds(59));
        Assert.That(_tries, Has.Count.EqualTo(1));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.That(_tries, Has.Count.EqualTo(2));
        await AdvanceAsync(TimeSpan.FromSeconds(119));
        Assert.That(_tries, Has.Count.EqualTo(2));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.That(_tries, Has.Count.EqualTo(3));
        await AdvanceAsync(TimeSpan.FromHours(7));
        Assert.That(_tries, Has.Count.EqualTo(3));
        Assert.That(_tries.Distinct().Count(), Is.EqualTo(1), "its retries have the request id of the event");
    }

    [Test]
    public async Task A_retry_that_succeeds_is_the_last()
    {
        Aws.Clock.Freeze();
        RegisterFailing(times: 1);
        await InvokeAsync("f", "{}", type: "Event");
        await Aws.Functions.WhenIdleAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await AdvanceAsync(TimeSpan.FromHours(1));
        Assert.That(_tries, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_retry_calls_the_function_as_it_is_then()
    {
        Aws.Clock.Freeze();
        RegisterFailing(times: 10);
        await InvokeAsync("f", "7", type: "Event");
        await Aws.Functions.WhenIdleAsync();
        var repaired = 0;
        Aws.Functions.Register("f", (int number) => repaired = number);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That((repaired, _tries.Count), Is.EqualTo((7, 1)));
    }

    [Test]
    public async Task Stopping_waits_for_events_that_run_and_drops_those_that_wait_for_a_retry()
    {
        var finished = 0;
        var aws = await AwsEmulator.StartAsync();
        aws.Functions.Register("slow", async (JsonElement _) => { await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System); finished++; });
        aws.Host.Slices.OfType<Integration.IFunctionInvoker>().Single().Enqueue(new(aws.Account, aws.Region, "slow", "{}"u8.ToArray(), null));
        await aws.DisposeAsync();
        Assert.That(finished, Is.EqualTo(1));
    }

    [Test]
    public async Task A_thousand_events_are_all_run()
    {
        var sum = 0;
        Aws.Functions.Register("add", (int number) => Interlocked.Add(ref sum, number));
        await Task.WhenAll(Enumerable.Range(1, 1000).Select(number => InvokeAsync("add", number.ToString(), type: "Event")));
        await Aws.Functions.WhenIdleAsync();
        Assert.That(sum, Is.EqualTo(500500));
    }

    private async Task AdvanceAsync(TimeSpan time)
    {
        Aws.Clock.Advance(time);
        await Aws.Functions.WhenIdleAsync();
    }

    private void RegisterFailing(int times) => Aws.Functions.Register("f", (JsonElement _, LambdaContext context) =>
    {
        lock (_tries) _tries.Add(context.AwsRequestId);
        return _tries.Count <= times ? throw new InvalidOperationException("not yet") : 1;
    });
}
