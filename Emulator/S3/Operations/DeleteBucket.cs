using Emulator.Protocols;
using Emulator.S3.AccessPoints;
using Emulator.S3.Buckets;
using Emulator.S3.Multipart;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>Deletes a bucket without objects; uploads in progress end.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html</remarks>
internal static class DeleteBucket
{
    public static async ValueTask<Bucket> Execute(S3Service service, Call call, BucketReference input) =>
        await service.CommitAsync(write =>
        {
            var tx = write.Transaction;
            var bucket = BucketStore.Require(tx, input);
            if (ObjectStore.Any(tx, bucket)) throw S3Errors.BucketNotEmpty(bucket);
            if (AccessPointStore.All(tx).Any(point => point.Bucket == bucket.Name)) throw AccessPointErrors.BucketHasAccessPoints(bucket.Name);
            UploadStore.RemoveAll(tx, bucket, write.Freed);
            BucketStore.Delete(tx, bucket);
            return bucket;
        });

    public static Reply Write(Bucket output) => Reply.Empty(204);
}
