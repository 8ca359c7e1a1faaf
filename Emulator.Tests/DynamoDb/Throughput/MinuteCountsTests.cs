using Emulator.DynamoDb.Throughput;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Throughput;

internal sealed class MinuteCountsTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Sums_of_minutes_are_those_of_a_list() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, 200), Gen.Choose(1, 9)).ListOf().Select(steps => steps.ToList()).ToArbitrary(), steps =>
        {
            var counts = new MinuteCounts();
            var all = new List<(DateTimeOffset At, int Units)>();
            var time = Start;
            foreach (var (seconds, units) in steps)
            {
                time = time.AddSeconds(seconds);
                counts.Add(time, units);
                all.Add((time, units));
            }
            var minute = Start.AddMinutes(Math.Floor((time - Start).TotalMinutes) + 1);
            return Enumerable.Range(1, 15).All(back => counts.Before(minute, back) == all.Where(one => one.At >= minute.AddMinutes(-back) && one.At < minute.AddMinutes(1 - back)).Sum(one => one.Units));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_clock_that_is_set_back_begins_anew()
    {
        var counts = new MinuteCounts();
        counts.Add(Start, 5);
        counts.Add(Start.AddDays(-1), 7);
        Assert.That((counts.Before(Start.AddDays(-1).AddMinutes(1), 1), counts.Before(Start.AddMinutes(1), 1)), Is.EqualTo((7, 0)));
    }
}
