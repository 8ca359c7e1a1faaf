using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html")]
internal sealed class TargetTrackingTests : AutoScalingFixture
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task A_table_under_load_is_throttled_scales_out_and_scales_in_again()
    {
        await RegisterAsync(5, 40);
        await PutPolicyAsync(50);

        await WriteUntilThrottledAsync();
        Aws.Clock.Set(Start + Minute);
        await WriteUntilThrottledAsync();
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
        Aws.Clock.Set(Start + (2 * Minute));
        // 1,800 units in two minutes are 15 a second: half of 30.
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(30));
        await WriteAsync(5);

        Aws.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
        var activities = await ActivitiesAsync();
        Assert.That(activities.Select(activity => (string)activity!["Description"]!), Is.EqualTo(new[] { "Setting write capacity units to 5.", "Setting write capacity units to 30." }));
        Assert.That((string)activities[1]!["Cause"]!, Does.Match("^monitor alarm TargetTracking-table/Orders-AlarmHigh-[0-9a-f-]{36} in state ALARM triggered policy writes$"));
        Assert.That((string)activities[0]!["Cause"]!, Does.Match("^monitor alarm TargetTracking-table/Orders-AlarmLow-[0-9a-f-]{36} in state ALARM triggered policy writes$"));
        Assert.That((string)activities[1]!["StatusMessage"]!, Is.EqualTo("Successfully set write capacity units to 30. Change successfully fulfilled by dynamodb."));
    }

    [Test]
    public async Task One_minute_above_the_target_is_not_enough()
    {
        await RegisterAsync(5, 40);
        await PutPolicyAsync(50);
        await WriteAsync(2);
        Aws.Clock.Advance(3 * Minute);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
    }

    [Test]
    public async Task What_is_just_the_target_is_not_above_it()
    {
        await RegisterAsync(5, 40);
        await PutPolicyAsync(50);
        for (var minute = 0; minute < 2; minute++) await WriteUnitsInMinuteAsync(150);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
        for (var minute = 0; minute < 2; minute++) await WriteUnitsInMinuteAsync(151);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(6));
    }

    [Test]
    public async Task The_maximum_is_not_passed_and_that_is_told_once()
    {
        await RegisterAsync(5, 8);
        await PutPolicyAsync(50);
        for (var minute = 0; minute < 5; minute++) await WriteUnitsInMinuteAsync(600);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(8));
        var told = (await ActivitiesAsync(notScaled: true))[0]!;
        Assert.That(told["NotScaledReasons"]!.ToJsonString(), Is.EqualTo("""[{"Code":"AlreadyAtMaxCapacity","MaxCapacity":8}]"""));
        Assert.That((string)told["Description"]!, Is.EqualTo("Attempting to scale due to alarm triggered"));
        Assert.That(await ActivitiesAsync(notScaled: true), Has.Count.EqualTo(2));
        Assert.That(await ActivitiesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_the_last_scaling_out_added_counts_while_it_cools_down()
    {
        await RegisterAsync(5, 100);
        await PutPolicyAsync(50, ("ScaleOutCooldown", 600));
        for (var minute = 0; minute < 2; minute++) await WriteUnitsInMinuteAsync(300);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(10));
        // 12 would be needed: 5 of them have just been added.
        for (var minute = 0; minute < 3; minute++) await WriteUnitsInMinuteAsync(360);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(10));
        for (var minute = 0; minute < 7; minute++) await WriteUnitsInMinuteAsync(360);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(12));
    }

    [Test]
    public async Task Capacity_that_is_not_to_be_taken_away_has_no_alarm_for_it()
    {
        await RegisterAsync(5, 100);
        await DynamoDb.UpdateTableAsync("Orders", new ProvisionedThroughput(5, 50));
        var put = await PutPolicyAsync(50, ("DisableScaleIn", true));
        Assert.That(put["Alarms"]!.AsArray().Select(alarm => ((string)alarm!["AlarmName"]!).Split('-')[2]), Is.EqualTo(new[] { "AlarmHigh", "ProvisionedCapacityHigh", "ProvisionedCapacityLow" }));
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(50));
    }

    [Test]
    public async Task Suspended_scaling_rests()
    {
        await RegisterAsync(5, 100);
        await PutPolicyAsync(50);
        await AutoScaling.CallAsync("RegisterScalableTarget", With(Target(), ("SuspendedState", new JsonObject { ["DynamicScalingOutSuspended"] = true })));
        for (var minute = 0; minute < 3; minute++) await WriteUnitsInMinuteAsync(300);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
        await AutoScaling.CallAsync("RegisterScalableTarget", With(Target(), ("SuspendedState", new JsonObject { ["DynamicScalingOutSuspended"] = false })));
        await WriteUnitsInMinuteAsync(300);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(10));
    }

    [Test]
    public async Task The_fifth_decrease_of_an_hour_fails_and_says_why()
    {
        await RegisterAsync(5, 1000);
        await PutPolicyAsync(50, ("ScaleInCooldown", 0));
        for (var i = 10; i >= 6; i--) await DynamoDb.UpdateTableAsync("Orders", new ProvisionedThroughput(5, i));
        Aws.Clock.Advance(16 * Minute);
        var failed = (await ActivitiesAsync())[0]!;
        Assert.That((string)failed["StatusCode"]!, Is.EqualTo("Failed"));
        Assert.That((string)failed["StatusMessage"]!, Does.StartWith("Failed to set write capacity units to 5. Reason: Failed updating table: Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day."));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html")]
    public async Task More_than_an_account_may_have_of_a_table_is_refused_and_says_so()
    {
        await RegisterAsync(50_000, 60_000);
        var failed = (await ActivitiesAsync()).Single()!;
        Assert.That((string)failed["StatusMessage"]!, Does.StartWith("Failed to set write capacity units to 50000. Reason: Failed updating table: The requested WriteCapacityUnits, 50000, is above the per table maximum for the account in us-east-1."));
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_fork_scales_its_own_table()
    {
        await RegisterAsync(5, 100);
        await DynamoDb.UpdateTableAsync("Orders", new ProvisionedThroughput(5, 50));
        await PutPolicyAsync(50);
        await using var fork = Aws.Fork();
        fork.Clock.Advance(TimeSpan.FromMinutes(20));
        using var client = fork.CreateClient<Amazon.DynamoDBv2.AmazonDynamoDBClient>();
        Assert.That((await client.DescribeTableAsync("Orders")).Table.ProvisionedThroughput.WriteCapacityUnits, Is.EqualTo(5));
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(50));
    }

    /// <summary>Writes until nothing is left of a minute's capacity.</summary>
    private async Task WriteUntilThrottledAsync()
    {
        for (var second = 0; second < 10; second++)
        {
            try
            {
                await WriteAsync(100);
            }
            catch (ProvisionedThroughputExceededException error)
            {
                if (error.ThrottlingReasons.Single().Reason == "TableWriteProvisionedThroughputExceeded") return;
                Aws.Clock.Advance(TimeSpan.FromSeconds(1)); // one partition's second was used up first
            }
        }
        Assert.Fail("The table was not throttled.");
    }

    private async Task WriteUnitsInMinuteAsync(int units)
    {
        for (; units >= 100; units -= 100) await PutAsync();
        for (; units > 0; units--) await DynamoDb.PutItemAsync("Orders", new() { ["id"] = new("small") });
        Aws.Clock.Advance(Minute);
    }
}
