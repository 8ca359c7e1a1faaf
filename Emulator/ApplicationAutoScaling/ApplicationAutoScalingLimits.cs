namespace Emulator.ApplicationAutoScaling;

/// <summary>The limits of Application Auto Scaling.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-quotas.html</remarks>
internal static class ApplicationAutoScalingLimits
{
    /// <summary>Scalable targets of DynamoDB in an account and region.</summary>
    public const int ScalableTargets = 5_000;

    /// <summary>Policies of a target.</summary>
    public const int PoliciesPerTarget = 50;

    /// <summary>Scheduled actions of a target.</summary>
    public const int ScheduledActionsPerTarget = 200;

    /// <summary>Tags of a target. https://docs.aws.amazon.com/autoscaling/application/userguide/resource-tagging-support.html</summary>
    public const int TagsPerTarget = 50;

    /// <summary>The longest page of a list. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html</summary>
    public const int Page = 50;

    /// <summary>The longest page of policies. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html</summary>
    public const int PolicyPage = 10;

    /// <summary>Names and resources of one request.</summary>
    public const int Names = 50;

    /// <summary>How long activities are told. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html</summary>
    public static readonly TimeSpan ActivityRetention = TimeSpan.FromDays(6 * 7);

    /// <summary>What utilization of provisioned throughput may be aimed at, in percent. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html</summary>
    public const double LeastTarget = 20;
    public const double MostTarget = 90;

    /// <summary>Minutes above the target after which the capacity grows, and minutes below it after which it shrinks. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html</summary>
    public const int MinutesHigh = 2;
    public const int MinutesLow = 15;

    /// <summary>By how many points of a percentage utilization must stay below the target. https://repost.aws/knowledge-center/dynamodb-auto-scaling</summary>
    public const double LowMargin = 20;
}
