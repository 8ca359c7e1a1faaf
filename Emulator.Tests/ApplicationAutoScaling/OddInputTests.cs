using System.Text.Json.Nodes;
using Emulator.ApplicationAutoScaling;
using Emulator.Tests.Clients;
using NUnit.Framework;

namespace Emulator.Tests.ApplicationAutoScaling;

/// <summary>Whatever a request holds, it is answered: with an error of AWS where it makes no sense.</summary>
internal sealed class OddInputTests : AutoScalingFixture
{
    private static readonly string[] Members =
    [
        "ServiceNamespace", "ResourceId", "ResourceIds", "ScalableDimension", "MinCapacity", "MaxCapacity", "RoleARN", "SuspendedState", "Tags", "TagKeys", "ResourceARN", "MaxResults", "NextToken",
        "PolicyName", "PolicyNames", "PolicyType", "TargetTrackingScalingPolicyConfiguration", "ScheduledActionName", "ScheduledActionNames", "Schedule", "Timezone", "StartTime", "EndTime",
        "ScalableTargetAction", "IncludeNotScaledActivities",
    ];

    private static readonly string[] Values =
    [
        "null", "0", "-1", "1e99", "99999999999", "true", "\"\"", "\"x\"", "\"\\u0000\"", "[]", "[null]", "[\"\"]", "{}", "{\"a\":null}", "{\"MinCapacity\":null,\"TargetValue\":null}", "{\"TargetValue\":50,\"PredefinedMetricSpecification\":{}}",
    ];

    public static IEnumerable<string> Operations => ApplicationAutoScalingOperations.Table.Names;

    [TestCaseSource(nameof(Operations))]
    public async Task Odd_members_are_refused_or_taken(string operation)
    {
        await RegisterAsync(1, 10);
        await PutPolicyAsync(50);
        foreach (var member in Members)
        {
            foreach (var value in Values)
            {
                var input = With(Target(), ("PolicyName", "p"), ("PolicyType", "TargetTrackingScaling"), ("TargetTrackingScalingPolicyConfiguration", Tracking(50)), ("ScheduledActionName", "a"),
                    ("Schedule", "rate(1 hour)"), ("ScalableTargetAction", new JsonObject { ["MinCapacity"] = 1 }));
                input[member] = JsonNode.Parse(value);
                try
                {
                    await AutoScaling.CallAsync(operation, input);
                }
                catch (AwsJsonError error)
                {
                    Assert.That(error.Code, Is.Not.EqualTo("InternalFailure"), $"{operation} with {member} {value}");
                }
            }
        }
        Aws.Clock.Advance(TimeSpan.FromHours(3));
    }
}
