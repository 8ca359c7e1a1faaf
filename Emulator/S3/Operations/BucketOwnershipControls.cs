using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>The ownership controls of a bucket: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html; recorded: TestS3BucketOwnershipControls</remarks>
internal static class BucketOwnershipControls
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var document = ObjectOwnership.Shape.Check(await input.Document.ReadAsync("OwnershipControls", call.Cancelled));
        var ownership = document.Child("Rule")!.Value("ObjectOwnership")!;
        return await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket);
            // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html
            if (ownership == ObjectOwnership.BucketOwnerEnforced && !BucketAcl.Of(write.Transaction, bucket).IsOwnersOnly) throw S3Errors.BucketAclWithEnforcedOwnership();
            BucketSettings.Ownership.Put(write.Transaction, bucket, ownership);
            return bucket;
        });
    }

    public static ValueTask<string> Get(S3Service service, Call call, BucketReference input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input);
        return BucketSettings.Ownership.Find(snapshot, bucket) is ObjectOwnership.Deleted ? throw S3Errors.NoOwnershipControls(input.Name) : new(ObjectOwnership.Of(snapshot, bucket));
    }

    public static Reply Write(string ownership) => new XmlBuilder().Root("OwnershipControls"u8).Start("Rule"u8).Element("ObjectOwnership"u8, ownership).End("Rule"u8).End("OwnershipControls"u8).ToReply();

    public static ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input) => service.PutSettingAsync(input, BucketSettings.Ownership, ObjectOwnership.Deleted);
}
