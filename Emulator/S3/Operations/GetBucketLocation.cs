using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>Tells the region of a bucket.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html</remarks>
internal static class GetBucketLocation
{
    public static ValueTask<Bucket> Execute(S3Service service, Call call, BucketReference input)
    {
        using var snapshot = service.Snapshot();
        return new(BucketStore.Require(snapshot, input));
    }

    /// <summary>us-east-1 is an empty element.</summary>
    public static Reply Write(Bucket bucket)
    {
        var xml = new XmlBuilder();
        if (bucket.LocationConstraint is null) xml.Raw("<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>"u8);
        else xml.Root("LocationConstraint"u8).Text(bucket.LocationConstraint).End("LocationConstraint"u8);
        return xml.ToReply();
    }
}
