using System.Text;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Listing;
using Emulator.S3.Multipart;
using Emulator.S3.Rows;
using Emulator.SigV4.Checksums;
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>Lists the multipart uploads in progress of a bucket, by key and then by the order in which they began.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html</remarks>
internal static class ListMultipartUploads
{
    public static ListMultipartUploadsInput Bind(RestRequest request)
    {
        var keyMarker = request.QueryValue("key-marker") ?? "";
        // Observed: without a key marker the other is not looked at, and not repeated.
        var uploadIdMarker = keyMarker.Length == 0 ? "" : request.QueryValue("upload-id-marker") ?? "";
        return new(S3Request.Bucket(request), request.QueryValue("prefix") ?? "", request.QueryValue("delimiter") ?? "", keyMarker, uploadIdMarker,
            Math.Min(S3Request.QueryNumber(request, "max-uploads", S3Limits.PageEntries), S3Limits.PageEntries), S3Request.EncodesUrl(request));
    }

    public static ValueTask<ListMultipartUploadsOutput> Execute(S3Service service, Call call, ListMultipartUploadsInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        var first = RestOfMarkedKey(snapshot, bucket, input);
        var after = input.KeyMarker.Length == 0 ? null : Encoding.UTF8.GetBytes(input.KeyMarker);
        var query = new ListQuery(Encoding.UTF8.GetBytes(input.Prefix), Encoding.UTF8.GetBytes(input.Delimiter), after, Math.Max(input.MaxUploads - first.Count, 0));
        var page = ListWalk.Walk(query, from => Named(UploadStore.List(snapshot, bucket, S3Keys.FromKey(bucket.Id, from))));
        List<MultipartUpload> uploads = [.. first.Take(input.MaxUploads), .. page.Items.ConvertAll(item => item.Item)];
        var isTruncated = page.IsTruncated || first.Count > input.MaxUploads || (input.MaxUploads > 0 && first.Count == input.MaxUploads && HasMore(snapshot, bucket, query));
        return new(new ListMultipartUploadsOutput(bucket, ObjectOwners.Of(service, snapshot, bucket), input, uploads, page.CommonPrefixes, isTruncated));
    }

    public static Reply Write(ListMultipartUploadsOutput output)
    {
        var (bucket, owners, input, uploads, prefixes, isTruncated) = output;
        var xml = new XmlBuilder().Root("ListMultipartUploadsResult"u8).Element("Bucket"u8, bucket.Name);
        ObjectList.Name(xml, "KeyMarker"u8, input.KeyMarker, input.EncodesUrl);
        xml.Element("UploadIdMarker"u8, input.UploadIdMarker);
        // Observed: the last upload's, on the last page too; empty where the page has common prefixes only.
        ObjectList.Name(xml, "NextKeyMarker"u8, uploads.Count == 0 ? "" : uploads[^1].Key, input.EncodesUrl);
        xml.Element("NextUploadIdMarker"u8, uploads.Count == 0 ? "" : uploads[^1].UploadId);
        ObjectList.Name(xml, "Delimiter"u8, ListObjects.NullIfEmpty(input.Delimiter), input.EncodesUrl);
        ObjectList.Name(xml, "Prefix"u8, ListObjects.NullIfEmpty(input.Prefix), input.EncodesUrl);
        xml.Element("EncodingType"u8, input.EncodesUrl ? "url" : null).Element("MaxUploads"u8, input.MaxUploads).Element("IsTruncated"u8, isTruncated);
        foreach (var upload in uploads)
        {
            xml.Start("Upload"u8);
            ObjectList.Name(xml, "Key"u8, upload.Key, input.EncodesUrl);
            xml.Element("UploadId"u8, upload.UploadId);
            upload.Initiator.WriteTo(xml, "Initiator"u8);
            owners.Of(upload.Acl).WriteTo(xml);
            xml.Element("StorageClass"u8, upload.StorageClass).Element("Initiated"u8, upload.Initiated);
            if (upload.ChecksumAlgorithm is { } algorithm) xml.Element("ChecksumAlgorithm"u8, algorithm.Name()).Element("ChecksumType"u8, upload.ChecksumType.Name());
            xml.End("Upload"u8);
        }
        ObjectList.WriteCommonPrefixes(xml, prefixes, input.EncodesUrl);
        return xml.End("ListMultipartUploadsResult"u8).ToReply();
    }

    private static IEnumerable<(ReadOnlyMemory<byte>, MultipartUpload)> Named(IEnumerable<MultipartUpload> uploads)
    {
        foreach (var upload in uploads) yield return (Encoding.UTF8.GetBytes(upload.Key), upload);
    }

    /// <summary>The uploads of the marked key after the marked upload; one more than fits shows that there are more.</summary>
    private static List<MultipartUpload> RestOfMarkedKey(IReader reader, Bucket bucket, ListMultipartUploadsInput input)
    {
        if (input.UploadIdMarker.Length == 0) return [];
        if (UploadStore.Find(reader, bucket, input.KeyMarker, input.UploadIdMarker) is null && BelongsToAnotherKey(reader, bucket, input.UploadIdMarker))
        {
            throw S3Errors.InvalidArgument("Invalid uploadId marker", "upload-id-marker", input.UploadIdMarker);
        }
        if (!input.KeyMarker.StartsWith(input.Prefix, StringComparison.Ordinal)) return [];
        if (input.Delimiter.Length > 0 && input.KeyMarker.IndexOf(input.Delimiter, input.Prefix.Length, StringComparison.Ordinal) >= 0) return [];
        var rest = new List<MultipartUpload>();
        foreach (var upload in UploadStore.List(reader, bucket, S3Keys.UnderKey(bucket.Id, input.KeyMarker, input.UploadIdMarker)))
        {
            if (upload.Key != input.KeyMarker || rest.Count > input.MaxUploads) break;
            if (upload.UploadId != input.UploadIdMarker) rest.Add(upload);
        }
        return rest;
    }

    private static bool BelongsToAnotherKey(IReader reader, Bucket bucket, string uploadId) =>
        UploadStore.List(reader, bucket, S3Keys.Bucket(bucket.Id)).Any(upload => upload.UploadId == uploadId);

    private static bool HasMore(IReader reader, Bucket bucket, ListQuery query) =>
        ListWalk.Walk(query with { Max = 1 }, from => Named(UploadStore.List(reader, bucket, S3Keys.FromKey(bucket.Id, from)))).Count > 0;
}

internal sealed record ListMultipartUploadsInput(BucketReference Bucket, string Prefix, string Delimiter, string KeyMarker, string UploadIdMarker, int MaxUploads, bool EncodesUrl);

internal sealed record ListMultipartUploadsOutput(Bucket Bucket, ObjectOwners Owners, ListMultipartUploadsInput Input, IReadOnlyList<MultipartUpload> Uploads, IReadOnlyList<byte[]> CommonPrefixes, bool IsTruncated);
