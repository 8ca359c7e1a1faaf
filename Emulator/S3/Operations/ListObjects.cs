using System.Text;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Listing;

namespace Emulator.S3.Operations;

/// <summary>Lists the objects of a bucket, in the first version of that operation.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html</remarks>
internal static class ListObjects
{
    public static ListObjectsInput Bind(RestRequest request) => new(
        S3Request.Bucket(request), request.QueryValue("prefix"), NullIfEmpty(request.QueryValue("delimiter")), request.QueryValue("marker"),
        S3Request.QueryNumber(request, "max-keys", S3Limits.PageEntries), S3Request.EncodesUrl(request), S3Request.TellsRestoreStatus(request));

    public static IReadOnlyList<Permission> Permissions(Call call, ListObjectsInput input) =>
        ObjectList.Permissions("s3:ListBucket", input.Bucket.Arn, input.Prefix, input.Delimiter, input.MaxKeys);

    public static ValueTask<ListObjectsOutput> Execute(S3Service service, Call call, ListObjectsInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        var after = string.IsNullOrEmpty(input.Marker) ? null : Encoding.UTF8.GetBytes(input.Marker);
        var page = ObjectList.Read(snapshot, bucket, ObjectList.Query(input.Prefix, input.Delimiter, after, input.MaxKeys));
        // Observed: the anonymous caller is not told the owner.
        return new(new ListObjectsOutput(bucket, input, page, call.Caller.Kind == CallerKind.Anonymous ? null : ObjectOwners.Of(service, snapshot, bucket), input.TellsRestoreStatus ? call.Now : null));
    }

    public static Reply Write(ListObjectsOutput output)
    {
        var (bucket, input, page, owners, restoresAt) = output;
        var xml = new XmlBuilder(512 + (page.Count * 400)).Root("ListBucketResult"u8).Element("Name"u8, bucket.Name);
        // The first version does not encode the prefix: the AWS SDKs decode it in all lists but this one.
        xml.Element("Prefix"u8, input.Prefix ?? "");
        ObjectList.Name(xml, "Marker"u8, input.Marker ?? "", input.EncodesUrl);
        // Only with a delimiter: else the last key is the marker.
        if (page.IsTruncated && input.Delimiter is not null) ObjectList.Name(xml, "NextMarker"u8, page.Last, input.EncodesUrl);
        xml.Element("MaxKeys"u8, Math.Min(input.MaxKeys, S3Limits.PageEntries));
        ObjectList.Name(xml, "Delimiter"u8, input.Delimiter, input.EncodesUrl);
        xml.Element("EncodingType"u8, input.EncodesUrl ? "url" : null).Element("IsTruncated"u8, page.IsTruncated);
        ObjectList.WriteObjects(xml, page, input.EncodesUrl, owners, restoresAt);
        ObjectList.WriteCommonPrefixes(xml, page.CommonPrefixes, input.EncodesUrl);
        return xml.End("ListBucketResult"u8).ToReply().Header("x-amz-bucket-region", bucket.Region);
    }

    internal static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

internal sealed record ListObjectsInput(BucketReference Bucket, string? Prefix, string? Delimiter, string? Marker, int MaxKeys, bool EncodesUrl, bool TellsRestoreStatus);

internal sealed record ListObjectsOutput(Bucket Bucket, ListObjectsInput Input, ListPage<ReadOnlyMemory<byte>> Page, ObjectOwners? Owners, DateTimeOffset? RestoresAt);
