using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Targets;

namespace Emulator.ApplicationAutoScaling.Policies;

/// <summary>A target tracking policy as it is stored.</summary>
internal sealed record ScalingPolicy
{
    public required TargetId Target { get; init; }
    public required string Name { get; init; }
    public required TargetTrackingConfiguration Tracking { get; init; }
    public required IReadOnlyList<Alarm> Alarms { get; init; }
    public required DateTimeOffset Created { get; init; }

    /// <summary>The scaling whose cooldown may still last.</summary>
    public LastScaling? Last { get; init; }

    [JsonIgnore]
    public string Arn => $"arn:aws:autoscaling:{Target.Region}:{Target.Account}:scalingPolicy:{Target.Uuid}:resource/dynamodb/{Target.ResourceId}:policyName/{Name}";

    public Alarm? AlarmOf(string kind) => Alarms.FirstOrDefault(alarm => alarm.AlarmName.StartsWith($"TargetTracking-{Target.ResourceId}-{kind}-", StringComparison.Ordinal));
}

/// <summary>What a policy aims at.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html</remarks>
internal sealed record TargetTrackingConfiguration
{
    public double? TargetValue { get; init; }
    public PredefinedMetric? PredefinedMetricSpecification { get; init; }

    /// <summary>Seconds; DynamoDB's default is none. https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html</summary>
    public int? ScaleOutCooldown { get; init; }
    public int? ScaleInCooldown { get; init; }
    public bool? DisableScaleIn { get; init; }
}

internal sealed record PredefinedMetric(string? PredefinedMetricType, string? ResourceLabel);

/// <summary>One of the alarms of CloudWatch by which AWS carries out a policy: here a name, by which activities tell their cause.</summary>
internal sealed record Alarm(string AlarmName, [property: JsonPropertyName("AlarmARN")] string AlarmArn);

/// <summary>The latest change of the capacity by a policy.</summary>
internal sealed record LastScaling(DateTimeOffset At, long From, long To);
