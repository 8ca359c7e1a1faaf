using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;
using Emulator.S3.Multipart;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Operations;

/// <summary>Uploads a part; one of the same number is replaced.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html</remarks>
internal static class UploadPart
{
    public static UploadPartInput Bind(RestRequest request)
    {
        EncryptionHeaders.Refuse(request);
        S3Request.CheckUploadHeaders(request, "UploadPart");
        return new(S3Request.Bucket(request), S3Request.Key(request), request.QueryValue("uploadId")!, PartNumbers.OfQuery(request)!.Value)
        {
            CustomerKey = CustomerKey.OfWriter(request),
            Checksum = DeclaredChecksum.Of(request),
            Length = S3Request.BodyLength(request),
            Body = request.Body,
        };
    }

    public static IReadOnlyList<Permission> Permissions(Call call, UploadPartInput input) => [new("s3:PutObject", $"{input.Bucket.Arn}/{input.Key}")];

    public static async ValueTask<UploadPartOutput> Execute(S3Service service, Call call, UploadPartInput input)
    {
        var upload = FindUpload(service, input);
        // The part's own checksum is verified and told; the upload's is kept.
        var told = input.Checksum.Algorithm ?? upload.EffectiveAlgorithm;
        if (upload.ChecksumAlgorithm is { } expected && told != expected) throw S3Errors.ChecksumTypeMismatch(expected.LowerName(), told.LowerName());
        var kept = upload.EffectiveAlgorithm;

        ChecksumAlgorithm[] algorithms = told == kept ? [kept] : [kept, told];
        using var body = await ReceivedBody.ReceiveAsync(service.Context, input.Body, input.Length, S3Limits.PutBytes, input.CustomerKey, call.Cancelled, algorithms);
        if (input.Checksum.Md5 is { } md5 && !body.HasMd5(md5)) throw S3Errors.BadDigest(Convert.ToBase64String(md5), Convert.ToBase64String(body.Hashes.Md5)); // observed: both in base 64
        var toldValue = body.Hashes.Checksum(told);
        if (input.Checksum.Value is { } declared && declared != toldValue) throw ChecksumErrors.BadDigest(told);

        IReadOnlyList<BodySlice> slices = body.Id is null ? [] : [new(body.Id, 0, body.Size)];
        var part = new UploadedPart(input.PartNumber, body.Size, service.Now, upload.Encryption.HasMd5ETags ? body.Hashes.ETag : service.Context.Ids.Hex(32), body.Hashes.Checksum(kept), slices);
        await service.CommitAsync(write =>
        {
            var tx = write.Transaction;
            UploadStore.Require(tx, BucketStore.Require(tx, input.Bucket), input.Key, input.UploadId);
            body.AddTo(tx);
            UploadStore.PutPart(tx, input.UploadId, part, write.Freed);
            return part;
        });
        body.Keep();
        return new(input, upload, part, told, toldValue);
    }

    public static Reply Write(UploadPartOutput output) => output.Upload.Encryption.AddTo(Reply.Empty(), output.Input.CustomerKey)
        .Header("ETag", $"\"{output.Part.ETag}\"")
        .Header(output.Algorithm.HeaderName(), output.Checksum);

    private static MultipartUpload FindUpload(S3Service service, UploadPartInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        var upload = UploadStore.Require(snapshot, bucket, input.Key, input.UploadId);
        upload.Encryption.CheckPart(input.CustomerKey);
        upload.Lock.DemandChecksum(snapshot, bucket, input.Checksum, "Part");
        return upload;
    }
}

internal sealed record UploadPartInput(BucketReference Bucket, string Key, string UploadId, int PartNumber)
{
    public CustomerKey? CustomerKey { get; init; }
    public required DeclaredChecksum Checksum { get; init; }
    public required long Length { get; init; }
    public required Stream Body { get; init; }
}

internal sealed record UploadPartOutput(UploadPartInput Input, MultipartUpload Upload, UploadedPart Part, ChecksumAlgorithm Algorithm, string Checksum);
