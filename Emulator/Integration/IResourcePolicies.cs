namespace Emulator.Integration;

/// <summary>The policies that hang from a service's resources (a bucket's policy, a function's).</summary>
internal interface IResourcePolicies
{
    /// <summary>The policy document (JSON) of the resource and the account that owns it; null where the resource is not there or has no owner to ask.</summary>
    ResourcePolicy? Find(string resourceArn);

    /// <summary>As above, for a service where it depends on the action who has a say (S3: the owner of an object, or of its bucket).</summary>
    ResourcePolicy? Find(string resourceArn, string action) => Find(resourceArn);
}

/// <param name="Document">The policy as JSON; null where the resource has none.</param>
internal sealed record ResourcePolicy(string OwnerAccount, string? Document)
{
    /// <summary>Whether what it allows counts within the owner's account only (S3's RestrictPublicBuckets); what it denies always counts. Found out when a caller from outside asks; null: no.</summary>
    public Lazy<bool>? AllowsOwnAccountOnly { get; init; }
}
