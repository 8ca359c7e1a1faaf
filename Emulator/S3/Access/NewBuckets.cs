using Emulator.Configuration;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Access;

/// <summary>How a bucket begins: with ownership enforced and public access blocked, unless its creation or emulator.yaml says otherwise.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html</remarks>
internal static class NewBuckets
{
    public static void Prepare(IWriteTransaction tx, Bucket bucket, NewBucketsConfig defaults, string? ownership)
    {
        var owner = ownership ?? defaults.ObjectOwnership;
        if (owner != ObjectOwnership.BucketOwnerEnforced) BucketSettings.Ownership.Put(tx, bucket, owner);
        if (!defaults.BlockPublicAccess) BucketSettings.PublicAccessBlock.Put(tx, bucket, PublicAccessBlock.Nothing);
    }
}
