using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

[Source("https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html")]
internal sealed class ScalableTargetTests : AutoScalingFixture
{
    [Test]
    public async Task A_target_is_described_with_the_service_linked_role()
    {
        var registered = await RegisterAsync(5, 10);
        var described = await DescribeAsync(new() { ["ServiceNamespace"] = "dynamodb" });
        var target = described["ScalableTargets"]!.AsArray().Single()!;
        Assert.That(target.ToJsonString(), Is.EqualTo(JsonNode.Parse($$"""
            {
              "ServiceNamespace": "dynamodb", "ResourceId": "table/Orders", "ScalableDimension": "dynamodb:table:WriteCapacityUnits", "MinCapacity": 5, "MaxCapacity": 10,
              "RoleARN": "arn:aws:iam::000000000000:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
              "CreationTime": 1893456000, "SuspendedState": { "DynamicScalingInSuspended": false, "DynamicScalingOutSuspended": false, "ScheduledScalingSuspended": false },
              "ScalableTargetARN": "{{registered["ScalableTargetARN"]}}"
            }
            """)!.ToJsonString()));
        Assert.That((string)registered["ScalableTargetARN"]!, Does.Match("^arn:aws:application-autoscaling:us-east-1:000000000000:scalable-target/[0-9a-f]{36}$"));
    }

    [Test]
    public async Task Registering_again_changes_what_is_named()
    {
        await RegisterAsync(5, 10);
        await AutoScaling.CallAsync("RegisterScalableTarget", With(Target(), ("MaxCapacity", 20)));
        var target = (await DescribeAsync(new() { ["ServiceNamespace"] = "dynamodb" }))["ScalableTargets"]![0]!;
        Assert.That(((int)target["MinCapacity"]!, (int)target["MaxCapacity"]!), Is.EqualTo((5, 20)));
    }

    [TestCase(10, 20, 10, "minimum capacity was set to 10")]
    [TestCase(1, 3, 3, "maximum capacity was set to 3")]
    [Observed("2026-10-09, scaling activities of a table whose minimum was set above its capacity")]
    public async Task Capacity_out_of_the_bounds_is_brought_within_them(int min, int max, int units, string cause)
    {
        await RegisterAsync(min, max);
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(units));
        var activity = (await ActivitiesAsync()).Single()!;
        Assert.That(((string)activity["Description"]!, (string)activity["Cause"]!), Is.EqualTo(($"Setting write capacity units to {units}.", cause)));
    }

    [Test]
    public async Task An_index_is_scaled_by_itself()
    {
        await RegisterAsync(7, 20, "dynamodb:index:ReadCapacityUnits", Index);
        var index = (await DynamoDb.DescribeTableAsync("Orders")).Table.GlobalSecondaryIndexes.Single();
        Assert.That((index.ProvisionedThroughput.ReadCapacityUnits, index.ProvisionedThroughput.WriteCapacityUnits), Is.EqualTo((7, 5)));
    }

    [Test]
    public async Task Lists_are_filtered_and_paged()
    {
        await RegisterAsync(5, 10);
        await RegisterAsync(5, 10, Reads);
        await RegisterAsync(5, 10, "dynamodb:index:ReadCapacityUnits", Index);
        var first = await DescribeAsync(new() { ["ServiceNamespace"] = "dynamodb", ["MaxResults"] = 2 });
        var second = await DescribeAsync(new() { ["ServiceNamespace"] = "dynamodb", ["NextToken"] = (string)first["NextToken"]! });
        Assert.That(Names(first).Concat(Names(second)), Is.EqualTo(new[] { $"{Table} {Reads}", $"{Table} {Writes}", $"{Index} dynamodb:index:ReadCapacityUnits" }));
        Assert.That(second["NextToken"], Is.Null);
        var filtered = await DescribeAsync(new() { ["ServiceNamespace"] = "dynamodb", ["ResourceIds"] = new JsonArray(Table), ["ScalableDimension"] = Writes });
        Assert.That(Names(filtered), Is.EqualTo(new[] { $"{Table} {Writes}" }));
    }

    [Test]
    public async Task Deregistering_removes_policies_and_scheduled_actions_too()
    {
        await RegisterAsync(5, 10);
        await PutPolicyAsync(50);
        await AutoScaling.CallAsync("PutScheduledAction", With(Target(), ("ScheduledActionName", "up"), ("Schedule", "rate(1 hour)"), ("ScalableTargetAction", new JsonObject { ["MinCapacity"] = 6 })));
        await AutoScaling.CallAsync("DeregisterScalableTarget", Target());
        var filter = new JsonObject { ["ServiceNamespace"] = "dynamodb" };
        Assert.That((await AutoScaling.CallAsync("DescribeScalingPolicies", filter))["ScalingPolicies"]!.AsArray(), Is.Empty);
        Assert.That((await AutoScaling.CallAsync("DescribeScheduledActions", filter))["ScheduledActions"]!.AsArray(), Is.Empty);
        Aws.Clock.Advance(TimeSpan.FromHours(2));
        Assert.That(await WriteUnitsAsync(), Is.EqualTo(5));
    }

    [Test]
    public async Task Tags_are_kept()
    {
        var arn = (string)(await AutoScaling.CallAsync("RegisterScalableTarget", With(Target(), ("MinCapacity", 1), ("MaxCapacity", 9), ("Tags", new JsonObject { ["a"] = "1", ["b"] = "2" }))))["ScalableTargetARN"]!;
        await AutoScaling.CallAsync("TagResource", new() { ["ResourceARN"] = arn, ["Tags"] = new JsonObject { ["b"] = "", ["c"] = "3" } });
        await AutoScaling.CallAsync("UntagResource", new() { ["ResourceARN"] = arn, ["TagKeys"] = new JsonArray("a") });
        Assert.That((await AutoScaling.CallAsync("ListTagsForResource", new() { ["ResourceARN"] = arn }))["Tags"]!.ToJsonString(), Is.EqualTo("""{"b":"","c":"3"}"""));
    }

    [Test]
    public async Task What_cannot_be_scaled_is_refused()
    {
        const string Unsupported = "Unsupported service namespace, resource type or scalable dimension";
        await FailsAsync(RegisterAsync(1, 2, Writes, "Orders"), "ValidationException", Unsupported);
        await FailsAsync(RegisterAsync(1, 2, Writes, Index), "ValidationException", Unsupported);
        await FailsAsync(RegisterAsync(1, 2, "dynamodb:index:WriteCapacityUnits"), "ValidationException", Unsupported);
        await FailsAsync(RegisterAsync(1, 2, Writes, "table/absent"), "ValidationException", "DynamoDB table does not exist: table/absent");
        await FailsAsync(RegisterAsync(3, 2), "ValidationException", "Maximum capacity cannot be less than minimum capacity");
        await FailsAsync(AutoScaling.CallAsync("RegisterScalableTarget", new()), "ValidationException",
            "3 validation errors detected: Value null at 'serviceNamespace' failed to satisfy constraint: Member must not be null; " +
            "Value null at 'resourceId' failed to satisfy constraint: Member must not be null; Value null at 'scalableDimension' failed to satisfy constraint: Member must not be null");
        await FailsAsync(AutoScaling.CallAsync("DeregisterScalableTarget", Target()), "ObjectNotFoundException",
            "No scalable target found for service namespace: dynamodb, resource ID: table/Orders, scalable dimension: dynamodb:table:WriteCapacityUnits");
    }

    [Test]
    public async Task Other_services_are_refused_by_name() =>
        await FailsAsync(AutoScaling.CallAsync("DescribeScalableTargets", new() { ["ServiceNamespace"] = "ecs" }), "NotImplemented", "The emulator does not implement DescribeScalableTargets of the service namespace ecs.");

    private Task<JsonNode> DescribeAsync(JsonObject input) => AutoScaling.CallAsync("DescribeScalableTargets", input);

    private static IEnumerable<string> Names(JsonNode page) => page["ScalableTargets"]!.AsArray().Select(target => $"{target!["ResourceId"]} {target["ScalableDimension"]}");
}
