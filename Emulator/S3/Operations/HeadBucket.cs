using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>Tells whether a bucket exists and may be accessed, and where it is.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html</remarks>
internal static class HeadBucket
{
    public static ValueTask<Bucket> Execute(S3Service service, Call call, BucketReference input)
    {
        using var snapshot = service.Snapshot();
        return new(BucketStore.Require(snapshot, input));
    }

    public static Reply Write(Bucket bucket)
    {
        var reply = Reply.Empty()
            .Header("x-amz-bucket-region", bucket.Region)
            .Header("x-amz-access-point-alias", "false")
            .Header("x-amz-bucket-arn", bucket.Arn);
        reply.ContentType = "application/xml"; // observed
        return reply;
    }
}
