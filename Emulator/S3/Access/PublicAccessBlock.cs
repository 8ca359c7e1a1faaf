using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Settings;
using Emulator.Storage;
using static Emulator.S3.Settings.XmlShape;

namespace Emulator.S3.Access;

/// <summary>What of public access a bucket blocks.</summary>
/// <param name="IsDeleted">Whether the configuration was deleted: nothing is blocked, and nothing is described.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html</remarks>
internal sealed record PublicAccessBlock(bool BlockPublicAcls, bool IgnorePublicAcls, bool BlockPublicPolicy, bool RestrictPublicBuckets, bool IsDeleted = false)
{
    /// <summary>What every new bucket has.</summary>
    public static PublicAccessBlock Everything { get; } = new(true, true, true, true);

    public static PublicAccessBlock Nothing { get; } = new(false, false, false, false, IsDeleted: true);

    public static XmlShape Shape { get; } = Parent("PublicAccessBlockConfiguration", Boolean("BlockPublicAcls"), Boolean("IgnorePublicAcls"), Boolean("BlockPublicPolicy"), Boolean("RestrictPublicBuckets"));

    /// <summary>What is in force: what the bucket blocks, and what its account does.</summary>
    public static PublicAccessBlock Of(IReader reader, Bucket bucket) =>
        AccountSettings.FindPublicAccessBlock(reader, bucket.Account) is { } account ? OfBucket(reader, bucket).And(account) : OfBucket(reader, bucket);

    /// <summary>What the bucket itself blocks.</summary>
    public static PublicAccessBlock OfBucket(IReader reader, Bucket bucket) => BucketSettings.PublicAccessBlock.Find(reader, bucket) ?? Everything;

    /// <summary>What one of two blocks.</summary>
    public PublicAccessBlock And(PublicAccessBlock other) => new(
        BlockPublicAcls || other.BlockPublicAcls, IgnorePublicAcls || other.IgnorePublicAcls,
        BlockPublicPolicy || other.BlockPublicPolicy, RestrictPublicBuckets || other.RestrictPublicBuckets);

    public static PublicAccessBlock Parse(XmlNode document)
    {
        Shape.Check(document);
        bool Is(string name) => document.Value(name) == "true";
        return new(Is("BlockPublicAcls"), Is("IgnorePublicAcls"), Is("BlockPublicPolicy"), Is("RestrictPublicBuckets"));
    }

    public Reply ToReply() => Write(new XmlBuilder().Root("PublicAccessBlockConfiguration"u8)).ToReply();

    /// <summary>Writes what stands within the root, and its end.</summary>
    public XmlBuilder Write(XmlBuilder xml) => xml
        .Element("BlockPublicAcls"u8, BlockPublicAcls).Element("IgnorePublicAcls"u8, IgnorePublicAcls)
        .Element("BlockPublicPolicy"u8, BlockPublicPolicy).Element("RestrictPublicBuckets"u8, RestrictPublicBuckets)
        .End("PublicAccessBlockConfiguration"u8);
}
