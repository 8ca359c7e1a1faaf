using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>The public access block of a bucket: put, get, delete; and whether its policy is public.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html; recorded: TestS3PublicAccessBlock</remarks>
internal static class BucketPublicAccess
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var block = PublicAccessBlock.Parse(await input.Document.ReadAsync("PublicAccessBlockConfiguration", call.Cancelled));
        return await service.PutSettingAsync(input.Bucket, BucketSettings.PublicAccessBlock, block);
    }

    public static ValueTask<PublicAccessBlock> Get(S3Service service, Call call, BucketReference input)
    {
        using var snapshot = service.Snapshot();
        var block = PublicAccessBlock.OfBucket(snapshot, BucketStore.Require(snapshot, input));
        return block.IsDeleted ? throw S3Errors.NoPublicAccessBlock(input.Name) : new(block);
    }

    public static Reply Write(PublicAccessBlock output) => output.ToReply();

    public static ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input) => service.PutSettingAsync(input, BucketSettings.PublicAccessBlock, PublicAccessBlock.Nothing);

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html</summary>
    public static ValueTask<bool> Status(S3Service service, Call call, BucketReference input) =>
        new(PublicPolicy.IsPublic(service.FindSetting(input, BucketSettings.Policy) ?? throw S3Errors.NoSuchBucketPolicy(input.Name)));

    public static Reply WriteStatus(bool isPublic) => new XmlBuilder().Root("PolicyStatus"u8).Element("IsPublic"u8, isPublic).End("PolicyStatus"u8).ToReply();
}
