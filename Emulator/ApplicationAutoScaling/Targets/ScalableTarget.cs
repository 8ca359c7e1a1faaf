using System.Text.Json.Serialization;

namespace Emulator.ApplicationAutoScaling.Targets;

/// <summary>A registered target as it is stored.</summary>
internal sealed record ScalableTarget
{
    public required TargetId Id { get; init; }
    public required int MinCapacity { get; init; }
    public required int MaxCapacity { get; init; }
    public required DateTimeOffset Created { get; init; }
    public SuspendedState Suspended { get; init; } = new(false, false, false);
    public IReadOnlyDictionary<string, string> Tags { get; init; } = NoTags;

    private static readonly Dictionary<string, string> NoTags = [];

    /// <summary>The role by which the service acts: a service-linked one, whatever the request named.</summary>
    /// <remarks>https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html</remarks>
    [JsonIgnore]
    public string RoleArn => $"arn:aws:iam::{Id.Account}:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable";

    public long Bound(long capacity) => Math.Clamp(capacity, MinCapacity, MaxCapacity);
}

/// <summary>Which kinds of scaling rest.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_SuspendedState.html</remarks>
internal sealed record SuspendedState(bool? DynamicScalingInSuspended, bool? DynamicScalingOutSuspended, bool? ScheduledScalingSuspended)
{
    /// <summary>What a later request does not name stays as it is.</summary>
    public SuspendedState With(SuspendedState? change) => new(
        change?.DynamicScalingInSuspended ?? DynamicScalingInSuspended,
        change?.DynamicScalingOutSuspended ?? DynamicScalingOutSuspended,
        change?.ScheduledScalingSuspended ?? ScheduledScalingSuspended);
}
