using System.Text;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Listing;

namespace Emulator.S3.Operations;

/// <summary>Lists the objects of a bucket.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html</remarks>
internal static class ListObjectsV2
{
    public static ListObjectsV2Input Bind(RestRequest request)
    {
        var token = request.QueryValue("continuation-token");
        byte[]? after = null;
        if (!string.IsNullOrEmpty(token)) after = ContinuationToken.Decode(token) ?? throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token");
        return new(S3Request.Bucket(request), request.QueryValue("prefix"), ListObjects.NullIfEmpty(request.QueryValue("delimiter")), token, after, request.QueryValue("start-after"),
            S3Request.QueryNumber(request, "max-keys", S3Limits.PageEntries), S3Request.EncodesUrl(request), request.QueryValue("fetch-owner") is "true", S3Request.TellsRestoreStatus(request));
    }

    public static IReadOnlyList<Permission> Permissions(Call call, ListObjectsV2Input input) =>
        ObjectList.Permissions("s3:ListBucket", input.Bucket.Arn, input.Prefix, input.Delimiter, input.MaxKeys);

    public static ValueTask<ListObjectsV2Output> Execute(S3Service service, Call call, ListObjectsV2Input input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        var after = input.After ?? (string.IsNullOrEmpty(input.StartAfter) ? null : Encoding.UTF8.GetBytes(input.StartAfter));
        var page = ObjectList.Read(snapshot, bucket, ObjectList.Query(input.Prefix, input.Delimiter, after, input.MaxKeys));
        return new(new ListObjectsV2Output(bucket, input, page, input.FetchOwner ? ObjectOwners.Of(service, snapshot, bucket) : null, input.TellsRestoreStatus ? call.Now : null));
    }

    public static Reply Write(ListObjectsV2Output output)
    {
        var (bucket, input, page, owners, restoresAt) = output;
        var xml = new XmlBuilder(512 + (page.Count * 400)).Root("ListBucketResult"u8).Element("Name"u8, bucket.Name);
        ObjectList.Name(xml, "Prefix"u8, input.Prefix ?? "", input.EncodesUrl);
        // Observed: with a continuation token the start is not repeated.
        if (input.ContinuationToken is null) ObjectList.Name(xml, "StartAfter"u8, input.StartAfter, input.EncodesUrl);
        xml.Element("ContinuationToken"u8, input.ContinuationToken)
            .Element("NextContinuationToken"u8, page.IsTruncated ? ContinuationToken.Encode(page.Last) : null)
            .Element("KeyCount"u8, page.Count)
            .Element("MaxKeys"u8, Math.Min(input.MaxKeys, S3Limits.PageEntries));
        ObjectList.Name(xml, "Delimiter"u8, input.Delimiter, input.EncodesUrl);
        xml.Element("EncodingType"u8, input.EncodesUrl ? "url" : null).Element("IsTruncated"u8, page.IsTruncated);
        ObjectList.WriteObjects(xml, page, input.EncodesUrl, owners, restoresAt);
        ObjectList.WriteCommonPrefixes(xml, page.CommonPrefixes, input.EncodesUrl);
        return xml.End("ListBucketResult"u8).ToReply().Header("x-amz-bucket-region", bucket.Region);
    }
}

internal sealed record ListObjectsV2Input(
    BucketReference Bucket, string? Prefix, string? Delimiter, string? ContinuationToken, byte[]? After, string? StartAfter, int MaxKeys, bool EncodesUrl, bool FetchOwner,
    bool TellsRestoreStatus);

internal sealed record ListObjectsV2Output(Bucket Bucket, ListObjectsV2Input Input, ListPage<ReadOnlyMemory<byte>> Page, ObjectOwners? Owners, DateTimeOffset? RestoresAt);
