using NUnit.Framework;

namespace Emulator.Tests.Hosting;

[Source("https://learn.microsoft.com/dotnet/api/system.timeprovider")]
internal sealed class EmulatorClockTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Advancing_runs_what_falls_due_in_order_each_at_its_time()
    {
        var clock = Frozen();
        var seen = new List<(string Name, DateTimeOffset At)>();
        using var late = clock.CreateTimer(_ => seen.Add(("late", clock.GetUtcNow())), null, TimeSpan.FromMinutes(30), Timeout.InfiniteTimeSpan);
        using var every = clock.CreateTimer(_ => seen.Add(("every", clock.GetUtcNow())), null, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20));
        using var never = clock.CreateTimer(_ => seen.Add(("never", clock.GetUtcNow())), null, TimeSpan.FromHours(2), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Multiple(() =>
        {
            Assert.That(seen, Is.EqualTo(new[]
            {
                ("every", Start.AddMinutes(20)), ("late", Start.AddMinutes(30)), ("every", Start.AddMinutes(40)), ("every", Start.AddMinutes(60)),
            }));
            Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddHours(1)));
        });
    }

    [Test]
    public void A_timer_made_while_advancing_runs_if_it_falls_due()
    {
        var clock = Frozen();
        var seen = new List<DateTimeOffset>();
        using var first = clock.CreateTimer(_ => clock.CreateTimer(_ => seen.Add(clock.GetUtcNow()), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.That(seen, Is.EqualTo(new[] { Start.AddSeconds(15) }));
    }

    [Test]
    public void A_changed_timer_fires_once_at_its_new_time()
    {
        var clock = Frozen();
        var count = 0;
        using var timer = clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.That(count, Is.Zero);
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.That(count, Is.EqualTo(1));
    }

    [Test]
    public void A_disposed_timer_does_not_fire()
    {
        var clock = Frozen();
        var count = 0;
        clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)).Dispose();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(count, Is.Zero);
    }

    [Test]
    public async Task A_delay_on_a_running_clock_ends_by_itself()
    {
        var clock = new EmulatorClock();
        await Task.Delay(TimeSpan.FromMilliseconds(20), clock).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task A_delay_on_a_frozen_clock_ends_when_it_is_advanced()
    {
        var clock = Frozen();
        var delay = Task.Delay(TimeSpan.FromDays(30), clock);
        Assert.That(delay.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromDays(30));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public void A_running_clock_that_was_set_goes_on_from_there()
    {
        var clock = new EmulatorClock();
        clock.Set(Start);
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start).Within(TimeSpan.FromSeconds(10)));
        clock.Freeze();
        var frozen = clock.GetUtcNow();
        Assert.That(clock.GetUtcNow(), Is.EqualTo(frozen));
        clock.Resume();
        Assert.That(clock.GetUtcNow(), Is.GreaterThanOrEqualTo(frozen));
    }

    [Test]
    public void It_does_not_advance_backwards() =>
        Assert.That(() => new EmulatorClock().Advance(TimeSpan.FromTicks(-1)), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_fork_has_the_time_and_goes_its_own_way()
    {
        var clock = Frozen();
        var fork = clock.Fork();
        fork.Advance(TimeSpan.FromHours(1));
        Assert.That((clock.GetUtcNow(), fork.GetUtcNow()), Is.EqualTo((Start, Start.AddHours(1))));
    }

    private static EmulatorClock Frozen()
    {
        var clock = new EmulatorClock();
        clock.Freeze();
        clock.Set(Start);
        return clock;
    }
}
