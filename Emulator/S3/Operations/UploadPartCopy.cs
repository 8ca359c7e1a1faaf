using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;
using Emulator.S3.Multipart;
using Emulator.S3.Objects;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Operations;

/// <summary>Makes a part of an object, or of a range of it: the part shares the object's bytes.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html</remarks>
internal static class UploadPartCopy
{
    public static UploadPartCopyInput Bind(RestRequest request)
    {
        EncryptionHeaders.Refuse(request);
        S3Request.CheckUploadHeaders(request, "UploadPartCopy");
        // Observed: https://github.com/JuliaCloud/AWS.jl/issues/695
        if (request.Header("Content-MD5") is { } md5) throw S3Errors.InvalidArgument("The specified header is not valid in this context", "Content-MD5", md5);
        return new(S3Request.Bucket(request), S3Request.Key(request), request.QueryValue("uploadId")!, PartNumbers.OfQuery(request)!.Value,
            CopySource.Of(request), request.Header("x-amz-copy-source-range"), CustomerKey.OfWriter(request));
    }

    public static IReadOnlyList<Permission> Permissions(Call call, UploadPartCopyInput input) =>
        [new(input.Source.VersionId is null ? "s3:GetObject" : "s3:GetObjectVersion", input.Source.Arn), new("s3:PutObject", $"{input.Bucket.Arn}/{input.Key}")];

    public static async ValueTask<UploadPartCopyOutput> Execute(S3Service service, Call call, UploadPartCopyInput input)
    {
        while (true)
        {
            MultipartUpload upload;
            StoredObject source;
            IReadOnlyList<BodySlice> slices = [];
            BodySource? body = null;
            ByteRange range;
            string? etag = null;
            bool needsBody;
            using (var snapshot = service.Snapshot())
            {
                upload = UploadStore.Require(snapshot, BucketStore.Require(snapshot, input.Bucket), input.Key, input.UploadId);
                upload.Encryption.CheckPart(input.CustomerKey);
                source = CopyObject.FindSource(service, snapshot, call, input.Source);
                range = input.Range is null ? new(0, source.Size) : ByteRange.ParseCopySource(input.Range, source.Size);
                if (range.Length > S3Limits.PutBytes) throw S3Errors.CopySourceTooLarge();
                if (source.BodyId is not null) slices = BodyStore.Slices(snapshot, source.BodyId, range.Offset, range.Length);
                needsBody = input.CustomerKey is not null || source.Encryption.KeyVerifier is not null;
                if (!needsBody && IsWhole(source, range) && source.Checksum.Algorithm == upload.EffectiveAlgorithm) etag = source.ETag;
                else body = BodySource.TryOpen(service.Context.Bodies, service.Pins, service.Context.Store, snapshot, slices);
            }
            if (etag is null && body is null) continue; // written and gone since the snapshot
            using var recoded = needsBody ? await CopyObject.RecodeAsync(service, call, body!, input.Source.CustomerKey, input.CustomerKey, upload.EffectiveAlgorithm) : null;
            if (recoded is not null) slices = recoded.Id is null ? [] : [new(recoded.Id, 0, recoded.Size)];
            var (partETag, checksum) = recoded is not null ? (recoded.Hashes.ETag, recoded.Hashes.Checksum(upload.EffectiveAlgorithm))
                : etag is not null ? (etag, source.Checksum.Value)
                : await HashAsync(body!, upload.EffectiveAlgorithm, call.Cancelled);
            if (!upload.Encryption.HasMd5ETags) partETag = service.Context.Ids.Hex(32);
            var part = new UploadedPart(input.PartNumber, range.Length, service.Now, partETag, checksum, slices);
            if (!await TryPutAsync(service, input, source, part, recoded)) continue;
            recoded?.Keep();
            return new(input, part, upload, source);
        }
    }

    public static Reply Write(UploadPartCopyOutput output)
    {
        var (input, part, upload, source) = output;
        var xml = new XmlBuilder().Root("CopyPartResult"u8).Element("LastModified"u8, part.LastModified).Element("ETag"u8, $"\"{part.ETag}\"");
        if (upload.ChecksumAlgorithm is { } algorithm) xml.Element(algorithm.Element(), part.Checksum);
        return upload.Encryption.AddTo(xml.End("CopyPartResult"u8).ToReply(), input.CustomerKey)
            .Header("x-amz-copy-source-version-id", source.VersionId);
    }

    /// <summary>Whether ETag and checksum of the source are those of the part.</summary>
    private static bool IsWhole(StoredObject source, ByteRange range) =>
        range.Length == source.Size && source.HasMd5ETag && source.Checksum.Type == ChecksumType.FullObject;

    private static async ValueTask<(string ETag, string Checksum)> HashAsync(BodySource body, ChecksumAlgorithm algorithm, CancellationToken cancelled)
    {
        var hashes = await BodyHashes.ComputeAsync(body, cancelled, algorithm);
        return (hashes.ETag, hashes.Checksum(algorithm));
    }

    /// <summary>False where the source was written meanwhile.</summary>
    private static async ValueTask<bool> TryPutAsync(S3Service service, UploadPartCopyInput input, StoredObject source, UploadedPart part, ReceivedBody? recoded) =>
        await service.CommitAsync(write =>
        {
            var tx = write.Transaction;
            UploadStore.Require(tx, BucketStore.Require(tx, input.Bucket), input.Key, input.UploadId);
            if (!CopyObject.IsStill(tx, input.Source, source)) return false;
            if (recoded is not null) recoded.AddTo(tx);
            else foreach (var slice in part.Slices) BodyStore.Retain(tx, slice.BodyId);
            UploadStore.PutPart(tx, input.UploadId, part, write.Freed);
            return true;
        });
}

internal sealed record UploadPartCopyInput(BucketReference Bucket, string Key, string UploadId, int PartNumber, CopySource Source, string? Range, CustomerKey? CustomerKey);

internal sealed record UploadPartCopyOutput(UploadPartCopyInput Input, UploadedPart Part, MultipartUpload Upload, StoredObject Source);
