using System.Globalization;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>Tells what is asked for of an object: ETag, checksum, parts, storage class, size.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html</remarks>
internal static class GetObjectAttributes
{
    private const string Header = "x-amz-object-attributes";

    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public static GetObjectAttributesInput Bind(RestRequest request) => new(
        S3Request.Bucket(request), S3Request.Key(request), VersionId.Parse(request.QueryValue("versionId")), Attributes(request.Header(Header)),
        Number(request, "x-amz-part-number-marker", 0), Math.Min(Number(request, "x-amz-max-parts", S3Limits.PageEntries), S3Limits.PageEntries), CustomerKey.OfReader(request));

    public static IReadOnlyList<Permission> Permissions(Call call, GetObjectAttributesInput input)
    {
        var arn = $"{input.Bucket.Arn}/{input.Key}";
        return input.VersionId is null
            ? [new("s3:GetObject", arn), new("s3:GetObjectAttributes", arn)]
            : [new("s3:GetObjectVersion", arn), new("s3:GetObjectVersionAttributes", arn)];
    }

    public static ValueTask<GetObjectAttributesOutput> Execute(S3Service service, Call call, GetObjectAttributesInput input)
    {
        using var snapshot = service.Snapshot();
        var bucket = BucketStore.Require(snapshot, input.Bucket);
        var found = service.RequireObject(snapshot, call, bucket, input.Key, input.VersionId, "GET");
        found.Encryption.CheckReader(call, input.CustomerKey);
        // Observed: the parts themselves are told where each has a checksum of its own, else only how many there are.
        var parts = input.Attributes.Contains("ObjectParts") && found.PartsCount > 0 && found.Checksum.Type == ChecksumType.Composite && found.BodyId is not null
            ? BodyStore.Require(snapshot, found.BodyId).Parts
            : null;
        return new(new GetObjectAttributesOutput(new(bucket, found), input, parts));
    }

    public static Reply Write(GetObjectAttributesOutput output)
    {
        var (found, input, parts) = output;
        var (asked, stored) = (input.Attributes, found.Object);
        var xml = new XmlBuilder().Root("GetObjectAttributesResponse"u8);
        if (asked.Contains("ETag")) xml.Element("ETag"u8, stored.ETag); // without quotes
        if (asked.Contains("Checksum") && !stored.Checksum.IsNone) WriteChecksum(xml, stored.Checksum);
        if (asked.Contains("ObjectParts") && stored.PartsCount > 0) WriteParts(xml, stored, input, parts);
        if (asked.Contains("StorageClass")) xml.Element("StorageClass"u8, stored.StorageClass);
        if (asked.Contains("ObjectSize")) xml.Element("ObjectSize"u8, stored.Size);
        return xml.End("GetObjectAttributesResponse"u8).ToReply()
            .Header("Last-Modified", stored.LastModified.ToString("R"))
            .Header("x-amz-version-id", found.VersionId);
    }

    /// <summary>Observed: a composite checksum comes here without the number of its parts.</summary>
    private static void WriteChecksum(XmlBuilder xml, ObjectChecksum checksum)
    {
        var value = checksum.Type == ChecksumType.Composite ? checksum.Value[..checksum.Value.LastIndexOf('-')] : checksum.Value;
        xml.Start("Checksum"u8).Element(checksum.Algorithm.Element(), value).Element("ChecksumType"u8, checksum.Type.Name()).End("Checksum"u8);
    }

    private static void WriteParts(XmlBuilder xml, StoredObject stored, GetObjectAttributesInput input, IReadOnlyList<BodyPart>? parts)
    {
        xml.Start("ObjectParts"u8).Element("PartsCount"u8, stored.PartsCount);
        if (parts is not null)
        {
            var rest = parts.Where(part => part.Number > input.PartNumberMarker).ToList();
            var page = rest.Take(input.MaxParts).ToList();
            xml.Element("PartNumberMarker"u8, input.PartNumberMarker)
                .Element("NextPartNumberMarker"u8, page.Count == 0 ? 0 : page[^1].Number)
                .Element("MaxParts"u8, input.MaxParts)
                .Element("IsTruncated"u8, rest.Count > page.Count);
            foreach (var part in page)
            {
                xml.Start("Part"u8).Element("PartNumber"u8, part.Number).Element("Size"u8, part.Size).Element(stored.Checksum.Algorithm.Element(), part.Checksum).End("Part"u8);
            }
        }
        xml.End("ObjectParts"u8);
    }

    private static string[] Attributes(string? header)
    {
        if (string.IsNullOrWhiteSpace(header)) throw S3Errors.InvalidRequest("The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty");
        var names = header.Split(',', StringSplitOptions.TrimEntries);
        return names.All(Known.Contains) ? names : throw S3Errors.InvalidArgument("Invalid attribute name specified.", Header, header);
    }

    private static int Number(RestRequest request, string header, int otherwise)
    {
        if (request.Header(header) is not { Length: > 0 } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw S3Errors.InvalidArgument($"Provided {header} not an integer or within integer range", header, text);
    }
}

internal sealed record GetObjectAttributesInput(BucketReference Bucket, string Key, VersionId? VersionId, IReadOnlyList<string> Attributes, int PartNumberMarker, int MaxParts, CustomerKey? CustomerKey);

internal sealed record GetObjectAttributesOutput(BucketObject Found, GetObjectAttributesInput Input, IReadOnlyList<BodyPart>? Parts);
