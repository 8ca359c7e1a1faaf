using Emulator.Protocols;

namespace Emulator.Iam.Sts;

/// <summary>The errors of STS, one member for each text that AWS sends.</summary>
internal static class StsErrors
{
    // Observed: AssumeRole, 2025-07-21.
    public static AwsException InvalidArn(string arn) => new("ValidationError", $"{arn} is invalid");

    /// <summary>A number that is none.</summary>
    public static AwsException MalformedInput() => new("MalformedInput", "");

    // Observed: AssumeRole, 2025-04-10.
    public static AwsException TransitiveTagKeyNotRequested() =>
        new("InvalidParameterValue", "The specified transitive tag key must be included in the requested tags.");

    // Observed: AssumeRole, 2025-04-10.
    public static AwsException DuplicateTagKeys() =>
        new("InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");

    // Observed: AssumeRole, 2025-04-10.
    public static AwsException TransitiveTagConflict() =>
        new("InvalidParameterValue", "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");

    public static AwsException DurationExceedsRole() =>
        new("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");

    public static AwsException DurationExceedsChaining() =>
        new("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");

    public static AwsException SessionTokenWithSession() =>
        new("AccessDenied", "Cannot call GetSessionToken with session credentials", 403);
}
