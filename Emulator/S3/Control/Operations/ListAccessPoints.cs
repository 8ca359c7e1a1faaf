using System.Text;
using Emulator.Protocols;
using Emulator.S3.AccessPoints;
using Emulator.S3.Listing;

namespace Emulator.S3.Control.Operations;

/// <summary>Lists the access points of the account in the region of the request, of all buckets or of one.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessPoints.html</remarks>
internal static class ListAccessPoints
{
    private const int PageSize = 1000;

    public static ListAccessPointsInput Bind(RestRequest request) =>
        new(request.QueryValue("bucket"), request.QueryValue("nextToken"), Math.Min(S3Request.QueryNumber(request, "maxResults", PageSize), PageSize));

    public static ValueTask<AccessPointPage> Execute(S3Service service, Call call, ListAccessPointsInput input)
    {
        var after = input.NextToken is { } token ? ContinuationToken.Decode(token) ?? throw S3Errors.InvalidRequest("The provided nextToken is not valid") : null;
        using var snapshot = service.Snapshot();
        var points = AccessPointStore.List(snapshot, call.Account, call.Region, after is null ? null : Encoding.UTF8.GetString(after))
            .Where(point => input.Bucket is null || point.Bucket == input.Bucket).Take(input.MaxResults + 1).ToList();
        if (points.Count <= input.MaxResults) return new(new AccessPointPage(points, null));
        points.RemoveAt(points.Count - 1);
        return new(new AccessPointPage(points, points.Count == 0 ? null : ContinuationToken.Encode(Encoding.UTF8.GetBytes(points[^1].Name))));
    }

    public static Reply Write(AccessPointPage output)
    {
        var xml = S3ControlDocument.Open("ListAccessPointsResult"u8).Start("AccessPointList"u8);
        foreach (var point in output.Points)
        {
            xml.Start("AccessPoint"u8).Element("Name"u8, point.Name).Element("NetworkOrigin"u8, point.NetworkOrigin);
            GetAccessPoint.WriteVpc(xml, point);
            xml.Element("Bucket"u8, point.Bucket).Element("AccessPointArn"u8, point.Arn).Element("Alias"u8, point.Alias)
                .Element("BucketAccountId"u8, point.BucketAccount).End("AccessPoint"u8);
        }
        return xml.End("AccessPointList"u8).Element("NextToken"u8, output.NextToken).End("ListAccessPointsResult"u8).ToReply();
    }
}

internal sealed record ListAccessPointsInput(string? Bucket, string? NextToken, int MaxResults);

internal sealed record AccessPointPage(IReadOnlyList<AccessPoint> Points, string? NextToken);
