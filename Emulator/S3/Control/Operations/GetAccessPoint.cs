using Emulator.Protocols;
using Emulator.S3.AccessPoints;

namespace Emulator.S3.Control.Operations;

/// <summary>Describes an access point.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPoint.html</remarks>
internal static class GetAccessPoint
{
    public static ValueTask<AccessPoint> Execute(S3Service service, Call call, AccessPointInput input)
    {
        using var snapshot = service.Snapshot();
        return new(AccessPointStore.Require(snapshot, call.Account, call.Region, input.Name));
    }

    public static Reply Write(AccessPoint output)
    {
        var xml = S3ControlDocument.Open("GetAccessPointResult"u8)
            .Element("Name"u8, output.Name).Element("Bucket"u8, output.Bucket).Element("NetworkOrigin"u8, output.NetworkOrigin);
        WriteVpc(xml, output);
        output.PublicAccessBlock.Write(xml.Start("PublicAccessBlockConfiguration"u8))
            .Element("CreationDate"u8, output.CreationDate).Element("Alias"u8, output.Alias).Element("AccessPointArn"u8, output.Arn).Start("Endpoints"u8);
        foreach (var (kind, host) in Endpoints(output.Region)) xml.Start("entry"u8).Element("key"u8, kind).Element("value"u8, host).End("entry"u8);
        return xml.End("Endpoints"u8).Element("BucketAccountId"u8, output.BucketAccount).End("GetAccessPointResult"u8).ToReply();
    }

    public static void WriteVpc(XmlBuilder xml, AccessPoint point)
    {
        if (point.VpcId is { } vpc) xml.Start("VpcConfiguration"u8).Element("VpcId"u8, vpc).End("VpcConfiguration"u8);
    }

    private static (string Kind, string Host)[] Endpoints(string region) =>
    [
        ("ipv4", $"s3-accesspoint.{region}.amazonaws.com"),
        ("fips", $"s3-accesspoint-fips.{region}.amazonaws.com"),
        ("fips_dualstack", $"s3-accesspoint-fips.dualstack.{region}.amazonaws.com"),
        ("dualstack", $"s3-accesspoint.dualstack.{region}.amazonaws.com"),
    ];
}
