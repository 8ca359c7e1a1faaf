using System.Text.Json.Nodes;
using Emulator.Tests.Clients;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

[Source("https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html")]
internal sealed class ScalingPolicyTests : AutoScalingFixture
{
    [Test]
    public async Task A_policy_has_an_ARN_and_four_alarms_and_is_described_as_it_was_put()
    {
        await RegisterAsync(5, 10);
        var put = await PutPolicyAsync(70, ("ScaleOutCooldown", 60));
        Assert.That((string)put["PolicyARN"]!, Does.Match("^arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:[0-9a-f-]{36}:resource/dynamodb/table/Orders:policyName/writes$"));
        Assert.That(put["Alarms"]!.AsArray().Select(alarm => ((string)alarm!["AlarmName"]!).Split('-')[2]), Is.EqualTo(new[] { "AlarmHigh", "AlarmLow", "ProvisionedCapacityHigh", "ProvisionedCapacityLow" }));
        Assert.That((string)put["Alarms"]![0]!["AlarmARN"]!, Is.EqualTo($"arn:aws:cloudwatch:us-east-1:000000000000:alarm:{put["Alarms"]![0]!["AlarmName"]}"));

        var policy = (await DescribeAsync()).Single()!;
        Assert.That((string)policy["PolicyARN"]!, Is.EqualTo((string)put["PolicyARN"]!));
        Assert.That(policy["Alarms"]!.ToJsonString(), Is.EqualTo(put["Alarms"]!.ToJsonString()));
        Assert.That(policy["TargetTrackingScalingPolicyConfiguration"]!.ToJsonString(), Is.EqualTo(
            """{"TargetValue":70,"PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDBWriteCapacityUtilization"},"ScaleOutCooldown":60}"""));
    }

    [Test]
    public async Task Alarms_change_with_the_policy_only()
    {
        await RegisterAsync(5, 10);
        var first = await PutPolicyAsync(70);
        Assert.That((await PutPolicyAsync(70)).ToJsonString(), Is.EqualTo(first.ToJsonString()));
        var other = await PutPolicyAsync(60);
        Assert.That(other["Alarms"]!.ToJsonString(), Is.Not.EqualTo(first["Alarms"]!.ToJsonString()));
        Assert.That((string)other["PolicyARN"]!, Is.EqualTo((string)first["PolicyARN"]!));
    }

    [Test]
    public async Task A_metric_has_one_policy()
    {
        await RegisterAsync(5, 10);
        await PutPolicyAsync(70);
        await FailsAsync(AutoScaling.CallAsync("PutScalingPolicy", With(Target(), ("PolicyName", "other"), ("PolicyType", "TargetTrackingScaling"), ("TargetTrackingScalingPolicyConfiguration", Tracking(60)))),
            "ValidationException", "Only one TargetTrackingScaling policy for a given metric specification is allowed.");
    }

    [Test]
    public async Task A_policy_needs_a_registered_target() =>
        await FailsAsync(PutPolicyAsync(70), "ObjectNotFoundException",
            "No scalable target registered for service namespace: dynamodb, resource ID: table/Orders, scalable dimension: dynamodb:table:WriteCapacityUnits");

    [Test]
    public async Task A_deleted_policy_scales_no_longer()
    {
        await RegisterAsync(5, 10);
        await PutPolicyAsync(70);
        await AutoScaling.CallAsync("DeleteScalingPolicy", With(Target(), ("PolicyName", "writes")));
        Assert.That(await DescribeAsync(), Is.Empty);
        await FailsAsync(AutoScaling.CallAsync("DeleteScalingPolicy", With(Target(), ("PolicyName", "writes"))), "ObjectNotFoundException",
            "No scaling policy found for service namespace: dynamodb, resource ID: table/Orders, scalable dimension: dynamodb:table:WriteCapacityUnits, policy name: writes");
    }

    [Test]
    public async Task Only_target_tracking_by_the_metric_of_the_dimension_is_supported()
    {
        await RegisterAsync(5, 10);
        foreach (var (type, configuration) in new[] { ("StepScaling", Tracking(50)), ("TargetTrackingScaling", Tracking(19)), ("TargetTrackingScaling", Tracking(91)), ("TargetTrackingScaling", new JsonObject { ["TargetValue"] = 50 }) })
        {
            var error = Assert.CatchAsync<AwsJsonError>(() => AutoScaling.CallAsync("PutScalingPolicy", With(Target(), ("PolicyName", "p"), ("PolicyType", type), ("TargetTrackingScalingPolicyConfiguration", configuration))))!;
            Assert.That(error.Code, Is.EqualTo("ValidationException"));
        }
    }

    private async Task<JsonArray> DescribeAsync() => (await AutoScaling.CallAsync("DescribeScalingPolicies", new() { ["ServiceNamespace"] = "dynamodb", ["ResourceId"] = Table }))["ScalingPolicies"]!.AsArray();
}
