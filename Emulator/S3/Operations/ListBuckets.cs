using System.Text;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Listing;

namespace Emulator.S3.Operations;

/// <summary>Lists the caller's buckets.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html</remarks>
internal static class ListBuckets
{
    public static ListBucketsInput Bind(RestRequest request)
    {
        var max = request.QueryValue("max-buckets");
        if (max is not null && (!int.TryParse(max, out var number) || number is < 1 or > S3Limits.PageBuckets))
        {
            throw S3Errors.InvalidArgument("Argument max-buckets must be an integer between 1 and 10000", "max-buckets", max);
        }
        var region = request.QueryValue("bucket-region");
        if (region is not null && !Regions.Exists(region)) throw S3Errors.InvalidArgument($"Argument value {region} is not a valid AWS Region", "bucket-region");
        var token = request.QueryValue("continuation-token");
        var after = string.IsNullOrEmpty(token) ? null : ContinuationToken.Decode(token) ?? throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token");
        return new(request.QueryValue("prefix"), after is null ? null : Encoding.UTF8.GetString(after), max is null ? S3Limits.PageBuckets : int.Parse(max), region,
            max is not null || region is not null || token is not null || request.HasQuery("prefix"));
    }

    public static ValueTask<ListBucketsOutput> Execute(S3Service service, Call call, ListBucketsInput input)
    {
        if (call.Caller.Kind == CallerKind.Anonymous) throw S3Errors.AccessDenied();
        using var snapshot = service.Snapshot();
        var page = BucketStore.List(snapshot, input.Prefix ?? "", input.After)
            .Where(bucket => bucket.Account == call.Account && (input.Region is null || bucket.Region == input.Region))
            .Take(input.Max + 1)
            .ToList();
        var isTruncated = page.Count > input.Max;
        if (isTruncated) page.RemoveAt(input.Max);
        return new(new ListBucketsOutput(service.Owners.Of(call.Account), page, input, isTruncated ? ContinuationToken.Encode(Encoding.UTF8.GetBytes(page[^1].Name)) : null));
    }

    public static Reply Write(ListBucketsOutput output)
    {
        var xml = new XmlBuilder().Root("ListAllMyBucketsResult"u8);
        output.Owner.WriteTo(xml);
        xml.Start("Buckets"u8);
        foreach (var bucket in output.Buckets)
        {
            xml.Start("Bucket"u8).Element("Name"u8, bucket.Name).Element("CreationDate"u8, bucket.CreationDate);
            if (output.Input.IsPaged) xml.Element("BucketRegion"u8, bucket.Region); // observed: only in answers to requests with parameters
            xml.Element("BucketArn"u8, bucket.Arn).End("Bucket"u8);
        }
        return xml.End("Buckets"u8)
            .Element("Prefix"u8, output.Input.Prefix)
            .Element("ContinuationToken"u8, output.ContinuationToken)
            .End("ListAllMyBucketsResult"u8).ToReply();
    }
}

internal sealed record ListBucketsInput(string? Prefix, string? After, int Max, string? Region, bool IsPaged);

internal sealed record ListBucketsOutput(Owner Owner, IReadOnlyList<Bucket> Buckets, ListBucketsInput Input, string? ContinuationToken);
