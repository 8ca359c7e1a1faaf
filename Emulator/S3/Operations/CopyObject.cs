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
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>Copies an object: the copy shares the body of its source.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html</remarks>
internal static class CopyObject
{
    public static CopyObjectInput Bind(RestRequest request)
    {
        S3Request.CheckIsNoPart(request);
        S3Request.CheckUploadHeaders(request, "CopyObject");
        var algorithm = request.Header("x-amz-checksum-algorithm");
        return new(S3Request.Bucket(request), S3Request.Key(request), CopySource.Of(request))
        {
            ReplacesMetadata = Directive(request, "x-amz-metadata-directive"),
            ReplacesTags = Directive(request, "x-amz-tagging-directive"),
            Headers = ObjectHeaders.Of(request),
            Tags = TagSet.ParseHeader(request.Header("x-amz-tagging")),
            StorageClass = request.Header("x-amz-storage-class") is null ? null : S3Request.StorageClass(request),
            Encryption = EncryptionHeaders.Of(request),
            ChecksumAlgorithm = algorithm is null ? null : ChecksumAlgorithms.Find(algorithm) ?? throw ChecksumErrors.UnsupportedAlgorithm(),
            Acl = AclRequest.OfObject(request),
            Lock = LockHeaders.Of(request),
            Condition = WriteCondition.Of(request),
            SourceIp = request.SourceIp,
        };
    }

    public static IReadOnlyList<Permission> Permissions(Call call, CopyObjectInput input)
    {
        return
        [
            new(input.Source.VersionId is null ? "s3:GetObject" : "s3:GetObjectVersion", input.Source.Arn),
            .. S3Request.UploadPermissions(call, $"{input.Bucket.Arn}/{input.Key}", input.ReplacesTags ? input.Tags : [], input.Acl, input.Lock, input.Condition),
        ];
    }

    public static async ValueTask<CopyObjectOutput> Execute(S3Service service, Call call, CopyObjectInput input)
    {
        while (true)
        {
            var (source, hashes, recoded) = await ExamineAsync(service, call, input);
            using var body = recoded;
            var made = Make(service, input, source, hashes);
            if (recoded is not null) made = made with { BodyId = recoded.Id };
            var copied = await service.CommitAsync(write => Put(write, call, input, source, made, recoded));
            if (copied is null) continue; // the source was written meanwhile: look at it again
            recoded?.Keep();
            service.Notify(copied.Bucket, call, input.SourceIp, S3Event.Created("Copy", copied.Object));
            return new(copied, source);
        }
    }

    public static Reply Write(CopyObjectOutput output)
    {
        var copy = output.Copy.Object;
        var reply = new XmlBuilder().Root("CopyObjectResult"u8)
            .Element("LastModified"u8, copy.LastModified)
            .Element("ETag"u8, copy.QuotedETag)
            .Element("ChecksumType"u8, copy.Checksum.Type.Name())
            .Element(copy.Checksum.Algorithm.Element(), copy.Checksum.Value)
            .End("CopyObjectResult"u8).ToReply();
        return copy.Encryption.AddAllTo(reply)
            .Header("x-amz-expiration", output.Copy.Expiration)
            .Header("x-amz-version-id", output.Copy.VersionId)
            .Header("x-amz-copy-source-version-id", output.Source.VersionId); // observed: the null version is not told
    }

    /// <summary>Looks at the source and, where ETag or checksum of the copy do not follow from it, reads it once for them. What a client's key encrypts, or is to encrypt, becomes a body of its own.</summary>
    private static async ValueTask<(StoredObject Source, HashedBody? Hashes, ReceivedBody? Recoded)> ExamineAsync(S3Service service, Call call, CopyObjectInput input)
    {
        while (true)
        {
            BodySource? body;
            StoredObject source;
            using (var snapshot = service.Snapshot())
            {
                var bucket = BucketStore.Require(snapshot, input.Bucket);
                input.Lock.Check(bucket, call.Now);
                if (input.Condition != default) input.Condition.Check(ObjectStore.Find(snapshot, bucket, input.Key), input.Key);
                source = FindSource(service, snapshot, call, input.Source);
                if (source.Size > S3Limits.CopyBytes) throw S3Errors.CopySourceTooLarge();
                var encryption = input.Encryption.Resolve(snapshot, bucket, call, service.Context.Ids);
                if (input.IsToItself && input.Source.VersionId is null && !input.ChangesSomething && !ChangesEncryption(snapshot, bucket, source)) throw S3Errors.IllegalCopyToItself();
                if (!NeedsHashes(input, source, encryption)) return (source, null, null);
                body = BodySource.TryOpen(service.Context.Bodies, service.Pins, service.Context.Store, snapshot, source.BodyId, 0, source.Size);
            }
            if (body is null) continue; // written and gone since the snapshot
            var algorithm = input.ChecksumAlgorithm ?? source.Checksum.Algorithm;
            if (!NeedsBody(input, source)) return (source, await BodyHashes.ComputeAsync(body, call.Cancelled, algorithm), null);
            var recoded = await RecodeAsync(service, call, body, input.Source.CustomerKey, input.Encryption.CustomerKey, algorithm);
            return (source, recoded.Hashes, recoded);
        }
    }

    /// <summary>The object that is copied, checked by the conditions on it.</summary>
    public static StoredObject FindSource(S3Service service, IReader reader, Call call, CopySource wanted)
    {
        var bucket = BucketStore.Require(reader, wanted.Bucket);
        if (wanted.VersionId is { } id && ObjectStore.FindVersion(reader, bucket, wanted.Key, id) is { IsDeleteMarker: true }) throw S3Errors.CopySourceIsDeleteMarker();
        var source = service.RequireObject(reader, call, bucket, wanted.Key, wanted.VersionId, "PUT");
        source.Encryption.CheckReader(call, wanted.CustomerKey);
        wanted.Condition.CheckCopySource(source, call.Now);
        if (!source.IsReadable(call.Now)) throw S3Errors.CopySourceIsArchived();
        return source;
    }

    /// <summary>Whether the copy may be encrypted otherwise although the request does not say so.</summary>
    /// <remarks>Recorded: test_s3_copy_object_in_place_with_encryption, test_copy_in_place_with_bucket_encryption</remarks>
    private static bool ChangesEncryption(IReader reader, Bucket bucket, StoredObject source) =>
        source.Encryption != ObjectEncryption.S3 || BucketSettings.Encryption.Find(reader, bucket) is not null;

    private static bool NeedsBody(CopyObjectInput input, StoredObject source) => input.Encryption.CustomerKey is not null || source.Encryption.KeyVerifier is not null;

    /// <summary>A new body of the same bytes, encrypted otherwise.</summary>
    public static async ValueTask<ReceivedBody> RecodeAsync(S3Service service, Call call, BodySource body, CustomerKey? from, CustomerKey? to, ChecksumAlgorithm algorithm)
    {
        body.Key = from;
        await using var bytes = body.ToStream(call.Cancelled);
        return await ReceivedBody.ReceiveAsync(service.Context, bytes, body.Length, S3Limits.CopyBytes, to, call.Cancelled, algorithm);
    }

    /// <summary>Observed: the copy of a multipart object has a plain ETag and a checksum of all its bytes.</summary>
    private static bool NeedsHashes(CopyObjectInput input, StoredObject source, ObjectEncryption encryption) =>
        NeedsBody(input, source) || (encryption.HasMd5ETags && !source.HasMd5ETag) || source.PartsCount > 0 || source.Checksum.Type == ChecksumType.Composite || (input.ChecksumAlgorithm is { } algorithm && algorithm != source.Checksum.Algorithm);

    private static StoredObject Make(S3Service service, CopyObjectInput input, StoredObject source, HashedBody? hashes)
    {
        var algorithm = input.ChecksumAlgorithm ?? source.Checksum.Algorithm;
        return new()
        {
            Key = input.Key,
            Size = source.Size,
            LastModified = service.Now,
            ETag = source.HasMd5ETag ? source.ETag : hashes?.ETag ?? "", // without the MD5, the copy has no use for it
            Checksum = hashes is null ? source.Checksum : new(algorithm, ChecksumType.FullObject, hashes.Checksum(algorithm)),
            StorageClass = input.StorageClass ?? StoredObject.StandardClass,
            BodyId = source.BodyId,
            // A redirect is never copied.
            Headers = input.ReplacesMetadata ? input.Headers : source.Headers with { WebsiteRedirectLocation = input.Headers.WebsiteRedirectLocation },
            Tags = input.ReplacesTags ? input.Tags : source.Tags,
            // A lock is never copied.
            Retention = input.Lock.Retention,
            LegalHold = input.Lock.LegalHold,
        };
    }

    /// <summary>Whether the source is what it was when it was looked at.</summary>
    public static bool IsStill(IReader reader, CopySource wanted, StoredObject source)
    {
        var bucket = BucketStore.Require(reader, wanted.Bucket);
        var present = wanted.VersionId is { } id ? ObjectStore.FindVersion(reader, bucket, source.Key, id) : ObjectStore.Find(reader, bucket, source.Key);
        return present?.Sequence == source.Sequence;
    }

    private static BucketObject? Put(S3Write write, Call call, CopyObjectInput input, StoredObject source, StoredObject made, ReceivedBody? recoded)
    {
        var tx = write.Transaction;
        if (!IsStill(tx, input.Source, source)) return null;
        var bucket = BucketStore.Require(tx, input.Bucket);
        var present = ObjectStore.Find(tx, bucket, input.Key);
        input.Condition.Check(present, input.Key);
        if (recoded is not null) recoded.AddTo(tx);
        else if (made.BodyId is not null) BodyStore.Retain(tx, made.BodyId); // before the present object gives it up: they may be the same
        ObjectAcls.Check(tx, bucket, call, input.Acl, "s3:PutObject", $"{bucket.Arn}/{input.Key}");
        var encryption = input.Encryption.Resolve(tx, bucket, call, write.Service.Context.Ids);
        if (!encryption.HasMd5ETags) made = made with { ETag = write.Service.Context.Ids.Hex(32) };
        else if (made.ETag.Length == 0) return null; // the bucket's default has changed meanwhile
        return BucketObject.Current(write.Service, tx, bucket, ObjectStore.Put(write, bucket, made with { Encryption = encryption, Acl = ObjectAcls.ForNew(write.Service, tx, bucket, call, input.Acl) }, present));
    }

    private static bool Directive(RestRequest request, string header) => request.Header(header) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw S3Errors.InvalidArgument(header == "x-amz-metadata-directive" ? "Unknown metadata directive." : "Unknown tagging directive.", header, other),
    };
}

internal sealed record CopyObjectInput(BucketReference Bucket, string Key, CopySource Source)
{
    public required AclRequest Acl { get; init; }
    public bool ReplacesMetadata { get; init; }
    public bool ReplacesTags { get; init; }
    public required ObjectHeaders Headers { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>null: none was named.</summary>
    public string? StorageClass { get; init; }
    public required EncryptionHeaders Encryption { get; init; }
    public ChecksumAlgorithm? ChecksumAlgorithm { get; init; }
    public LockHeaders Lock { get; init; } = LockHeaders.None;
    public WriteCondition Condition { get; init; }
    public required string SourceIp { get; init; }

    public bool IsToItself => Bucket.Name == Source.Bucket.Name && Key == Source.Key;

    /// <summary>What a copy of an object to itself must be for.</summary>
    public bool ChangesSomething => ReplacesMetadata || StorageClass is not null || Encryption.Method is not null || Encryption.CustomerKey is not null || ChecksumAlgorithm is not null || Headers.WebsiteRedirectLocation is not null;
}

internal sealed record CopyObjectOutput(BucketObject Copy, StoredObject Source);
