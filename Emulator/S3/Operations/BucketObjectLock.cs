using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.ObjectLock;

namespace Emulator.S3.Operations;

/// <summary>The object lock of a bucket: put, which also enables it, get.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html</remarks>
internal static class BucketObjectLock
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        using (var snapshot = service.Snapshot()) BucketStore.Require(snapshot, input.Bucket);
        var configuration = ObjectLockConfiguration.Parse(await input.Document.ReadAsync("ObjectLockConfiguration", call.Cancelled));
        return await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket);
            if (bucket.Versioning != VersioningStatus.Enabled) throw S3Errors.LockOfUnversionedBucket();
            bucket = bucket with { HasObjectLock = true };
            BucketStore.Put(write.Transaction, bucket);
            BucketSettings.ObjectLock.Put(write.Transaction, bucket, configuration);
            return bucket;
        });
    }

    public static ValueTask<ObjectLockConfiguration> Get(S3Service service, Call call, BucketReference input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input);
        if (!bucket.HasObjectLock) throw S3Errors.ObjectLockConfigurationNotFound(bucket.Name);
        return new(BucketSettings.ObjectLock.Find(snapshot, bucket) ?? new());
    }

    public static Reply Write(ObjectLockConfiguration output) => output.ToReply();
}
