using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Objects;

/// <summary>An object, or a version of it, and its bucket.</summary>
internal sealed record BucketObject(Bucket Bucket, StoredObject Object)
{
    /// <summary>The object with its expiration: for who reads or writes the current one.</summary>
    public static BucketObject Current(S3Service service, IReader reader, Bucket bucket, StoredObject current) =>
        new(bucket, current) { Expiration = service.LifecycleRules.Find(reader, bucket)?.ExpirationHeader(current) };

    /// <summary>When a lifecycle rule has it expire: <c>x-amz-expiration</c>; null where none does, and where nobody asked.</summary>
    public string? Expiration { get; init; }

    /// <summary>What <c>x-amz-version-id</c> tells: nothing in a bucket that never had versioning.</summary>
    public string? VersionId => Bucket.Versioning == VersioningStatus.Unversioned ? null : Object.ToldVersionId;
}
