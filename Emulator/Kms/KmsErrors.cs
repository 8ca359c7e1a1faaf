using Emulator.Protocols;

namespace Emulator.Kms;

/// <summary>The errors of KMS.</summary>
/// <remarks>https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html#API_DescribeKey_Errors</remarks>
internal static class KmsErrors
{
    public static AwsException Validation(string problem) => new("ValidationException", $"1 validation error detected: {problem}");

    // Observed: https://github.com/mondoohq/mql/pull/10108 (a name that is no key's).
    public static AwsException NotFound(string message) => new("NotFoundException", message);

    public static AwsException InvalidArn(string message) => new("InvalidArnException", message);
}
