using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;
using Emulator.S3.Lifecycle;
using Emulator.S3.Multipart;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Operations;

/// <summary>Begins a multipart upload.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html</remarks>
internal static class CreateMultipartUpload
{
    public static CreateMultipartUploadInput Bind(RestRequest request)
    {
        S3Request.CheckUploadHeaders(request, "CreateMultipartUpload");
        var (algorithm, type) = Checksum(request.Header("x-amz-checksum-algorithm"), request.Header("x-amz-checksum-type"));
        return new(S3Request.Bucket(request), S3Request.Key(request))
        {
            Headers = ObjectHeaders.Of(request),
            StorageClass = S3Request.StorageClass(request),
            Tags = TagSet.ParseHeader(request.Header("x-amz-tagging")),
            Acl = AclRequest.OfObject(request),
            Lock = LockHeaders.Of(request),
            Encryption = EncryptionHeaders.Of(request),
            ChecksumAlgorithm = algorithm,
            ChecksumType = type,
        };
    }

    public static IReadOnlyList<Permission> Permissions(Call call, CreateMultipartUploadInput input) => S3Request.UploadPermissions(call, $"{input.Bucket.Arn}/{input.Key}", input.Tags, input.Acl, input.Lock);

    public static async ValueTask<CreateMultipartUploadOutput> Execute(S3Service service, Call call, CreateMultipartUploadInput input)
    {
        // Observed: https://github.com/aws/aws-sdk-cpp/issues/1575, with both spaces.
        if (call.Caller.Kind == CallerKind.Anonymous) throw S3Errors.AccessDenied("Anonymous users cannot initiate multipart uploads.  Please authenticate.");
        var uploadId = UploadIds.New(service.Context);
        var upload = new MultipartUpload
        {
            Key = input.Key,
            UploadId = uploadId,
            Initiated = service.Now,
            Initiator = service.Owners.Initiator(call),
            ChecksumAlgorithm = input.ChecksumAlgorithm,
            ChecksumType = input.ChecksumType,
            StorageClass = input.StorageClass,
            Headers = input.Headers,
            Tags = input.Tags,
            Lock = input.Lock,
        };
        return await service.CommitAsync(write =>
        {
            var tx = write.Transaction;
            var bucket = BucketStore.Require(tx, input.Bucket);
            input.Lock.Check(bucket, call.Now);
            ObjectAcls.Check(tx, bucket, call, input.Acl, "s3:PutObject", $"{bucket.Arn}/{input.Key}");
            var acl = ObjectAcls.ForNew(service, tx, bucket, call, input.Acl);
            var begun = upload with { Acl = acl, Encryption = input.Encryption.Resolve(tx, bucket, call, service.Context.Ids), UploadId = UploadIds.After(UploadStore.LastId(tx, bucket, input.Key), uploadId) };
            UploadStore.Put(tx, bucket, begun);
            return new CreateMultipartUploadOutput(bucket, begun, service.LifecycleRules.Find(tx, bucket)?.AbortOf(begun.Key, begun.Initiated));
        });
    }

    public static Reply Write(CreateMultipartUploadOutput output)
    {
        var (bucket, upload, abort) = output;
        var reply = new XmlBuilder().Root("InitiateMultipartUploadResult"u8)
            .Element("Bucket"u8, bucket.Name).Element("Key"u8, upload.Key).Element("UploadId"u8, upload.UploadId)
            .End("InitiateMultipartUploadResult"u8).ToReply();
        abort?.AddTo(reply);
        return upload.Encryption.AddAllTo(reply)
            .Header("x-amz-checksum-algorithm", upload.ChecksumAlgorithm?.Name())
            .Header("x-amz-checksum-type", upload.ChecksumAlgorithm is null ? null : upload.ChecksumType.Name());
    }

    /// <summary>The type follows from the algorithm where none is given: composite, but for CRC64NVME.</summary>
    private static (ChecksumAlgorithm?, ChecksumType) Checksum(string? algorithmName, string? typeName)
    {
        if (algorithmName is null)
        {
            if (typeName is not null) throw S3Errors.InvalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
            return (null, ChecksumType.FullObject);
        }
        var algorithm = ChecksumAlgorithms.Find(algorithmName) ?? throw ChecksumErrors.UnsupportedAlgorithm();
        var type = typeName switch
        {
            null => algorithm == ChecksumAlgorithm.Crc64Nvme ? ChecksumType.FullObject : ChecksumType.Composite,
            "COMPOSITE" => ChecksumType.Composite,
            "FULL_OBJECT" => ChecksumType.FullObject,
            _ => throw S3Errors.InvalidRequest("Value for x-amz-checksum-type header is invalid."),
        };
        var fits = type == ChecksumType.Composite ? algorithm != ChecksumAlgorithm.Crc64Nvme : algorithm is not (ChecksumAlgorithm.Sha1 or ChecksumAlgorithm.Sha256);
        return fits ? (algorithm, type) : throw S3Errors.InvalidRequest($"The {type.Name()} checksum type cannot be used with the {algorithm.LowerName()} checksum algorithm.");
    }
}

internal sealed record CreateMultipartUploadInput(BucketReference Bucket, string Key)
{
    public required ObjectHeaders Headers { get; init; }
    public required string StorageClass { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }
    public required AclRequest Acl { get; init; }
    public LockHeaders Lock { get; init; } = LockHeaders.None;
    public EncryptionHeaders Encryption { get; init; } = EncryptionHeaders.None;
    public ChecksumAlgorithm? ChecksumAlgorithm { get; init; }
    public ChecksumType ChecksumType { get; init; }
}

internal sealed record CreateMultipartUploadOutput(Bucket Bucket, MultipartUpload Upload, AbortRule? Abort);
