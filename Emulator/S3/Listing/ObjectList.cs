using System.Text;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Objects;
using Emulator.S3.Rows;
using Emulator.SigV4.Checksums;
using Emulator.Storage;

namespace Emulator.S3.Listing;

/// <summary>What ListObjects and ListObjectsV2 have in common.</summary>
internal static class ObjectList
{
    public static ListPage<ReadOnlyMemory<byte>> Read(IReader reader, Bucket bucket, in ListQuery query)
    {
        var prefix = query.Prefix;
        return ListWalk.Walk(query, from => Rows(ObjectStore.Range(reader, bucket, from, prefix)));
    }

    private static IEnumerable<(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Item)> Rows(IEnumerable<Entry> entries)
    {
        foreach (var (key, value) in entries) yield return (key[S3Keys.BucketIdBytes..], value);
    }

    public static ListQuery Query(string? prefix, string? delimiter, byte[]? after, int maxKeys) =>
        new(Encoding.UTF8.GetBytes(prefix ?? ""), Encoding.UTF8.GetBytes(delimiter ?? ""), after, Math.Min(maxKeys, S3Limits.PageEntries));

    /// <summary>What ListBucket asks IAM for.</summary>
    public static IReadOnlyList<Permission> Permissions(string action, string bucketArn, string? prefix, string? delimiter, int maxKeys)
    {
        var keys = new List<KeyValuePair<string, string>>(3);
        if (prefix is not null) keys.Add(new("s3:prefix", prefix));
        if (delimiter is not null) keys.Add(new("s3:delimiter", delimiter));
        keys.Add(new("s3:max-keys", maxKeys.ToString()));
        return [new(action, bucketArn) { Context = keys }];
    }

    /// <param name="owners">Of the objects, where the list tells them.</param>
    /// <param name="restoresAt">The moment of the list, where it tells of restores.</param>
    public static void WriteObjects(XmlBuilder xml, ListPage<ReadOnlyMemory<byte>> page, bool encodesUrl, ObjectOwners? owners, DateTimeOffset? restoresAt)
    {
        foreach (var (name, row) in page.Items)
        {
            var summary = new ObjectSummary(row.Span);
            xml.Start("Contents"u8);
            Name(xml, "Key"u8, name.Span, encodesUrl);
            xml.Element("LastModified"u8, summary.LastModified)
                .Start("ETag"u8).Text("\""u8).Text(summary.ETag).Text("\""u8).End("ETag"u8);
            if (summary.HasChecksum) xml.Element("ChecksumAlgorithm"u8, summary.Algorithm.Name()).Element("ChecksumType"u8, summary.Type.Name());
            xml.Element("Size"u8, summary.Size);
            owners?.Of(row.Span).WriteTo(xml);
            xml.Element("StorageClass"u8, summary.StorageClass);
            WriteRestoreStatus(xml, summary, row, restoresAt);
            xml.End("Contents"u8);
        }
    }

    /// <summary>What few lists tell, of few objects: so it stands behind what others read of a row.</summary>
    public static void WriteRestoreStatus(XmlBuilder xml, in ObjectSummary summary, ReadOnlyMemory<byte> row, DateTimeOffset? at)
    {
        if (at is { } now && summary.IsInArchive) StoredObject.FromRow("", row.Span).Restore?.WriteStatus(xml, now);
    }

    public static void WriteCommonPrefixes(XmlBuilder xml, IReadOnlyList<byte[]> prefixes, bool encodesUrl)
    {
        foreach (var prefix in prefixes)
        {
            xml.Start("CommonPrefixes"u8);
            Name(xml, "Prefix"u8, prefix, encodesUrl);
            xml.End("CommonPrefixes"u8);
        }
    }

    public static void Name(XmlBuilder xml, ReadOnlySpan<byte> element, ReadOnlySpan<byte> name, bool encodesUrl)
    {
        if (encodesUrl) xml.Element(element, ObjectKey.UrlEncode(name));
        else xml.Element(element, name);
    }

    public static void Name(XmlBuilder xml, ReadOnlySpan<byte> element, string? name, bool encodesUrl)
    {
        if (name is not null) Name(xml, element, Encoding.UTF8.GetBytes(name), encodesUrl);
    }
}
