using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

[Source("https://docs.aws.amazon.com/autoscaling/application/userguide/describe-scheduled-scaling.html")]
internal sealed class ScheduledActionTests : AutoScalingFixture
{
    [Test]
    public async Task An_action_sets_the_bounds_at_its_time_and_the_capacity_follows()
    {
        await RegisterAsync(1, 10);
        await PutAsync("up", "at(2030-01-01T00:10:00)", 15, 20);
        Aws.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(15));
        var activities = await ActivitiesAsync();
        Assert.That(activities.Select(activity => ((string)activity!["Description"]!, (string)activity["Cause"]!, (string)activity["StatusMessage"]!, (double)activity["StartTime"]!)), Is.EqualTo(new[]
        {
            ("Setting write capacity units to 15.", "minimum capacity was set to 15", "Successfully set write capacity units to 15. Change successfully fulfilled by dynamodb.", 1893456600.0),
            ("Setting min capacity to 15 and max capacity to 20", "scheduled action name up was triggered", "Successfully set min capacity to 15 and max capacity to 20", 1893456600.0),
        }));
    }

    [Test]
    public async Task A_recurring_action_runs_each_time()
    {
        await RegisterAsync(1, 100);
        await PutAsync("up", "cron(0 8 ? * MON-FRI *)", 50, 100, "America/New_York");
        await PutAsync("down", "rate(1 day)", 1, 2);
        Aws.Clock.Set(new(2030, 1, 5, 0, 0, 0, TimeSpan.Zero));
        // Tuesday to Friday at 8 in New York, and at each of four midnights.
        Assert.That((await ActivitiesAsync()).GroupBy(activity => (string)activity!["Cause"]!).ToDictionary(group => group.Key, group => group.Count()), Is.EqualTo(new Dictionary<string, int>
        {
            ["scheduled action name up was triggered"] = 4,
            ["scheduled action name down was triggered"] = 4,
            ["minimum capacity was set to 50"] = 4,
            ["maximum capacity was set to 2"] = 4,
        }));
    }

    [Test]
    public async Task Descriptions_tell_what_was_put_and_putting_again_keeps_what_is_not_named()
    {
        await RegisterAsync(1, 10);
        await AutoScaling.CallAsync("PutScheduledAction", With(Target(), ("ScheduledActionName", "up"), ("Schedule", "rate(5 minutes)"), ("StartTime", 1893459600.5), ("ScalableTargetAction", new JsonObject { ["MaxCapacity"] = 20 })));
        Assert.That((await DescribeAsync()).Single()!.ToJsonString(), Does.StartWith("""{"ScheduledActionName":"up","ScheduledActionARN":"arn:aws:autoscaling:us-east-1:000000000000:scheduledAction:"""));
        Assert.That((await DescribeAsync()).Single()!.ToJsonString(), Does.EndWith(
            """:resource/dynamodb/table/Orders:scheduledActionName/up","ServiceNamespace":"dynamodb","Schedule":"rate(5 minutes)","ResourceId":"table/Orders","ScalableDimension":"dynamodb:table:WriteCapacityUnits","StartTime":1893459600.5,"ScalableTargetAction":{"MaxCapacity":20},"CreationTime":1893456000}"""));
        await AutoScaling.CallAsync("PutScheduledAction", With(Target(), ("ScheduledActionName", "up"), ("Timezone", "Asia/Seoul")));
        var action = (await DescribeAsync()).Single()!;
        Assert.That(((string)action["Schedule"]!, (string)action["Timezone"]!, action["StartTime"]), Is.EqualTo(("rate(5 minutes)", "Asia/Seoul", (JsonNode?)null)));
    }

    [Test]
    public async Task A_suspended_target_is_left_alone()
    {
        await RegisterAsync(1, 10);
        await PutAsync("up", "at(2030-01-01T00:10:00)", 8, null);
        await AutoScaling.CallAsync("RegisterScalableTarget", With(Target(), ("SuspendedState", new JsonObject { ["ScheduledScalingSuspended"] = true })));
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_deleted_action_does_not_run()
    {
        await RegisterAsync(1, 10);
        await PutAsync("up", "at(2030-01-01T00:10:00)", 8, null);
        await AutoScaling.CallAsync("DeleteScheduledAction", With(Target(), ("ScheduledActionName", "up")));
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
        await FailsAsync(AutoScaling.CallAsync("DeleteScheduledAction", With(Target(), ("ScheduledActionName", "up"))), "ObjectNotFoundException",
            "No scheduled action found for service namespace: dynamodb, resource ID: table/Orders, scalable dimension: dynamodb:table:WriteCapacityUnits, scheduled action name: up");
    }

    [Test]
    public async Task What_was_due_in_the_state_of_a_fork_runs_there()
    {
        await RegisterAsync(1, 10);
        await PutAsync("up", "at(2030-01-01T00:10:00)", 8, null);
        await using var fork = Aws.Fork();
        fork.Clock.Advance(TimeSpan.FromMinutes(10));
        using var client = fork.CreateClient<Amazon.DynamoDBv2.AmazonDynamoDBClient>();
        Assert.That((await client.DescribeTableAsync("Orders")).Table.ProvisionedThroughput.WriteCapacityUnits, Is.EqualTo(8));
    }

    [Test]
    public async Task An_action_without_bounds_is_refused()
    {
        await RegisterAsync(1, 10);
        await FailsAsync(AutoScaling.CallAsync("PutScheduledAction", With(Target(), ("ScheduledActionName", "up"), ("Schedule", "rate(1 hour)"), ("ScalableTargetAction", new JsonObject()))),
            "ValidationException", "At least one of minimum capacity and maximum capacity should be provided");
        await FailsAsync(PutAsync("up", "rate(1 hour)", 9, 3), "ValidationException", "Maximum capacity cannot be less than minimum capacity");
    }

    private async Task<JsonArray> DescribeAsync() => (await AutoScaling.CallAsync("DescribeScheduledActions", new() { ["ServiceNamespace"] = "dynamodb" }))["ScheduledActions"]!.AsArray();

    private Task<JsonNode> PutAsync(string name, string schedule, int? min, int? max, string? zone = null)
    {
        var action = new JsonObject();
        if (min is not null) action["MinCapacity"] = min;
        if (max is not null) action["MaxCapacity"] = max;
        var input = With(Target(), ("ScheduledActionName", name), ("Schedule", schedule), ("ScalableTargetAction", action));
        if (zone is not null) input["Timezone"] = zone;
        return AutoScaling.CallAsync("PutScheduledAction", input);
    }
}
