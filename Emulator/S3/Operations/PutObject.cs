using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;
using Emulator.S3.Notifications;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Operations;

/// <summary>Puts an object: whole or not at all.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</remarks>
internal static class PutObject
{
    public static PutObjectInput Bind(RestRequest request)
    {
        S3Request.CheckIsNoPart(request);
        S3Request.CheckUploadHeaders(request, "PutObject");
        return new(S3Request.Bucket(request), S3Request.Key(request))
        {
            Headers = ObjectHeaders.Of(request),
            StorageClass = S3Request.StorageClass(request),
            Tags = TagSet.ParseHeader(request.Header("x-amz-tagging")),
            Lock = LockHeaders.Of(request),
            Encryption = EncryptionHeaders.Of(request),
            Condition = WriteCondition.Of(request),
            Checksum = DeclaredChecksum.Of(request),
            Acl = AclRequest.OfObject(request),
            Length = S3Request.BodyLength(request),
            Body = request.Body,
            SourceIp = request.SourceIp,
        };
    }

    public static IReadOnlyList<Permission> Permissions(Call call, PutObjectInput input) => S3Request.UploadPermissions(call, $"{input.Bucket.Arn}/{input.Key}", input.Tags, input.Acl, input.Lock, input.Condition);

    public static async ValueTask<BucketObject> Execute(S3Service service, Call call, PutObjectInput input)
    {
        CheckBeforeBody(service, call, input); // so that a client that waits for 100-continue is spared its upload
        return await StoreAsync(service, call, input, "Put");
    }

    /// <summary>Receives the body and puts the object.</summary>
    /// <param name="eventName">What happened, in the name of its event: <c>Put</c>, <c>Post</c>.</param>
    public static async ValueTask<BucketObject> StoreAsync(S3Service service, Call call, PutObjectInput input, string eventName)
    {
        var algorithm = input.Checksum.Algorithm ?? ObjectChecksum.DefaultAlgorithm;
        using var body = await ReceivedBody.ReceiveAsync(service.Context, input.Body, input.Length, input.Limit, input.Encryption.CustomerKey, call.Cancelled, algorithm);
        if (body.Size < input.Least) throw S3Errors.EntityTooSmall(body.Size, input.Least);
        // Observed: the expected digest in hex, the calculated one in base 64.
        if (input.Checksum.Md5 is { } md5 && !body.HasMd5(md5)) throw ChecksumErrors.BadMd5(md5, body.Hashes.Md5);
        var checksum = body.Hashes.Checksum(algorithm);
        if (input.Checksum.Value is { } declared && declared != checksum) throw ChecksumErrors.BadDigest(algorithm);

        var made = new StoredObject
        {
            Key = input.Key,
            Size = body.Size,
            LastModified = service.Now,
            ETag = body.Hashes.ETag,
            Checksum = new(algorithm, ChecksumType.FullObject, checksum),
            StorageClass = input.StorageClass,
            BodyId = body.Id,
            Headers = input.Headers,
            Tags = input.Tags,
            Retention = input.Lock.Retention,
            LegalHold = input.Lock.LegalHold,
        };
        var put = await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket);
            input.Lock.Check(bucket, call.Now);
            var present = ObjectStore.Find(write.Transaction, bucket, input.Key);
            input.Condition.Check(present, input.Key);
            ObjectAcls.Check(write.Transaction, bucket, call, input.Acl, "s3:PutObject", $"{bucket.Arn}/{input.Key}");
            var acl = ObjectAcls.ForNew(service, write.Transaction, bucket, call, input.Acl);
            var encryption = input.Encryption.Resolve(write.Transaction, bucket, call, service.Context.Ids);
            var etag = encryption.HasMd5ETags ? made.ETag : service.Context.Ids.Hex(32);
            body.AddTo(write.Transaction);
            return BucketObject.Current(service, write.Transaction, bucket, ObjectStore.Put(write, bucket, made with { Acl = acl, Encryption = encryption, ETag = etag }, present));
        });
        body.Keep();
        service.Notify(put.Bucket, call, input.SourceIp, S3Event.Created(eventName, put.Object));
        return put;
    }

    public static Reply Write(BucketObject output)
    {
        var put = output.Object;
        return put.Encryption.AddAllTo(Reply.Empty())
            .Header("ETag", put.QuotedETag)
            .Header(put.Checksum.Algorithm.HeaderName(), put.Checksum.Value)
            .Header("x-amz-checksum-type", put.Checksum.Type.Name())
            .Header("x-amz-expiration", output.Expiration)
            .Header("x-amz-version-id", put.VersionId); // observed: not told where versioning is suspended
    }

    private static void CheckBeforeBody(S3Service service, Call call, PutObjectInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        ObjectAcls.Check(snapshot, bucket, call, input.Acl, "s3:PutObject", $"{bucket.Arn}/{input.Key}");
        input.Encryption.Resolve(snapshot, bucket, call, service.Context.Ids);
        input.Lock.Check(bucket, call.Now);
        input.Lock.DemandChecksum(snapshot, bucket, input.Checksum, "Object");
        if (input.Condition != default) input.Condition.Check(ObjectStore.Find(snapshot, bucket, input.Key), input.Key);
    }
}

internal sealed record PutObjectInput(BucketReference Bucket, string Key)
{
    public required ObjectHeaders Headers { get; init; }
    public required string StorageClass { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }
    public LockHeaders Lock { get; init; } = LockHeaders.None;
    public EncryptionHeaders Encryption { get; init; } = EncryptionHeaders.None;
    public required WriteCondition Condition { get; init; }
    public AclRequest Acl { get; init; } = AclRequest.None;
    public required DeclaredChecksum Checksum { get; init; }

    /// <summary>null where the end shows it: in a form.</summary>
    public required long? Length { get; init; }

    public long Limit { get; init; } = S3Limits.PutBytes;
    public long Least { get; init; }
    public required Stream Body { get; init; }
    public required string SourceIp { get; init; }
}
