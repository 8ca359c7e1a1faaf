using Emulator.Iam;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.AccessPoints;

/// <summary>How a request names an access point where it could name a bucket: by alias, by ARN, or, before an endpoint's name, by its name and account.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html</remarks>
internal static class AccessPointAddress
{
    private const string ResourceType = "accesspoint/";
    private const int AccountDigits = 12;

    /// <summary>Whether it may be more than a bucket's name; this asks no store.</summary>
    public static bool MayBe(string name) =>
        name.EndsWith(AccessPointName.AliasSuffix, StringComparison.Ordinal) || IsArn(name) || EndsWithAccount(name);

    public static bool IsArn(string name) => name.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>The access point; null where the name is a bucket's.</summary>
    /// <param name="region">Where the request was sent to: names of access points are unique in a region only.</param>
    public static AccessPoint? Find(IReader reader, string name, string region)
    {
        if (IsArn(name)) return FindByArn(reader, name, region) ?? throw AccessPointErrors.NotFound(name[(name.LastIndexOf('/') + 1)..]);
        if (name.EndsWith(AccessPointName.AliasSuffix, StringComparison.Ordinal)) return AccessPointStore.FindByAlias(reader, name) ?? throw AccessPointErrors.InvalidAlias();
        // What SDKs make of an ARN where they are given an endpoint: NAME-ACCOUNT.localhost. A bucket may have such a name too.
        if (!EndsWithAccount(name) || BucketStore.Find(reader, name) is not null) return null;
        return AccessPointStore.Find(reader, name[^AccountDigits..], region, name[..^(AccountDigits + 1)]);
    }

    /// <summary>The access point of <c>arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME</c>; null where there is none.</summary>
    /// <param name="region">For an ARN without a region: one that was made of a host's name which has none.</param>
    public static AccessPoint? FindByArn(IReader reader, string arn, string region)
    {
        var parts = arn.Split(':', 6);
        if (parts is not ["arn", _, "s3", _, _, _] || !parts[5].StartsWith(ResourceType, StringComparison.Ordinal)) return null;
        return AccessPointStore.Find(reader, parts[4], parts[3].Length > 0 ? parts[3] : region, parts[5][ResourceType.Length..]);
    }

    private static bool EndsWithAccount(string name) =>
        name.Length > AccountDigits + 1 && name[^(AccountDigits + 1)] == '-' && !name.AsSpan(name.Length - AccountDigits).ContainsAnyExceptInRange('0', '9');

    /// <summary>What must be allowed to whom a request reaches through an access point: the same by the access point, and by its bucket.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html</remarks>
    public static IReadOnlyList<Permission> Permissions(AccessPoint point, Permission permission)
    {
        const string Bucket = "arn:aws:s3:::";
        if (!permission.Resource.StartsWith(Bucket, StringComparison.Ordinal)) return [permission];
        var within = permission with
        {
            Context =
            [
                .. permission.Context ?? [], new("s3:DataAccessPointArn", point.Arn), new("s3:DataAccessPointAccount", point.Account), new("s3:AccessPointNetworkOrigin", point.NetworkOrigin),
            ],
        };
        var slash = permission.Resource.IndexOf('/');
        return [within with { Resource = slash < 0 ? point.Arn : $"{point.Arn}/object{permission.Resource[slash..]}" }, within];
    }

    /// <summary>As above, for checks within an operation.</summary>
    public static IReadOnlyList<Permission> Permissions(S3Service service, string arn, Permission permission)
    {
        using var snapshot = service.Snapshot();
        return FindByArn(snapshot, arn, "") is { } point ? Permissions(point, permission) : [permission];
    }
}
