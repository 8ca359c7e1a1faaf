using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Targets;

namespace Emulator.ApplicationAutoScaling.Activities;

/// <summary>Something that scaling did, or did not do, as it is stored.</summary>
/// <remarks>Source of the texts: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html, https://docs.aws.amazon.com/autoscaling/application/userguide/describe-scheduled-scaling.html</remarks>
internal sealed record ScalingActivity
{
    public required Guid Id { get; init; }
    public required TargetId Target { get; init; }
    public required string Description { get; init; }
    public required string Cause { get; init; }
    public required DateTimeOffset Started { get; init; }
    public DateTimeOffset? Ended { get; init; }
    public required string StatusCode { get; init; }
    public string? StatusMessage { get; init; }
    public NotScaledReason? NotScaled { get; init; }

    public const string Successful = "Successful";
    public const string Failed = "Failed";
}

/// <summary>Why an alarm changed nothing.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_NotScaledReason.html</remarks>
internal sealed record NotScaledReason(string Code)
{
    public int? MaxCapacity { get; init; }
    public int? MinCapacity { get; init; }
    public int? CurrentCapacity { get; init; }

    [JsonIgnore]
    public bool IsFailure => Code != "AlreadyAtDesiredCapacity";
}
