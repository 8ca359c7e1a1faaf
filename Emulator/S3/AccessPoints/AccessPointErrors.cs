using Emulator.Protocols;

namespace Emulator.S3.AccessPoints;

/// <summary>The errors of access points. Recorded: TestS3ControlAccessPoint, but where another source is named.</summary>
internal static class AccessPointErrors
{
    public static AwsException NotFound(string name) =>
        new("NoSuchAccessPoint", "The specified accesspoint does not exist", 404) { Members = [new("AccessPointName", name)] };

    /// <summary>Observed by many, as in Terraform's provider, which tells the code.</summary>
    public static AwsException NoPolicy(string name) =>
        new("NoSuchAccessPointPolicy", "The specified accesspoint policy does not exist", 404) { Members = [new("AccessPointName", name)] };

    public static AwsException InvalidName() => S3Errors.InvalidRequest("Your Amazon S3 AccessPoint name is invalid");

    public static AwsException NoBucket() => S3Errors.InvalidRequest("Amazon S3 AccessPoint can only be created for existing bucket");

    public static AwsException AlreadyOwned() =>
        new("AccessPointAlreadyOwnedByYou", "Your previous request to create the named accesspoint succeeded and you already own it.", 409);

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList</summary>
    public static AwsException InvalidAlias() => new("InvalidAccessPointAliasError", "The specified access point alias name is not valid.");

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList</summary>
    public static AwsException BucketHasAccessPoints(string bucket) =>
        new("BucketHasAccessPointsAttached", "The bucket you tried to delete has access points attached. Delete your access points before deleting your bucket.") { Members = [new("BucketName", bucket)] };
}
