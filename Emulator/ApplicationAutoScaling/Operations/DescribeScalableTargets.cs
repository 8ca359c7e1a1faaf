using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Lists the registered targets.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html</remarks>
internal static class DescribeScalableTargets
{
    public static DescribeScalableTargetsOutput Execute(ApplicationAutoScalingService service, Call call, DescribeScalableTargetsInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        var page = Page.Read(snapshot, AutoScalingStore.Targets, StoreKey.Of(call.Account, call.Region), input.MaxResults, ApplicationAutoScalingLimits.Page, input.NextToken, row =>
        {
            var target = AutoScalingStore.Read(row, ApplicationAutoScalingJson.Default.ScalableTarget);
            return input.Names(target.Id) ? ScalableTargetDescription.Of(target) : null;
        });
        return new(page.Items, page.NextToken);
    }
}

internal sealed record DescribeScalableTargetsInput : ListInput
{
    public IReadOnlyList<string>? ResourceIds { get; init; }

    public void Check() => Check("DescribeScalableTargets", ResourceIds ?? [], "resourceIds", constraints => constraints.Count("resourceIds", ResourceIds, ApplicationAutoScalingLimits.Names));

    public bool Names(TargetId target) => (ResourceIds is not { Count: > 0 } resources || resources.Contains(target.ResourceId)) && (ScalableDimension ?? target.Dimension) == target.Dimension;
}

internal sealed record DescribeScalableTargetsOutput(IReadOnlyList<ScalableTargetDescription> ScalableTargets, string? NextToken);

/// <summary>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html</summary>
internal sealed record ScalableTargetDescription(
    string ServiceNamespace, string ResourceId, string ScalableDimension, int MinCapacity, int MaxCapacity,
    [property: JsonPropertyName("RoleARN")] string RoleArn, double CreationTime, SuspendedState SuspendedState,
    [property: JsonPropertyName("ScalableTargetARN")] string ScalableTargetArn)
{
    public static ScalableTargetDescription Of(ScalableTarget target) => new(
        "dynamodb", target.Id.ResourceId, target.Id.Dimension, target.MinCapacity, target.MaxCapacity, target.RoleArn, EpochSeconds.Of(target.Created), target.Suspended, target.Id.Arn);
}

/// <summary>Times as the API sends them: seconds since 1970 with milliseconds.</summary>
internal static class EpochSeconds
{
    public static double Of(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    public static double? Of(DateTimeOffset? time) => time is { } at ? Of(at) : null;

    /// <summary>The time of a request; null where it is none that can be told.</summary>
    public static DateTimeOffset? Parse(double? seconds) =>
        seconds is >= 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds.Value * 1000)) : null;
}
