using Emulator.Protocols;

namespace Emulator.S3.Encryption;

/// <summary>The errors of UpdateObjectEncryption, as its page words them.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html#API_UpdateObjectEncryption_Errors</remarks>
internal static class UpdateErrors
{
    public static AwsException SourceNotSupported() =>
        S3Errors.InvalidRequest("The UpdateObjectEncryption operation doesn't support source objects with the encryption type DSSE-KMS or SSE-C. Only source objects encrypted with SSE-S3 or SSE-KMS are supported.");

    public static AwsException NoValidType() =>
        S3Errors.InvalidRequest("Requests that modify an object encryption configuration require a valid new encryption type. Valid values are SSEKMS. Modify the request to specify SSE-KMS for the updated encryption type, and then try again.");

    public static AwsException MissingKeyArn() =>
        S3Errors.InvalidRequest("Requests that modify an object's encryption type to SSE-KMS require an AWS KMS key Amazon Resource Name (ARN). Modify the request to specify a KMS key ARN, and then try again.");

    public static AwsException InvalidKeyArn() =>
        S3Errors.InvalidRequest("Requests that modify an object's encryption type to SSE-KMS require a valid AWS KMS key Amazon Resource Name (ARN). Confirm that you have a correctly formatted KMS key ARN in your request, and then try again.");

    public static AwsException InvalidBucketKey() =>
        S3Errors.InvalidRequest("The BucketKeyEnabled value isn't valid. Valid values are true or false. Modify the request to specify a valid value, and then try again.");

    public static AwsException KeyOfOtherAccount() =>
        Denied("The AWS KMS key in the request must be owned by the same account as the bucket. Modify the request to specify a KMS key from the same account, and then try again.");

    public static AwsException ObjectLocked() =>
        Denied("The encryption type for the specified object can't be updated because that object is protected by S3 Object Lock. If the object has a governance-mode retention period or a legal hold, you must first remove the Object Lock status on the object before you issue your UpdateObjectEncryption request. You can't use the UpdateObjectEncryption operation with objects that have an Object Lock compliance mode retention period applied to them.");

    private static AwsException Denied(string message) => new("AccessDenied", message, 403);
}
