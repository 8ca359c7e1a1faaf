namespace Emulator.S3;

/// <summary>The regions of S3.</summary>
internal static class Regions
{
    /// <summary>The region of the global endpoint, whose buckets have no location constraint.</summary>
    public const string Default = "us-east-1";

    // https://docs.aws.amazon.com/general/latest/gr/s3.html
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2",
        "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1",
        "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1",
        "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2",
    };

    /// <summary>Those of before March 2019, which redirect; later ones refuse what should have gone to another.</summary>
    private static readonly HashSet<string> Redirecting = new(StringComparer.Ordinal)
    {
        "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "cn-north-1", "cn-northwest-1", "eu-central-1",
        "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2",
    };

    /// <summary>Whether a request for a bucket there is redirected that came to another region.</summary>
    public static bool Redirects(string region) => Redirecting.Contains(region);

    /// <summary>Whether the region is of the years before 2014, whose endpoints redirects still call <c>s3-region</c>.</summary>
    public static bool HasDash(string region) => region is "ap-northeast-1" or "ap-southeast-1" or "ap-southeast-2" or "eu-west-1" or "sa-east-1" or "us-gov-west-1" or "us-west-1" or "us-west-2";

    public static bool Exists(string region) => Names.Contains(region);

    /// <summary>Whether a bucket may be created with it: a region, or the old name of eu-west-1.</summary>
    public static bool IsConstraint(string constraint) => constraint == "EU" || Exists(constraint);
}
