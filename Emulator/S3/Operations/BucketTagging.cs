using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>The tags of a bucket: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html</remarks>
internal static class BucketTagging
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var document = await input.Document.ReadAsync("Tagging", call.Cancelled);
        var tags = TagSet.Parse(document, S3Limits.BucketTags, TagSet.TooManyBucketTags(), "System tags cannot be added/updated by requester");
        // Observed: an empty set is no set.
        return tags.Count == 0
            ? await service.DeleteSettingAsync(input.Bucket, BucketSettings.Tagging)
            : await service.PutSettingAsync(input.Bucket, BucketSettings.Tagging, [.. tags]);
    }

    public static ValueTask<List<Tag>> Get(S3Service service, Call call, BucketReference input) =>
        new(service.FindSetting(input, BucketSettings.Tagging) ?? throw S3Errors.NoSuchTagSet(input.Name));

    public static Reply Write(List<Tag> output) => TagSet.Write(output);

    public static ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input) => service.DeleteSettingAsync(input, BucketSettings.Tagging);
}
