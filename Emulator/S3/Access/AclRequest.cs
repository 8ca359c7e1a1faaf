using Emulator.Protocols;

namespace Emulator.S3.Access;

/// <summary>The ACL that the headers of a request ask for: a canned one, or grants.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl; the texts are recorded (test_s3_bucket_acl_exceptions).</remarks>
internal sealed record AclRequest(string? Canned, IReadOnlyList<GrantHeader> Grants)
{
    public static AclRequest None { get; } = new(null, []);

    /// <summary>EC2's own account, to which <c>aws-exec-read</c> gives machine images.</summary>
    private const string ImageReader = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c";

    private static readonly string[] OfObjects = ["private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control"];
    private static readonly string[] OfBuckets = ["private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "log-delivery-write"];

    private static readonly (string Header, AclPermission Permission)[] Headers =
    [
        ("x-amz-grant-full-control", AclPermission.FULL_CONTROL), ("x-amz-grant-read", AclPermission.READ), ("x-amz-grant-write", AclPermission.WRITE),
        ("x-amz-grant-read-acp", AclPermission.READ_ACP), ("x-amz-grant-write-acp", AclPermission.WRITE_ACP),
    ];

    public bool IsAbsent => Canned is null && Grants.Count == 0;

    /// <summary>Whether it gives all to the owner, as he has anyway.</summary>
    public bool IsOwnersOnly => Grants.Count == 0 && Canned is null or "private" or "bucket-owner-full-control";

    /// <summary>Whether it would give anything to everybody, or to every account.</summary>
    public bool IsPublic => Canned is "public-read" or "public-read-write" or "authenticated-read" || Grants.Any(grant => grant.Value is AclGroups.AllUsers or AclGroups.AuthenticatedUsers);

    public static AclRequest OfObject(RestRequest request) => Of(request, OfObjects);

    public static AclRequest OfBucket(RestRequest request) => Of(request, OfBuckets);

    /// <summary>Of a bucket that is made; the canned ACLs that speak of a bucket's owner are ignored, as their table says (rclone sends its objects' ACL so).</summary>
    public static AclRequest OfNewBucket(RestRequest request) =>
        request.Header("x-amz-acl") is "bucket-owner-read" or "bucket-owner-full-control" ? None : OfBucket(request);

    private static AclRequest Of(RestRequest request, string[] canned)
    {
        var name = request.Header("x-amz-acl");
        if (name is not null && !canned.Contains(name)) throw S3Errors.InvalidArgument("", "x-amz-acl", name);
        List<GrantHeader>? grants = null;
        foreach (var (header, permission) in Headers)
        {
            if (request.Header(header) is { } value) (grants ??= []).AddRange(GrantHeader.Parse(header, value, permission));
        }
        if (grants is null) return name is null ? None : new(name, []);
        return name is null ? new(null, grants) : throw S3Errors.InvalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
    }

    /// <summary>The list that it means.</summary>
    /// <param name="owner">The account that will own the bucket or object.</param>
    /// <param name="bucketOwner">The account that owns the bucket.</param>
    public Acl Make(string owner, string bucketOwner, KnownAccounts accounts)
    {
        if (Grants.Count > 0) return new(owner, [.. Grants.Select(grant => grant.Resolve(accounts))]);
        return new(owner, [AclGrant.ToAccount(owner, AclPermission.FULL_CONTROL), .. OthersOf(owner, bucketOwner)]);
    }

    private IEnumerable<AclGrant> OthersOf(string owner, string bucketOwner) => Canned switch
    {
        "public-read" => [AclGrant.ToGroup(AclGroups.AllUsers, AclPermission.READ)],
        "public-read-write" => [AclGrant.ToGroup(AclGroups.AllUsers, AclPermission.READ), AclGrant.ToGroup(AclGroups.AllUsers, AclPermission.WRITE)],
        "authenticated-read" => [AclGrant.ToGroup(AclGroups.AuthenticatedUsers, AclPermission.READ)],
        "aws-exec-read" => [new(false, ImageReader, AclPermission.READ)],
        "log-delivery-write" => [AclGrant.ToGroup(AclGroups.LogDelivery, AclPermission.WRITE), AclGrant.ToGroup(AclGroups.LogDelivery, AclPermission.READ_ACP)],
        "bucket-owner-read" when owner != bucketOwner => [AclGrant.ToAccount(bucketOwner, AclPermission.READ)],
        "bucket-owner-full-control" when owner != bucketOwner => [AclGrant.ToAccount(bucketOwner, AclPermission.FULL_CONTROL)],
        _ => [],
    };
}

/// <summary>One grantee of a header: <c>id="..."</c>, <c>uri="..."</c> or <c>emailAddress="..."</c>.</summary>
internal sealed record GrantHeader(string Kind, string Value, AclPermission Permission)
{
    public static IEnumerable<GrantHeader> Parse(string header, string value, AclPermission permission)
    {
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            var kind = equals < 0 ? "" : part[..equals];
            if (kind is not ("id" or "uri" or "emailAddress")) throw S3Errors.InvalidArgument("Argument format not recognized", header, part);
            yield return new(kind, part[(equals + 1)..].Trim('"'), permission);
        }
    }

    public AclGrant Resolve(KnownAccounts accounts) => Kind switch
    {
        "uri" => AclGroups.IsKnown(Value) ? AclGrant.ToGroup(Value, Permission) : throw S3Errors.InvalidArgument("Invalid group uri", "uri", Value),
        "id" => accounts.Has(Value) ? new(false, Value, Permission) : throw S3Errors.InvalidArgument("Invalid id", "id", Value),
        _ => new(false, accounts.IdOfEmail(Value) ?? throw S3Errors.UnresolvableEmail(Value), Permission),
    };
}
