using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>The access control list of an object, or of a version: put, get.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html</remarks>
internal static class ObjectAcl
{
    public static PutAclInput Bind(RestRequest request) =>
        new(S3Request.Bucket(request), S3Request.Key(request), VersionId.Parse(request.QueryValue("versionId")), AclRequest.OfObject(request), S3Request.Document(request), request.SourceIp);

    /// <param name="verb">Put or Get.</param>
    public static Func<Call, PutAclInput, IReadOnlyList<Permission>> Permissions(string verb) =>
        (_, input) => [new(input.VersionId is null ? $"s3:{verb}ObjectAcl" : $"s3:{verb}ObjectVersionAcl", $"{input.Bucket.Arn}/{input.Key}")];

    public static async ValueTask<AclOutput> Put(S3Service service, Call call, PutAclInput input)
    {
        var content = await input.ReadAsync(call);
        var (changed, acl) = await service.CommitAsync(write =>
        {
            var tx = write.Transaction;
            var bucket = BucketStore.Require(tx, input.Bucket);
            var present = Require(tx, bucket, input, "PUT");
            if (ObjectOwnership.IsEnforced(tx, bucket))
            {
                // Observed: the owner's full control, which the bucket's owner has anyway, is taken.
                return input.Asked.Canned is "bucket-owner-full-control" ? (new BucketObject(bucket, present), Acl.Private(bucket.Account)) : throw S3Errors.AccessControlListNotSupported();
            }
            var acl = input.Make(content, present.Acl?.Owner ?? bucket.Account, bucket, new(service, tx, call.Account));
            if (acl.IsPublic) ObjectAcls.CheckBlock(tx, bucket, call, "s3:PutObjectAcl", $"{bucket.Arn}/{input.Key}");
            var changed = present with { Acl = acl };
            ObjectStore.Update(write, bucket, changed);
            return (new BucketObject(bucket, changed), acl);
        });
        service.Notify(changed.Bucket, call, input.SourceIp, S3Event.AclPut(changed.Object));
        return new(acl, service.Owners, changed.VersionId);
    }

    public static Reply WritePut(AclOutput output) => Reply.Empty().Header("x-amz-version-id", output.VersionId);

    public static ValueTask<AclOutput> Get(S3Service service, Call call, PutAclInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        var present = Require(snapshot, bucket, input, "GET");
        return new(new AclOutput(Of(snapshot, bucket, present), service.Owners, new BucketObject(bucket, present).VersionId));
    }

    /// <summary>The list in force: where ownership is enforced, the bucket's owner's alone.</summary>
    public static Acl Of(IReader reader, Bucket bucket, StoredObject present) =>
        present.Acl is { } acl && !ObjectOwnership.IsEnforced(reader, bucket) ? acl : Acl.Private(bucket.Account);

    public static Reply Write(AclOutput output) => AclDocument.Write(output.Acl, output.Owners).Header("x-amz-version-id", output.VersionId);

    /// <summary>Recorded (test_put_object_acl_on_delete_marker): a marker is told to who puts, even where no version is named, and hides the object from who gets.</summary>
    private static StoredObject Require(IReader reader, Bucket bucket, PutAclInput input, string method)
    {
        var found = input.VersionId is { } id
            ? ObjectStore.FindVersion(reader, bucket, input.Key, id) ?? throw S3Errors.NoSuchVersion(input.Key, id)
            : ObjectStore.Find(reader, bucket, input.Key) ?? (method == "PUT" ? VersionStore.FindNewest(reader, bucket, input.Key) : null) ?? throw S3Errors.NoSuchKey(input.Key);
        return found.IsDeleteMarker ? throw S3Errors.IsDeleteMarker(found, method) : found;
    }
}

/// <param name="Key">"" for the bucket's own list.</param>
internal sealed record PutAclInput(BucketReference Bucket, string Key, VersionId? VersionId, AclRequest Asked, S3Document Document, string SourceIp)
{
    /// <summary>The document; empty where headers say it all. Recorded: one of the two, and not both.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Call call)
    {
        var content = await Document.ReadBytesAsync(call.Cancelled);
        if (content.IsEmpty && Asked.IsAbsent) throw S3Errors.MissingSecurityHeader("x-amz-acl");
        if (!content.IsEmpty && !Asked.IsAbsent) throw S3Errors.UnexpectedContent();
        return content;
    }

    public Acl Make(ReadOnlyMemory<byte> content, string owner, Bucket bucket, KnownAccounts accounts) =>
        content.IsEmpty ? Asked.Make(owner, bucket.Account, accounts) : AclDocument.Parse(content, owner, accounts);
}

internal sealed record AclOutput(Acl Acl, Owners Owners, string? VersionId);
