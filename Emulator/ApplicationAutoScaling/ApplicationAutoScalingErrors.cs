using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling;

/// <summary>The errors of Application Auto Scaling.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/CommonErrors.html</remarks>
internal static class ApplicationAutoScalingErrors
{
    public static AwsException Validation(string message) => new("ValidationException", message);

    // Observed: https://github.com/pulumi/pulumi-policy-aws/issues/11.
    public static AwsException Unsupported() => Validation("Unsupported service namespace, resource type or scalable dimension");

    public static AwsException NoSuchTable(TargetId target) => Validation($"DynamoDB table does not exist: {target.ResourceId}");

    // Observed: https://github.com/hashicorp/terraform-provider-aws/pull/8777.
    public static AwsException MaximumBelowMinimum() => Validation("Maximum capacity cannot be less than minimum capacity");

    // Observed: https://github.com/aws-cloudformation/community-registry-extensions/issues/255.
    public static AwsException NoCapacity() => Validation("At least one of minimum capacity and maximum capacity should be provided");

    // Observed: https://github.com/hashicorp/terraform-provider-aws/issues/41179.
    public static AwsException DuplicateMetric() => Validation("Only one TargetTrackingScaling policy for a given metric specification is allowed.");

    /// <summary>Of a policy or action whose target is not registered.</summary>
    // Observed: https://github.com/ansible/ansible/issues/40237.
    public static AwsException NotRegistered(TargetId target) => NotFound($"No scalable target registered for {Place(target)}");

    public static AwsException TargetNotFound(TargetId target) => NotFound($"No scalable target found for {Place(target)}");

    public static AwsException PolicyNotFound(TargetId target, string name) => NotFound($"No scaling policy found for {Place(target)}, policy name: {name}");

    public static AwsException ScheduledActionNotFound(TargetId target, string name) => NotFound($"No scheduled action found for {Place(target)}, scheduled action name: {name}");

    /// <summary>Of the operations on tags, which name a target by its ARN.</summary>
    public static AwsException ResourceNotFound(string arn) => new("ResourceNotFoundException", "The specified resource doesn't exist.") { Members = [new("ResourceName", arn)] };

    public static AwsException TooManyTags(string arn) =>
        new("TooManyTagsException", $"The number of tags exceeds the limit of {ApplicationAutoScalingLimits.TagsPerTarget} tags.") { Members = [new("ResourceName", arn)] };

    public static AwsException LimitExceeded(string message) => new("LimitExceededException", message);

    public static AwsException InvalidNextToken() => new("InvalidNextTokenException", "The NextToken value is not valid.");

    private static AwsException NotFound(string message) => new("ObjectNotFoundException", message);

    private static string Place(TargetId target) => $"service namespace: dynamodb, resource ID: {target.ResourceId}, scalable dimension: {target.Dimension}";
}
