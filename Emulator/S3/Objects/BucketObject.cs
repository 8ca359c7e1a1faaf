using Emulator.S3.Buckets;

namespace Emulator.S3.Objects;

/// <summary>An object, or a version of it, and its bucket.</summary>
internal sealed record BucketObject(Bucket Bucket, StoredObject Object)
{
    /// <summary>What <c>x-amz-version-id</c> tells: nothing in a bucket that never had versioning.</summary>
    public string? VersionId => Bucket.Versioning == VersioningStatus.Unversioned ? null : Object.ToldVersionId;
}
