using System.Text.Json.Serialization;
using Emulator.S3.Access;
using Emulator.S3.Objects;

namespace Emulator.S3.AccessPoints;

/// <summary>Another way to the objects of a bucket, with an address, a policy and a public access block of its own.</summary>
/// <param name="Account">The account that owns it: perhaps not the bucket's.</param>
/// <param name="Alias">What may stand for the name of a bucket in requests.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points.html</remarks>
internal sealed record AccessPoint(
    string Name, string Account, string Region, string Bucket, string BucketAccount, string Alias, DateTimeOffset CreationDate, PublicAccessBlock PublicAccessBlock)
{
    /// <summary>The network from which alone it takes requests; null where it takes them from everywhere.</summary>
    public string? VpcId { get; init; }

    public string? Policy { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    [JsonIgnore]
    public string Arn => ArnOf(Account, Region, Name);

    [JsonIgnore]
    public string NetworkOrigin => VpcId is null ? "Internet" : "VPC";

    public static string ArnOf(string account, string region, string name) => $"arn:aws:s3:{region}:{account}:accesspoint/{name}";
}
