using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Schedules;
using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Lists scheduled actions.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScheduledActions.html</remarks>
internal static class DescribeScheduledActions
{
    public static DescribeScheduledActionsOutput Execute(ApplicationAutoScalingService service, Call call, DescribeScheduledActionsInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        var page = Page.Read(snapshot, AutoScalingStore.Schedules, StoreKey.Of(call.Account, call.Region), input.MaxResults, ApplicationAutoScalingLimits.Page, input.NextToken, row =>
        {
            var action = AutoScalingStore.Read(row, ApplicationAutoScalingJson.Default.ScheduledAction);
            return input.Names(action) ? ScheduledActionDescription.Of(action) : null;
        });
        return new(page.Items, page.NextToken);
    }
}

internal sealed record DescribeScheduledActionsInput : ListInput
{
    public IReadOnlyList<string>? ScheduledActionNames { get; init; }
    public string? ResourceId { get; init; }

    public void Check() => Check("DescribeScheduledActions", ResourceId is null ? [] : [ResourceId], "resourceId", constraints => constraints.Count("scheduledActionNames", ScheduledActionNames, ApplicationAutoScalingLimits.Names));

    public bool Names(ScheduledAction action) =>
        (ScheduledActionNames is not { Count: > 0 } names || names.Contains(action.Name)) && (ResourceId ?? action.Target.ResourceId) == action.Target.ResourceId && (ScalableDimension ?? action.Target.Dimension) == action.Target.Dimension;
}

internal sealed record DescribeScheduledActionsOutput(IReadOnlyList<ScheduledActionDescription> ScheduledActions, string? NextToken);

/// <summary>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScheduledAction.html</summary>
internal sealed record ScheduledActionDescription(
    string ScheduledActionName, [property: JsonPropertyName("ScheduledActionARN")] string ScheduledActionArn, string ServiceNamespace, string Schedule, string? Timezone,
    string ResourceId, string ScalableDimension, double? StartTime, double? EndTime, ScalableTargetAction ScalableTargetAction, double CreationTime)
{
    public static ScheduledActionDescription Of(ScheduledAction action) => new(
        action.Name, action.Arn, "dynamodb", action.Schedule, action.Timezone, action.Target.ResourceId, action.Target.Dimension,
        EpochSeconds.Of(action.StartTime), EpochSeconds.Of(action.EndTime), action.Action, EpochSeconds.Of(action.Created));
}
