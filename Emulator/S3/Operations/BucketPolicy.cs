using System.IO.Enumeration;
using System.Text;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>The policy of a bucket: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html</remarks>
internal static class BucketPolicy
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var content = await input.Document.ReadBytesAsync(call.Cancelled);
        Check(content, input.Bucket.Name);
        var policy = Encoding.UTF8.GetString(content.Span);
        var isPublic = PublicPolicy.IsPublic(policy);
        using (var snapshot = service.Snapshot())
        {
            var bucket = BucketStore.Require(snapshot, input.Bucket);
            // Observed by many: https://repost.aws/knowledge-center/s3-access-denied-bucket-policy
            if (isPublic && PublicAccessBlock.Of(snapshot, bucket).BlockPublicPolicy) throw S3Errors.BlockedAsPublic(call.Caller.Arn, "s3:PutBucketPolicy", bucket.Arn, "public policies are blocked by the BlockPublicPolicy");
        }
        return await service.PutSettingAsync(input.Bucket, BucketSettings.Policy, policy);
    }

    public static ValueTask<string> Get(S3Service service, Call call, BucketReference input) =>
        new(service.FindSetting(input, BucketSettings.Policy) ?? throw S3Errors.NoSuchBucketPolicy(input.Name));

    public static Reply WritePolicy(string output) => new() { ContentType = "application/json", Content = Encoding.UTF8.GetBytes(output) };

    public static ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input) => service.DeleteSettingAsync(input, BucketSettings.Policy);

    /// <summary>What S3 demands of a bucket's policy before it keeps it.</summary>
    public static void Check(ReadOnlyMemory<byte> content, string bucket) => PolicyChecks.Check(content, resource => IsOfBucket(resource, bucket));

    /// <summary>A resource of the bucket's policy is the bucket, or objects in it; wildcards may stand in its name. Observed: "*" alone is none (https://github.com/noobaa/noobaa-core/issues/10058).</summary>
    private static bool IsOfBucket(string resource, string bucket)
    {
        const string Prefix = "arn:aws:s3:::";
        if (!resource.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var name = resource[Prefix.Length..];
        if (name.IndexOf('/') is >= 0 and var slash) name = name[..slash];
        return name.Contains('$') || FileSystemName.MatchesSimpleExpression(name, bucket, ignoreCase: false);
    }
}
