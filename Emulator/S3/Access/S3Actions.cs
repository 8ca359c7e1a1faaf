using System.Collections.Frozen;
using System.IO.Enumeration;

namespace Emulator.S3.Access;

/// <summary>The actions of S3 by what they are done to.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-actions-as-permissions</remarks>
internal static class S3Actions
{
    private const string Vendor = "s3:";

    private static readonly FrozenSet<string> OfObjects = new[]
    {
        "AbortMultipartUpload", "BypassGovernanceRetention", "DeleteObject", "DeleteObjectTagging", "DeleteObjectVersion", "DeleteObjectVersionTagging", "GetObject", "GetObjectAcl",
        "GetObjectAttributes", "GetObjectLegalHold", "GetObjectRetention", "GetObjectTagging", "GetObjectTorrent", "GetObjectVersion", "GetObjectVersionAcl", "GetObjectVersionAttributes",
        "GetObjectVersionForReplication", "GetObjectVersionTagging", "GetObjectVersionTorrent", "InitiateReplication", "ListMultipartUploadParts", "ObjectOwnerOverrideToBucketOwner", "PutObject",
        "PutObjectAcl", "PutObjectLegalHold", "PutObjectRetention", "PutObjectTagging", "PutObjectVersionAcl", "PutObjectVersionTagging", "ReplicateDelete", "ReplicateObject", "ReplicateTags",
        "RestoreObject", "UpdateObjectEncryption",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Lists = ["ListBucket", "ListBucketVersions"];

    /// <summary>Those with which patterns are compared; a name that is not of objects is taken for one of them.</summary>
    private static readonly string[] OfBuckets =
    [
        "CreateBucket", "DeleteBucket", "DeleteBucketPolicy", "DeleteBucketWebsite", "GetAccelerateConfiguration", "GetAnalyticsConfiguration", "GetBucketAcl", "GetBucketCORS", "GetBucketLocation",
        "GetBucketLogging", "GetBucketNotification", "GetBucketObjectLockConfiguration", "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketPolicyStatus", "GetBucketPublicAccessBlock",
        "GetBucketRequestPayment", "GetBucketTagging", "GetBucketVersioning", "GetBucketWebsite", "GetEncryptionConfiguration", "GetIntelligentTieringConfiguration", "GetInventoryConfiguration",
        "GetLifecycleConfiguration", "GetMetricsConfiguration", "GetReplicationConfiguration", "ListBucket", "ListBucketMultipartUploads", "ListBucketVersions", "PutAccelerateConfiguration",
        "PutAnalyticsConfiguration", "PutBucketAcl", "PutBucketCORS", "PutBucketLogging", "PutBucketNotification", "PutBucketObjectLockConfiguration", "PutBucketOwnershipControls", "PutBucketPolicy",
        "PutBucketPublicAccessBlock", "PutBucketRequestPayment", "PutBucketTagging", "PutBucketVersioning", "PutBucketWebsite", "PutEncryptionConfiguration", "PutIntelligentTieringConfiguration",
        "PutInventoryConfiguration", "PutLifecycleConfiguration", "PutMetricsConfiguration", "PutReplicationConfiguration",
    ];

    /// <summary>Whether an action, or a pattern of actions, may stand in a policy of S3. Names after <c>s3:</c> are not looked up: AWS makes new ones.</summary>
    public static bool IsOfS3(string action) => action == "*" || action.StartsWith(Vendor, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether only the lists of a bucket's objects know the condition key.</summary>
    public static bool IsKeyOfLists(string key) => key.ToLowerInvariant() is "s3:prefix" or "s3:delimiter" or "s3:max-keys";

    /// <summary>Whether the action, or the pattern, is of such a list.</summary>
    public static bool IsList(string action) => action == "*" || Lists.Any(list => Fits(action[Vendor.Length..], list));

    /// <summary>Whether the action can be done to one of the resources: to buckets, or to objects in them.</summary>
    public static bool AppliesTo(string action, IEnumerable<string> resources)
    {
        var name = action == "*" ? "*" : action[Vendor.Length..];
        var isPattern = name.AsSpan().ContainsAny('*', '?');
        var ofObject = isPattern ? OfObjects.Any(one => Fits(name, one)) : OfObjects.Contains(name);
        var ofBucket = isPattern ? OfBuckets.Any(one => Fits(name, one)) : !ofObject;
        return resources.Any(resource => (ofObject && CanBeObject(resource)) || (ofBucket && CanBeBucket(resource)));
    }

    private static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    /// <summary>The bucket's name, or the access point's, is followed by a slash.</summary>
    private static bool CanBeObject(string resource) => resource.Contains('*') || Rest(resource).Contains('/');

    private static bool CanBeBucket(string resource) => resource == "*" || !Rest(resource).Contains('/');

    private static ReadOnlySpan<char> Rest(string resource)
    {
        const string Points = "accesspoint/";
        var point = resource.IndexOf(Points, StringComparison.Ordinal);
        return point < 0 ? resource : resource.AsSpan(point + Points.Length);
    }
}
