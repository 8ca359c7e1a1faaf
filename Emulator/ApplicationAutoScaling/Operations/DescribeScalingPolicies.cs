using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Policies;
using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Lists policies.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html</remarks>
internal static class DescribeScalingPolicies
{
    public static DescribeScalingPoliciesOutput Execute(ApplicationAutoScalingService service, Call call, DescribeScalingPoliciesInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        var page = Page.Read(snapshot, AutoScalingStore.Policies, StoreKey.Of(call.Account, call.Region), input.MaxResults, ApplicationAutoScalingLimits.PolicyPage, input.NextToken, row =>
        {
            var policy = AutoScalingStore.Read(row, ApplicationAutoScalingJson.Default.ScalingPolicy);
            return input.Names(policy) ? ScalingPolicyDescription.Of(policy) : null;
        });
        return new(page.Items, page.NextToken);
    }
}

internal sealed record DescribeScalingPoliciesInput : ListInput
{
    public IReadOnlyList<string>? PolicyNames { get; init; }
    public string? ResourceId { get; init; }

    public void Check() => Check("DescribeScalingPolicies", ResourceId is null ? [] : [ResourceId], "resourceId", constraints => constraints.Count("policyNames", PolicyNames, ApplicationAutoScalingLimits.Names));

    public bool Names(ScalingPolicy policy) =>
        (PolicyNames is not { Count: > 0 } names || names.Contains(policy.Name)) && (ResourceId ?? policy.Target.ResourceId) == policy.Target.ResourceId && (ScalableDimension ?? policy.Target.Dimension) == policy.Target.Dimension;
}

internal sealed record DescribeScalingPoliciesOutput(IReadOnlyList<ScalingPolicyDescription> ScalingPolicies, string? NextToken);

/// <summary>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalingPolicy.html</summary>
internal sealed record ScalingPolicyDescription(
    [property: JsonPropertyName("PolicyARN")] string PolicyArn, string PolicyName, string ServiceNamespace, string ResourceId, string ScalableDimension, string PolicyType,
    TargetTrackingConfiguration TargetTrackingScalingPolicyConfiguration, IReadOnlyList<Alarm> Alarms, double CreationTime)
{
    public static ScalingPolicyDescription Of(ScalingPolicy policy) => new(
        policy.Arn, policy.Name, "dynamodb", policy.Target.ResourceId, policy.Target.Dimension, "TargetTrackingScaling", policy.Tracking, policy.Alarms, EpochSeconds.Of(policy.Created));
}
