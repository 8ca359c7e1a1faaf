using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>The access control list of a bucket: put, get.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html</remarks>
internal static class BucketAcl
{
    public static PutAclInput Bind(RestRequest request) => new(S3Request.Bucket(request), "", null, AclRequest.OfBucket(request), S3Request.Document(request), request.SourceIp);

    public static async ValueTask<Bucket> Put(S3Service service, Call call, PutAclInput input)
    {
        var content = await input.ReadAsync(call);
        return await service.CommitAsync(write =>
        {
            var tx = write.Transaction;
            var bucket = BucketStore.Require(tx, input.Bucket);
            if (ObjectOwnership.IsEnforced(tx, bucket)) throw S3Errors.AccessControlListNotSupported();
            var acl = input.Make(content, bucket.Account, bucket, new(service, tx, call.Account));
            if (acl.IsPublic) ObjectAcls.CheckBlock(tx, bucket, call, "s3:PutBucketAcl", bucket.Arn);
            BucketSettings.Acl.Put(tx, bucket, acl);
            return bucket;
        });
    }

    public static ValueTask<AclOutput> Get(S3Service service, Call call, BucketReference input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input);
        return new(new AclOutput(Of(snapshot, bucket), service.Owners, null));
    }

    /// <summary>The list in force: where ownership is enforced, the owner's alone.</summary>
    public static Acl Of(Storage.IReader reader, Bucket bucket) =>
        ObjectOwnership.IsEnforced(reader, bucket) ? Acl.Private(bucket.Account) : BucketSettings.Acl.Find(reader, bucket) ?? Acl.Private(bucket.Account);

    public static Reply Write(AclOutput output) => AclDocument.Write(output.Acl, output.Owners);
}
