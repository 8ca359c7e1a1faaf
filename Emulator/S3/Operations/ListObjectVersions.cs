using System.Text;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Listing;
using Emulator.S3.Objects;
using Emulator.SigV4.Checksums;
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>Lists the versions and delete markers of a bucket, by key and then from the newest.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html</remarks>
internal static class ListObjectVersions
{
    public static ListObjectVersionsInput Bind(RestRequest request)
    {
        var keyMarker = request.QueryValue("key-marker") ?? "";
        var versionIdMarker = request.QueryValue("version-id-marker");
        if (versionIdMarker is "") throw S3Errors.InvalidArgument("A version-id marker cannot be empty.", "version-id-marker", "");
        if (versionIdMarker is not null && keyMarker.Length == 0) throw S3Errors.InvalidArgument("A version-id marker cannot be specified without a key marker.", "version-id-marker", versionIdMarker);
        return new(S3Request.Bucket(request), request.QueryValue("prefix") ?? "", ListObjects.NullIfEmpty(request.QueryValue("delimiter")), keyMarker,
            VersionId.Parse(versionIdMarker, "version-id-marker"), S3Request.QueryNumber(request, "max-keys", S3Limits.PageEntries), S3Request.EncodesUrl(request),
            S3Request.TellsRestoreStatus(request));
    }

    public static IReadOnlyList<Permission> Permissions(Call call, ListObjectVersionsInput input) =>
        ObjectList.Permissions("s3:ListBucketVersions", input.Bucket.Arn, ListObjects.NullIfEmpty(input.Prefix), input.Delimiter, input.MaxKeys);

    public static ValueTask<ListObjectVersionsOutput> Execute(S3Service service, Call call, ListObjectVersionsInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        var after = input.KeyMarker.Length == 0 ? null : Encoding.UTF8.GetBytes(input.KeyMarker);
        var query = ObjectList.Query(input.Prefix, input.Delimiter, after, input.MaxKeys);
        var page = VersionList.Read(snapshot, bucket, query, MarkedPlace(snapshot, bucket, input));
        return new(new ListObjectVersionsOutput(bucket, ObjectOwners.Of(service, snapshot, bucket), input, page, input.TellsRestoreStatus ? call.Now : null));
    }

    public static Reply Write(ListObjectVersionsOutput output)
    {
        var (bucket, owners, input, page, restoresAt) = output;
        var xml = new XmlBuilder(512 + (page.Count * 450)).Root("ListVersionsResult"u8).Element("Name"u8, bucket.Name);
        ObjectList.Name(xml, "Prefix"u8, input.Prefix, input.EncodesUrl);
        ObjectList.Name(xml, "KeyMarker"u8, input.KeyMarker, input.EncodesUrl);
        xml.Element("VersionIdMarker"u8, input.VersionIdMarker?.Text ?? "");
        if (page.IsTruncated) WriteNext(xml, page, input.EncodesUrl);
        xml.Element("MaxKeys"u8, Math.Min(input.MaxKeys, S3Limits.PageEntries));
        ObjectList.Name(xml, "Delimiter"u8, input.Delimiter, input.EncodesUrl);
        xml.Element("EncodingType"u8, input.EncodesUrl ? "url" : null).Element("IsTruncated"u8, page.IsTruncated);
        foreach (var (name, version) in page.Items) WriteVersion(xml, name.Span, version, owners, input.EncodesUrl, restoresAt);
        ObjectList.WriteCommonPrefixes(xml, page.CommonPrefixes, input.EncodesUrl);
        return xml.End("ListVersionsResult"u8).ToReply();
    }

    /// <summary>Where the marked version stands, or stood, among those of its key; null: the list begins with the next key.</summary>
    private static long? MarkedPlace(IReader reader, Bucket bucket, ListObjectVersionsInput input) => input.VersionIdMarker switch
    {
        null => null,
        { IsNull: true } => ObjectStore.FindVersion(reader, bucket, input.KeyMarker, VersionId.Null)?.Sequence,
        { } id => DisplacedVersions.Find(reader, bucket, input.KeyMarker, id) ?? id.Sequence,
    };

    /// <summary>Observed: after a common prefix there is no version to go on from.</summary>
    private static void WriteNext(XmlBuilder xml, ListPage<ListedVersion> page, bool encodesUrl)
    {
        ObjectList.Name(xml, "NextKeyMarker"u8, page.Last, encodesUrl);
        if (page.Items.Count == 0 || !page.Items[^1].Name.Span.SequenceEqual(page.Last)) return;
        xml.Element("NextVersionIdMarker"u8, new ObjectSummary(page.Items[^1].Item.Row.Span).VersionId);
    }

    private static void WriteVersion(XmlBuilder xml, ReadOnlySpan<byte> key, in ListedVersion version, ObjectOwners owners, bool encodesUrl, DateTimeOffset? restoresAt)
    {
        var summary = new ObjectSummary(version.Row.Span);
        var element = summary.IsDeleteMarker ? "DeleteMarker"u8 : "Version"u8;
        xml.Start(element);
        ObjectList.Name(xml, "Key"u8, key, encodesUrl);
        xml.Element("VersionId"u8, summary.VersionId).Element("IsLatest"u8, version.IsLatest).Element("LastModified"u8, summary.LastModified);
        if (!summary.IsDeleteMarker)
        {
            xml.Start("ETag"u8).Text("\""u8).Text(summary.ETag).Text("\""u8).End("ETag"u8);
            if (summary.HasChecksum) xml.Element("ChecksumAlgorithm"u8, summary.Algorithm.Name()).Element("ChecksumType"u8, summary.Type.Name());
            xml.Element("Size"u8, summary.Size);
        }
        owners.Of(version.Row.Span).WriteTo(xml);
        if (!summary.IsDeleteMarker) xml.Element("StorageClass"u8, summary.StorageClass);
        ObjectList.WriteRestoreStatus(xml, summary, version.Row, restoresAt);
        xml.End(element);
    }
}

internal sealed record ListObjectVersionsInput(BucketReference Bucket, string Prefix, string? Delimiter, string KeyMarker, VersionId? VersionIdMarker, int MaxKeys, bool EncodesUrl,
    bool TellsRestoreStatus);

internal sealed record ListObjectVersionsOutput(Bucket Bucket, ObjectOwners Owners, ListObjectVersionsInput Input, ListPage<ListedVersion> Page, DateTimeOffset? RestoresAt);
