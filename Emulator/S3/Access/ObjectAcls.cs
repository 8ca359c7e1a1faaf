using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.AccessPoints;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Access;

/// <summary>The ACL of a new object, and whether one may be set.</summary>
internal static class ObjectAcls
{
    /// <summary>Refuses an ACL that the bucket does not take.</summary>
    /// <param name="action">As <c>s3:PutObject</c>.</param>
    public static void Check(IReader reader, Bucket bucket, Call call, AclRequest asked, string action, string resource)
    {
        if (asked.IsAbsent) return;
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html: of all ACLs, even private, only this one is taken.
        if (ObjectOwnership.IsEnforced(reader, bucket) && asked.Canned != "bucket-owner-full-control") throw S3Errors.AccessControlListNotSupported();
        if (asked.IsPublic) CheckBlock(reader, bucket, call, action, resource);
    }

    /// <summary>Refuses a public ACL where they are blocked.</summary>
    public static void CheckBlock(IReader reader, Bucket bucket, Call call, string action, string resource)
    {
        var point = call.Through is { } arn ? AccessPointAddress.FindByArn(reader, arn, call.Region) : null;
        if (!PublicAccessBlock.Of(reader, bucket).BlockPublicAcls && point is not { PublicAccessBlock.BlockPublicAcls: true }) return;
        throw S3Errors.BlockedAsPublic(call.Caller.Arn, action, resource, "public access control lists (ACLs) are blocked by the BlockPublicAcls");
    }

    /// <summary>The ACL of an object that the caller makes; null where the bucket's owner owns it alone, as always where ownership is enforced.</summary>
    public static Acl? ForNew(S3Service service, IReader reader, Bucket bucket, Call call, AclRequest asked)
    {
        var ownership = ObjectOwnership.Of(reader, bucket);
        if (ownership == ObjectOwnership.BucketOwnerEnforced) return null;
        var writer = call.Caller.Kind == CallerKind.Anonymous ? "" : call.Account;
        var owner = ownership == ObjectOwnership.BucketOwnerPreferred && asked.Canned == "bucket-owner-full-control" ? bucket.Account : writer;
        return owner == bucket.Account && asked.IsOwnersOnly ? null : asked.Make(owner, bucket.Account, new(service, reader, call.Account));
    }
}
