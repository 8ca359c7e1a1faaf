using Emulator.Protocols;
using Emulator.SigV4;

namespace Emulator.S3.Buckets;

/// <summary>Sends a request that came to another region to that of its bucket.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html. An address without a region (localhost) is the endpoint of whatever region the request is signed for.</remarks>
internal static class BucketRegion
{
    public static void Check(Bucket bucket, Operation operation, RestRequest request, string? hostRegion, string? signedRegion)
    {
        // The global endpoint: a path is of us-east-1, the name of a bucket leads to its own region.
        var isPath = request.RawPath.Length == request.SignedPath.Length;
        var isGlobal = hostRegion is null && request.Host.EndsWith(".amazonaws.com", StringComparison.Ordinal);
        // Each endpoint of its own region tells where a bucket is, so that a client may ask: https://github.com/iterate-ch/cyberduck/issues/11827
        if (operation.Name == "GetBucketLocation" && (isPath || !isGlobal)) return;
        if (isGlobal && isPath) hostRegion = Regions.Default;
        if ((hostRegion ?? signedRegion) is null) return;
        var region = hostRegion ?? (isGlobal ? bucket.Region : signedRegion);
        if (region != bucket.Region) throw Elsewhere(bucket, request);
        if (signedRegion is not null && signedRegion != bucket.Region) throw SigV4Errors.WrongRegion(request.Header("Authorization") is null, signedRegion, bucket.Region).With("x-amz-bucket-region", bucket.Region);
    }

    /// <remarks>Regions since March 2019 refuse instead: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html#TemporaryRedirection</remarks>
    private static AwsException Elsewhere(Bucket bucket, RestRequest request) => Regions.Redirects(bucket.Region)
        ? S3Errors.PermanentRedirect(bucket, EndpointOf(bucket, request.Host)).With("x-amz-bucket-region", bucket.Region)
        : S3Errors.IllegalLocationConstraint(bucket.Region).With("x-amz-bucket-region", bucket.Region);

    private static string EndpointOf(Bucket bucket, string host)
    {
        var isOfAws = host.EndsWith(".amazonaws.com", StringComparison.Ordinal);
        if (!isOfAws) return $"{bucket.Name}.s3.{bucket.Region}.localhost{(host.LastIndexOf(':') is >= 0 and var colon ? host[colon..] : "")}";
        return bucket.Region == Regions.Default ? $"{bucket.Name}.s3.amazonaws.com" : $"{bucket.Name}.s3{(Regions.HasDash(bucket.Region) ? '-' : '.')}{bucket.Region}.amazonaws.com";
    }
}
