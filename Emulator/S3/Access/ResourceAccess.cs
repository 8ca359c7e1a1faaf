using Emulator.Integration;
using Emulator.S3.AccessPoints;
using Emulator.S3.Buckets;
using Emulator.S3.Multipart;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.Access;

/// <summary>What a bucket and its objects themselves say about who may what: the bucket's policy and, where it knows them, ACLs.</summary>
internal static class ResourceAccess
{
    private const string Prefix = "arn:aws:s3:::";

    public static ResourcePolicy? Find(S3Service service, string resourceArn, string action)
    {
        if (!resourceArn.StartsWith(Prefix, StringComparison.Ordinal)) return AccessPointPolicies.Find(service, resourceArn);
        var name = resourceArn[Prefix.Length..];
        var slash = name.IndexOf('/');
        var bucketName = slash < 0 ? name : name[..slash];
        using var snapshot = service.Snapshot();
        if (BucketStore.Find(snapshot, bucketName) is not { } bucket) return service.Upstreams?.Find(bucketName) is null ? null : new(service.Context.Config.Account, null);
        var policy = BucketSettings.Policy.Find(snapshot, bucket);
        var restricts = policy is not null && PublicAccessBlock.Of(snapshot, bucket).RestrictPublicBuckets && PublicPolicy.IsPublic(policy);
        var key = slash < 0 ? null : name[(slash + 1)..];
        IReadOnlyList<Owner> initiators = key is not null && AclPolicy.IsOfInitiator(action) ? [.. UploadStore.Initiators(snapshot, bucket, key).Distinct()] : [];
        if (!ObjectOwnership.IsEnforced(snapshot, bucket)) return WithAcls(snapshot, bucket, policy, key, action, initiators) with { AllowsOwnAccountOnly = restricts };
        return new(bucket.Account, initiators.Count == 0 ? policy : AclPolicy.Combine(policy, true, null, null, false, initiators)) { AllowsOwnAccountOnly = restricts };
    }

    private static ResourcePolicy WithAcls(IReader reader, Bucket bucket, string? policy, string? key, string action, IReadOnlyList<Owner> initiators)
    {
        var ignoresPublic = PublicAccessBlock.Of(reader, bucket).IgnorePublicAcls;
        var present = key is not null && AclPolicy.IsOfObject(action) ? ObjectStore.Find(reader, bucket, key) : null;
        var objectAcl = present?.Acl;
        var owner = objectAcl?.Owner ?? bucket.Account;
        var bucketAcl = present is null ? BucketSettings.Acl.Find(reader, bucket) : null;
        if (bucketAcl is null && objectAcl is null && initiators.Count == 0) return new(bucket.Account, policy);
        return new(owner, AclPolicy.Combine(policy, keepsAllows: owner == bucket.Account, bucketAcl, objectAcl, ignoresPublic, initiators));
    }
}
