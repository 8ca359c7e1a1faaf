using Emulator.Protocols;

namespace Emulator.S3.Restores;

/// <summary>The errors of restoring archived objects, one member for each text that AWS sends.</summary>
internal static class RestoreErrors
{
    public static AwsException AlreadyInProgress() => new("RestoreAlreadyInProgress", "Object restore is already in progress", 409);

    /// <summary>Of an object that is not archived. Observed: https://github.com/getmoto/moto/pull/4670</summary>
    public static AwsException NotAllowed(string storageClass) => new("InvalidObjectState", "Restore is not allowed for the object's current storage class", 403)
    {
        Members = [new("StorageClass", storageClass)],
    };

    /// <summary>Of an object in the frequent access tier. https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html</summary>
    public static AwsException AlreadyInActiveTier() => new("ObjectAlreadyInActiveTierError", "This action is not allowed against this storage tier.", 403);

    /// <summary>Observed: https://github.com/s3tools/s3cmd/issues/1377</summary>
    public static AwsException DaysOfIntelligentTiering(string days) =>
        S3Errors.InvalidArgument("INTELLIGENT_TIERING objects are not subject to restore expiry. Do not specify Days when restoring this object", "Days", days);

    /// <summary>Expedited retrievals are not available for DEEP_ARCHIVE.</summary>
    public static AwsException TierNotSupported() => S3Errors.InvalidArgument("Retrieval option is not supported by this storage class", "Tier", nameof(RestoreTier.Expedited));
}
