using System.Globalization;
using Emulator.ApplicationAutoScaling.Schedules;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

[Source("https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html")]
internal sealed class ScheduleTests
{
    [TestCase("at(2030-01-02T03:04:05)", null, "2030-01-01 00:00", "2030-01-02 03:04:05")]
    [TestCase("at(2030-07-02T9:36:00)", "America/New_York", "2030-01-01 00:00", "2030-07-02 13:36:00")]
    [TestCase("at(2029-12-31T23:59:59)", null, "2030-01-01 00:00", null)]
    [TestCase("rate(1 minute)", null, "2030-01-01 00:00", "2030-01-01 00:01:00")]
    [TestCase("rate(3 days)", null, "2030-01-02 00:00", "2030-01-04 00:00:00")]
    [TestCase("cron(0 10 * * ? *)", null, "2030-01-01 10:00", "2030-01-02 10:00:00")]
    [TestCase("cron(15 12 * * ? *)", null, "2030-01-01 12:14", "2030-01-01 12:15:00")]
    [TestCase("cron(0 18 ? * MON-FRI *)", null, "2030-01-04 18:00", "2030-01-07 18:00:00")] // a Friday
    [TestCase("cron(0 8 1 * ? *)", null, "2030-01-01 08:00", "2030-02-01 08:00:00")]
    [TestCase("cron(0/15 * * * ? *)", null, "2030-01-01 00:50", "2030-01-01 01:00:00")]
    [TestCase("cron(0/5 8-17 ? * MON-FRI *)", null, "2030-01-04 17:55", "2030-01-07 08:00:00")]
    [TestCase("cron(0 0 L * ? *)", null, "2032-02-01 00:00", "2032-02-29 00:00:00")]
    [TestCase("cron(0 0 ? * 6L *)", null, "2030-01-01 00:00", "2030-01-25 00:00:00")] // the last Friday
    [TestCase("cron(0 0 ? * 3#2 *)", null, "2030-01-01 00:00", "2030-01-08 00:00:00")] // the second Tuesday
    [TestCase("cron(0 0 5W * ? *)", null, "2030-01-01 00:00", "2030-01-04 00:00:00")] // the 5th is a Saturday
    [TestCase("cron(0 0 1 JAN ? 2031)", null, "2030-01-01 00:00", "2031-01-01 00:00:00")]
    [TestCase("cron(0 0 30 2 ? *)", null, "2030-01-01 00:00", null)]
    [TestCase("cron(0 9 ? * MON-FRI)", "Asia/Seoul", "2030-01-01 00:00", "2030-01-02 00:00:00")]
    [TestCase("cron(30 2 31 3 ? *)", "Europe/Berlin", "2030-03-31 00:00", "2030-03-31 01:00:00")] // half past two is skipped that day
    public void The_next_run(string expression, string? zone, string after, string? expected)
    {
        var schedule = Schedule.Parse(expression, zone)!;
        var next = schedule.Next(Utc(after), Utc("2030-01-01 00:00"), null);
        Assert.That(next?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Is.EqualTo(expected));
    }

    [Test]
    public void A_rate_counts_from_its_start()
    {
        var schedule = Schedule.Parse("rate(10 minutes)", null)!;
        var start = Utc("2030-01-01 12:03");
        Assert.That(schedule.Next(Utc("2030-01-01 00:00"), Utc("2029-01-01 00:00"), start), Is.EqualTo(start));
        Assert.That(schedule.Next(start, Utc("2029-01-01 00:00"), start), Is.EqualTo(start.AddMinutes(10)));
        Assert.That(schedule.Next(Utc("2030-01-01 12:59"), Utc("2029-01-01 00:00"), start), Is.EqualTo(Utc("2030-01-01 13:03")));
    }

    [TestCase("")]
    [TestCase("at()")]
    [TestCase("at(2030-13-01T00:00:00)")]
    [TestCase("rate(0 minutes)")]
    [TestCase("rate(1 week)")]
    [TestCase("rate(99999999999 days)")]
    [TestCase("cron(0 0 1 1 1 *)")]
    [TestCase("cron(60 * * * ? *)")]
    [TestCase("cron(* * * * ?*)")]
    [TestCase("cron(5-1 * * * ? *)")]
    [TestCase("cron(*/0 * * * ? *)")]
    [TestCase("cron(1,,2 * * * ? *)")]
    [TestCase("cron(* * 32W * ? *)")]
    [TestCase("cron(* * ? * MON#6 *)")]
    [TestCase("every(5 minutes)")]
    public void What_is_no_schedule(string expression) => Assert.That(Schedule.Parse(expression, null), Is.Null);

    [Test]
    public void An_unknown_time_zone_is_none() => Assert.That(Schedule.Parse("rate(1 hour)", "Atlantis/Center"), Is.Null);

    [Test]
    public void Any_text_is_a_schedule_whose_next_run_is_later_or_none() => Prop.ForAll(
        Gen.Elements("at", "rate", "cron").SelectMany(name => Gen.Elements(" ", "*", "?", "0", "7", "31", "L", "W", "#", "-", "/", ",", "MON", "days", "2030").ListOf().Select(parts => $"{name}({string.Concat(parts)})")).ToArbitrary(),
        text => Schedule.Parse(text, null) is not { } schedule || schedule.Next(Utc("2030-01-01 00:00"), Utc("2030-01-01 00:00"), null) is not { } next || next > Utc("2030-01-01 00:00")).QuickCheckThrowOnFailure();

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
