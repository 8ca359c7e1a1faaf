using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Activities;
using Emulator.ApplicationAutoScaling.Operations;
using Emulator.ApplicationAutoScaling.Policies;
using Emulator.ApplicationAutoScaling.Schedules;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling;

/// <summary>What Application Auto Scaling can do (awsJson 1.1, <c>AnyScaleFrontendService</c>), in the order of its API reference.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html
/// </remarks>
internal static class ApplicationAutoScalingOperations
{
    private const string Service = "application-autoscaling:";

    public static OperationTable<ApplicationAutoScalingService> Table { get; } = new OperationTable<ApplicationAutoScalingService>(ApplicationAutoScalingJson.Default)
        .JsonAsync<DeleteScalingPolicyInput, EmptyOutput>("DeleteScalingPolicy", Service + "DeleteScalingPolicy", Target, DeleteScalingPolicy.ExecuteAsync)
        .JsonAsync<DeleteScheduledActionInput, EmptyOutput>("DeleteScheduledAction", Service + "DeleteScheduledAction", Target, DeleteScheduledAction.ExecuteAsync)
        .JsonAsync<DeregisterScalableTargetInput, EmptyOutput>("DeregisterScalableTarget", Service + "DeregisterScalableTarget", Target, DeregisterScalableTarget.ExecuteAsync)
        .Json<DescribeScalableTargetsInput, DescribeScalableTargetsOutput>("DescribeScalableTargets", Service + "DescribeScalableTargets", All, DescribeScalableTargets.Execute)
        .Json<DescribeScalingActivitiesInput, DescribeScalingActivitiesOutput>("DescribeScalingActivities", Service + "DescribeScalingActivities", All, DescribeScalingActivities.Execute)
        .Json<DescribeScalingPoliciesInput, DescribeScalingPoliciesOutput>("DescribeScalingPolicies", Service + "DescribeScalingPolicies", All, DescribeScalingPolicies.Execute)
        .Json<DescribeScheduledActionsInput, DescribeScheduledActionsOutput>("DescribeScheduledActions", Service + "DescribeScheduledActions", All, DescribeScheduledActions.Execute)
        .NotBuilt("GetPredictiveScalingForecast")
        .Json<ListTagsForResourceInput, ListTagsForResourceOutput>("ListTagsForResource", Service + "ListTagsForResource", (_, input) => input.ResourceArn ?? "*", Tags.List)
        .JsonAsync<PutScalingPolicyInput, PutScalingPolicyOutput>("PutScalingPolicy", Service + "PutScalingPolicy", Target, PutScalingPolicy.ExecuteAsync)
        .JsonAsync<PutScheduledActionInput, EmptyOutput>("PutScheduledAction", Service + "PutScheduledAction", Target, PutScheduledAction.ExecuteAsync)
        .JsonAsync<RegisterScalableTargetInput, RegisterScalableTargetOutput>("RegisterScalableTarget", Service + "RegisterScalableTarget", Target, RegisterScalableTarget.ExecuteAsync)
        .JsonAsync<TagResourceInput, EmptyOutput>("TagResource", Service + "TagResource", (_, input) => input.ResourceArn ?? "*", Tags.TagAsync)
        .JsonAsync<UntagResourceInput, EmptyOutput>("UntagResource", Service + "UntagResource", (_, input) => input.ResourceArn ?? "*", Tags.UntagAsync);

    private static string Target(Call call, TargetInput input) => input.Resource(call);

    private static string All(Call call, ListInput input) => "*";
}

/// <summary>The documents on the wire and in the store.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ScalableTarget))]
[JsonSerializable(typeof(ScalingPolicy))]
[JsonSerializable(typeof(ScheduledAction))]
[JsonSerializable(typeof(ScalingActivity))]
[JsonSerializable(typeof(DeleteScalingPolicyInput))]
[JsonSerializable(typeof(DeleteScheduledActionInput))]
[JsonSerializable(typeof(DeregisterScalableTargetInput))]
[JsonSerializable(typeof(DescribeScalableTargetsInput))]
[JsonSerializable(typeof(DescribeScalableTargetsOutput))]
[JsonSerializable(typeof(DescribeScalingActivitiesInput))]
[JsonSerializable(typeof(DescribeScalingActivitiesOutput))]
[JsonSerializable(typeof(DescribeScalingPoliciesInput))]
[JsonSerializable(typeof(DescribeScalingPoliciesOutput))]
[JsonSerializable(typeof(DescribeScheduledActionsInput))]
[JsonSerializable(typeof(DescribeScheduledActionsOutput))]
[JsonSerializable(typeof(ListTagsForResourceInput))]
[JsonSerializable(typeof(ListTagsForResourceOutput))]
[JsonSerializable(typeof(PutScalingPolicyInput))]
[JsonSerializable(typeof(PutScalingPolicyOutput))]
[JsonSerializable(typeof(PutScheduledActionInput))]
[JsonSerializable(typeof(RegisterScalableTargetInput))]
[JsonSerializable(typeof(RegisterScalableTargetOutput))]
[JsonSerializable(typeof(TagResourceInput))]
[JsonSerializable(typeof(UntagResourceInput))]
[JsonSerializable(typeof(EmptyOutput))]
internal sealed partial class ApplicationAutoScalingJson : JsonSerializerContext;
