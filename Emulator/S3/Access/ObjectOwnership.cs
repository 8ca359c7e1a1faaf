using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Settings;
using Emulator.Storage;
using static Emulator.S3.Settings.XmlShape;

namespace Emulator.S3.Access;

/// <summary>Who owns the objects of a bucket, and whether it knows ACLs.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html</remarks>
internal static class ObjectOwnership
{
    public const string BucketOwnerEnforced = "BucketOwnerEnforced";
    public const string BucketOwnerPreferred = "BucketOwnerPreferred";
    public const string ObjectWriter = "ObjectWriter";

    /// <summary>What is stored where the controls were deleted: the writer owns, and nothing is described.</summary>
    public const string Deleted = "";

    /// <summary>A document has one rule.</summary>
    public static XmlShape Shape { get; } = Parent("OwnershipControls", Parent("Rule", Choice("ObjectOwnership", BucketOwnerPreferred, ObjectWriter, BucketOwnerEnforced).Required()).Required());

    /// <summary>The setting in force.</summary>
    public static string Of(IReader reader, Bucket bucket) => BucketSettings.Ownership.Find(reader, bucket) switch
    {
        null => BucketOwnerEnforced,
        Deleted => ObjectWriter,
        var set => set,
    };

    /// <summary>Whether ACLs are disabled: the bucket's owner owns every object.</summary>
    public static bool IsEnforced(IReader reader, Bucket bucket) => Of(reader, bucket) == BucketOwnerEnforced;

    /// <summary>The value of <c>x-amz-object-ownership</c>; null where it did not come.</summary>
    /// <remarks>Recorded: test_bucket_ownership_controls_exc.</remarks>
    public static string? OfHeader(RestRequest request) => request.Header("x-amz-object-ownership") switch
    {
        null => null,
        var known when known is BucketOwnerEnforced or BucketOwnerPreferred or ObjectWriter => known,
        var other => throw S3Errors.InvalidArgument($"Invalid x-amz-object-ownership header: {other}", "x-amz-object-ownership"),
    };
}
