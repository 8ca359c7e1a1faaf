using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.AccessPoints;
using Emulator.S3.Buckets;
using Emulator.S3.Settings;
using static Emulator.S3.Settings.XmlShape;

namespace Emulator.S3.Control.Operations;

/// <summary>Creates an access point for a bucket.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateAccessPoint.html</remarks>
internal static class CreateAccessPoint
{
    private static readonly XmlShape Shape = Parent("CreateAccessPointRequest",
        Text("Bucket").Required(),
        Parent("VpcConfiguration", Text("VpcId").Required()),
        PublicAccessBlock.Shape,
        Text("BucketAccountId"),
        Parent("Scope"),
        Parent("Tags", Parent("Tag", Text("Key").Required(), Text("Value").Required()).Repeated()));

    public static async ValueTask<AccessPoint> Execute(S3Service service, Call call, AccessPointInput input)
    {
        AccessPointName.Check(input.Name);
        var document = await input.Document.ReadAsync(Shape.Name, call.Cancelled);
        // Scopes are for access points of directory buckets.
        if (document.Child("Scope") is not null) throw Errors.NotImplemented("CreateAccessPoint", "Scope");
        Shape.Check(document);
        var tags = ResourceTags.Parse(document.Child("Tags"));
        return await service.CommitAsync(write =>
        {
            var tx = write.Transaction;
            var bucket = BucketStore.Find(tx, document.Required("Bucket"));
            // An access point lives in the region of its bucket, where it alone can be seen.
            if (bucket is null || bucket.Region != call.Region) throw AccessPointErrors.NoBucket();
            if (bucket.Account != (document.Value("BucketAccountId") ?? call.Account)) throw S3Errors.AccessDenied();
            if (AccessPointStore.Find(tx, call.Account, call.Region, input.Name) is not null) throw AccessPointErrors.AlreadyOwned();
            var alias = AccessPointName.NewAlias(input.Name, service.Context.Ids);
            var block = document.Child(PublicAccessBlock.Shape.Name) is { } asked ? PublicAccessBlock.Parse(asked) : PublicAccessBlock.Everything;
            var point = new AccessPoint(input.Name, call.Account, call.Region, bucket.Name, bucket.Account, alias, write.Now, block)
            {
                VpcId = document.Child("VpcConfiguration")?.Value("VpcId"),
                Tags = tags.Count == 0 ? null : tags,
            };
            AccessPointStore.Put(tx, point);
            return point;
        });
    }

    public static Reply Write(AccessPoint output) => S3ControlDocument.Open("CreateAccessPointResult"u8)
        .Element("AccessPointArn"u8, output.Arn).Element("Alias"u8, output.Alias).End("CreateAccessPointResult"u8).ToReply();
}
