using Emulator.Protocols;

namespace Emulator.S3.Encryption;

/// <summary>The errors of encryption, one member for each text that AWS sends.</summary>
internal static class EncryptionErrors
{
    public static AwsException UnsupportedMethod(string method) =>
        S3Errors.InvalidArgument("The encryption method specified is not supported", ObjectEncryption.Header, method);

    // Observed: https://github.com/irods/irods_resource_plugin_s3/issues/1838, https://github.com/fog/fog-aws/pull/589
    public static AwsException HeaderNotSupported(string method) =>
        S3Errors.InvalidArgument("x-amz-server-side-encryption header is not supported for this operation.", ObjectEncryption.Header, method);

    // Observed: https://github.com/aws/aws-cli/issues/1431
    public static AwsException KmsRequiresHeader(string? method)
    {
        const string Message = "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms";
        return method is null ? S3Errors.InvalidArgument(Message, ObjectEncryption.Header) : S3Errors.InvalidArgument(Message, ObjectEncryption.Header, method);
    }

    // Observed: https://github.com/ryanto/next-s3-upload/issues/115; the value is the word null.
    public static AwsException KmsRequiresSignature() =>
        S3Errors.InvalidArgument("Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.", "Authorization", "null");

    public static AwsException InvalidContext() =>
        S3Errors.InvalidArgument("The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map", ObjectEncryption.ContextHeader);

    public static AwsException InvalidBucketKey(string value) => S3Errors.InvalidArgument("The header 'x-amz-server-side-encryption-bucket-key-enabled' must be either true or false", ObjectEncryption.BucketKeyHeader, value);

    // Recorded: test_s3_sse_validate_kms_key
    public static AwsException InvalidKeyId(string keyId) => new("KMS.NotFoundException", $"Invalid keyId '{keyId}'");

    /// <summary>A key of another region, which the text names.</summary>
    public static AwsException InvalidKeyRegion(string region) => new("KMS.NotFoundException", $"Invalid arn {region}");

    // Keys that the client brings. Recorded: TestS3SSECEncryption; all of them name the same argument.

    public static AwsException TwoMethods(string method) =>
        S3Errors.InvalidArgument("Server Side Encryption with Customer provided key is incompatible with the encryption method specified", ObjectEncryption.Header, method);

    public static AwsException InvalidAlgorithm(string algorithm) => new("InvalidEncryptionAlgorithmError", "The Encryption request you specified is not valid. Supported value: AES256.")
    {
        Members = [new("ArgumentName", ObjectEncryption.Header), new("ArgumentValue", algorithm)],
    };

    public static AwsException MissingAlgorithm() => InvalidCustomerKey("Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.");

    public static AwsException MissingKey() => InvalidCustomerKey("Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.");

    public static AwsException MissingKeyMd5() => InvalidCustomerKey("Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.");

    public static AwsException InvalidKey() => InvalidCustomerKey("The secret key was invalid for the specified algorithm.");

    public static AwsException WrongKeyMd5() => InvalidCustomerKey("The calculated MD5 hash of the key did not match the hash that was provided.");

    public static AwsException WrongKey() =>
        new("AccessDenied", "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.", 403);

    public static AwsException KeyDemanded() =>
        S3Errors.InvalidRequest("The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.");

    public static AwsException KeyOfUnencrypted() => S3Errors.InvalidRequest("The encryption parameters are not applicable to this object.");

    /// <summary>The same text where the upload has a key and the part has none, and the other way about.</summary>
    public static AwsException PartNeedsKey() =>
        S3Errors.InvalidRequest("The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.");

    public static AwsException OtherKeyThanUpload() => S3Errors.InvalidRequest("The provided encryption parameters did not match the ones used originally.");

    private static AwsException InvalidCustomerKey(string message) => S3Errors.InvalidArgument(message, ObjectEncryption.Header);

    // Recorded: test_s3_default_bucket_encryption_exc
    public static AwsException KeyNotApplicable() =>
        S3Errors.InvalidArgument("a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse", "ApplyServerSideEncryptionByDefault");
}
