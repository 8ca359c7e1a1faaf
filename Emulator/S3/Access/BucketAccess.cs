using System.Collections.Concurrent;
using Emulator.Integration;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Access;

/// <summary>What a bucket itself says about who may what: its policy and, where it knows them, ACLs.</summary>
internal sealed class BucketAccess
{
    /// <summary>Beyond this many lists of objects the documents are made anew.</summary>
    private const int RememberedAcls = 1024;

    private readonly string? _policy;
    private readonly Lazy<bool> _allowsOwnAccountOnly;
    private readonly ConcurrentDictionary<string, ResourcePolicy> _withObjectAcls = new(StringComparer.Ordinal);
    private ResourcePolicy? _withBucketAcl;

    public BucketAccess(IReader reader, Bucket bucket)
    {
        var block = PublicAccessBlock.Of(reader, bucket);
        Bucket = bucket;
        _policy = BucketSettings.Policy.Find(reader, bucket);
        _allowsOwnAccountOnly = new(() => block.RestrictPublicBuckets && _policy is not null && PublicPolicy.IsPublic(_policy));
        KnowsAcls = !ObjectOwnership.IsEnforced(reader, bucket);
        Acl = KnowsAcls ? BucketSettings.Acl.Find(reader, bucket) : null;
        IgnoresPublicAcls = block.IgnorePublicAcls;
        IsRequesterPays = BucketSettings.RequestPayment.Find(reader, bucket) == "Requester";
        Policy = new(bucket.Account, _policy) { AllowsOwnAccountOnly = _allowsOwnAccountOnly };
    }

    public Bucket Bucket { get; }

    /// <summary>The bucket's policy alone.</summary>
    public ResourcePolicy Policy { get; }

    public bool KnowsAcls { get; }

    public bool IsRequesterPays { get; }

    private Acl? Acl { get; }

    private bool IgnoresPublicAcls { get; }

    /// <summary>The policy and the bucket's own ACL.</summary>
    public ResourcePolicy WithBucketAcl => Acl is null ? Policy : _withBucketAcl ??= Combine(Bucket.Account, Acl, null);

    /// <summary>The policy and the ACL of an object that is there.</summary>
    /// <param name="owner">Who decides about the object. The bucket's policy has no say over what its owner does not own.</param>
    /// <param name="acl">null: it gives nothing to others.</param>
    public ResourcePolicy WithObjectAcl(string owner, Acl? acl)
    {
        if (acl is null) return Policy;
        var text = acl.ToString();
        if (_withObjectAcls.TryGetValue(text, out var known)) return known;
        if (_withObjectAcls.Count >= RememberedAcls) _withObjectAcls.Clear();
        return _withObjectAcls[text] = Combine(owner, null, acl);
    }

    private ResourcePolicy Combine(string owner, Acl? bucketAcl, Acl? objectAcl) =>
        new(owner, AclPolicy.Combine(_policy, keepsAllows: owner == Bucket.Account, bucketAcl, objectAcl, IgnoresPublicAcls)) { AllowsOwnAccountOnly = _allowsOwnAccountOnly };
}

/// <summary>What the buckets say about access, each read once until a bucket or a setting of one, or of an account, changes.</summary>
internal sealed class BucketAccessCache(IStore store)
{
    private readonly record struct Versions(long Buckets, long Settings, long Accounts);

    private sealed record Known(Versions Versions)
    {
        public ConcurrentDictionary<string, BucketAccess> ByName { get; } = new(StringComparer.Ordinal);
    }

    private volatile Known? _known;

    /// <summary>null where the bucket is not there.</summary>
    public BucketAccess? Find(string bucketName)
    {
        var known = _known;
        if (known is not null && known.Versions == Now() && known.ByName.TryGetValue(bucketName, out var found)) return found;
        using var snapshot = store.Snapshot();
        if (BucketStore.Find(snapshot, bucketName) is not { } bucket) return null;
        var versions = new Versions(snapshot.Version(BucketStore.Space), snapshot.Version(BucketSettings.Space), snapshot.Version(AccountSettings.Space));
        if (known is null || known.Versions != versions) _known = known = new(versions);
        return known.ByName[bucketName] = new BucketAccess(snapshot, bucket);
    }

    private Versions Now() => new(store.Version(BucketStore.Space), store.Version(BucketSettings.Space), store.Version(AccountSettings.Space));
}
