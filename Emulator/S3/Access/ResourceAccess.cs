using Emulator.Integration;
using Emulator.S3.AccessPoints;
using Emulator.S3.Objects;

namespace Emulator.S3.Access;

/// <summary>Whose policy and ACL decide about an action on a bucket or an object.</summary>
internal static class ResourceAccess
{
    public static ResourcePolicy? Find(S3Service service, string resourceArn, string action)
    {
        if (S3Resource.Parse(resourceArn) is not { } resource) return AccessPointPolicies.Find(service, resourceArn);
        if (service.Access.Find(resource.Bucket) is not { } access) return service.Upstreams?.Find(resource.Bucket) is null ? null : new(service.Context.Config.Account, null);
        if (!access.KnowsAcls) return access.Policy;
        if (resource.Key is null || !(AclPolicy.IsOfObject(action) || AclPolicy.IsOfNewObject(action))) return access.WithBucketAcl;
        using var snapshot = service.Snapshot();
        if (ObjectStore.Find(snapshot, access.Bucket, resource.Key) is not { } present) return access.WithBucketAcl;
        return AclPolicy.IsOfObject(action) ? access.WithObjectAcl(present.Acl?.Owner ?? access.Bucket.Account, present.Acl) : access.Policy;
    }
}
