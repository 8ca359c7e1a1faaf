using Emulator.ApplicationAutoScaling.Activities;
using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Lists what scaling did in the last six weeks, the latest first.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html</remarks>
internal static class DescribeScalingActivities
{
    public static DescribeScalingActivitiesOutput Execute(ApplicationAutoScalingService service, Call call, DescribeScalingActivitiesInput input)
    {
        input.Check();
        var since = call.Now - ApplicationAutoScalingLimits.ActivityRetention;
        using var snapshot = service.Store.Snapshot();
        var page = Page.Read(snapshot, AutoScalingStore.Activities, StoreKey.Of(call.Account, call.Region), input.MaxResults, ApplicationAutoScalingLimits.Page, input.NextToken, row =>
        {
            var activity = AutoScalingStore.Read(row, ApplicationAutoScalingJson.Default.ScalingActivity);
            return activity.Started >= since && input.Names(activity) ? ScalingActivityDescription.Of(activity) : null;
        }, descending: true);
        return new(page.Items, page.NextToken);
    }
}

internal sealed record DescribeScalingActivitiesInput : ListInput
{
    public string? ResourceId { get; init; }
    public bool? IncludeNotScaledActivities { get; init; }

    public void Check() => Check("DescribeScalingActivities", ResourceId is null ? [] : [ResourceId], "resourceId");

    public bool Names(ScalingActivity activity) =>
        (IncludeNotScaledActivities == true || activity.NotScaled is null) && (ResourceId ?? activity.Target.ResourceId) == activity.Target.ResourceId && (ScalableDimension ?? activity.Target.Dimension) == activity.Target.Dimension;
}

internal sealed record DescribeScalingActivitiesOutput(IReadOnlyList<ScalingActivityDescription> ScalingActivities, string? NextToken);

/// <summary>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalingActivity.html</summary>
internal sealed record ScalingActivityDescription(
    string ActivityId, string ServiceNamespace, string ResourceId, string ScalableDimension, string Description, string Cause, double StartTime, double? EndTime,
    string StatusCode, string? StatusMessage, IReadOnlyList<NotScaledReason>? NotScaledReasons)
{
    public static ScalingActivityDescription Of(ScalingActivity activity) => new(
        activity.Id.ToString(), "dynamodb", activity.Target.ResourceId, activity.Target.Dimension, activity.Description, activity.Cause,
        EpochSeconds.Of(activity.Started), EpochSeconds.Of(activity.Ended), activity.StatusCode, activity.StatusMessage, activity.NotScaled is { } reason ? [reason] : null);
}
