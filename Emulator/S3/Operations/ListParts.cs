using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Lifecycle;
using Emulator.S3.Multipart;
using Emulator.S3.Objects;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Operations;

/// <summary>Lists the parts of an upload in progress.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html</remarks>
internal static class ListParts
{
    public static ListPartsInput Bind(RestRequest request) => new(
        S3Request.Bucket(request), S3Request.Key(request), request.QueryValue("uploadId")!,
        S3Request.QueryNumber(request, "part-number-marker", 0), Math.Min(S3Request.QueryNumber(request, "max-parts", S3Limits.PageEntries), S3Limits.PageEntries),
        S3Request.EncodesUrl(request));

    public static ValueTask<ListPartsOutput> Execute(S3Service service, Call call, ListPartsInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        var upload = UploadStore.Require(snapshot, bucket, input.Key, input.UploadId);
        var parts = UploadStore.ListParts(snapshot, input.UploadId, Math.Min(input.Marker, S3Limits.PartNumbers)).Take(input.MaxParts + 1).ToList();
        var isTruncated = input.MaxParts > 0 && parts.Count > input.MaxParts;
        if (parts.Count > input.MaxParts) parts.RemoveAt(input.MaxParts);
        var owner = ObjectOwners.Of(service, snapshot, bucket).Of(upload.Acl);
        return new(new ListPartsOutput(bucket, owner, upload, input, parts, isTruncated) { Abort = service.LifecycleRules.Find(snapshot, bucket)?.AbortOf(upload.Key, upload.Initiated) });
    }

    public static Reply Write(ListPartsOutput output)
    {
        var (bucket, owner, upload, input, parts, isTruncated) = output;
        var xml = new XmlBuilder(512 + (parts.Count * 250)).Root("ListPartsResult"u8)
            .Element("Bucket"u8, bucket.Name)
            .Element("Key"u8, input.EncodesUrl ? ObjectKey.UrlEncode(upload.Key) : upload.Key)
            .Element("UploadId"u8, upload.UploadId);
        upload.Initiator.WriteTo(xml, "Initiator"u8);
        owner.WriteTo(xml);
        xml.Element("StorageClass"u8, upload.StorageClass)
            .Element("PartNumberMarker"u8, input.Marker)
            .Element("NextPartNumberMarker"u8, parts.Count == 0 ? 0 : parts[^1].Number)
            .Element("MaxParts"u8, input.MaxParts)
            .Element("EncodingType"u8, input.EncodesUrl ? "url" : null)
            .Element("IsTruncated"u8, isTruncated);
        if (upload.ChecksumAlgorithm is { } named) xml.Element("ChecksumAlgorithm"u8, named.Name()).Element("ChecksumType"u8, upload.ChecksumType.Name());
        foreach (var part in parts)
        {
            xml.Start("Part"u8).Element("PartNumber"u8, part.Number).Element("LastModified"u8, part.LastModified)
                .Element("ETag"u8, $"\"{part.ETag}\"").Element("Size"u8, part.Size);
            if (upload.ChecksumAlgorithm is { } algorithm) xml.Element(algorithm.Element(), part.Checksum);
            xml.End("Part"u8);
        }
        var reply = xml.End("ListPartsResult"u8).ToReply();
        output.Abort?.AddTo(reply);
        return reply;
    }
}

internal sealed record ListPartsInput(BucketReference Bucket, string Key, string UploadId, int Marker, int MaxParts, bool EncodesUrl);

internal sealed record ListPartsOutput(Bucket Bucket, Owner Owner, MultipartUpload Upload, ListPartsInput Input, IReadOnlyList<UploadedPart> Parts, bool IsTruncated)
{
    public AbortRule? Abort { get; init; }
}
