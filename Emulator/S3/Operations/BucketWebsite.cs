using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Website;

namespace Emulator.S3.Operations;

/// <summary>The website configuration of a bucket: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html</remarks>
internal static class BucketWebsite
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var website = WebsiteConfiguration.Parse(await input.Document.ReadAsync("WebsiteConfiguration", call.Cancelled));
        return await service.PutSettingAsync(input.Bucket, BucketSettings.Website, website);
    }

    public static ValueTask<WebsiteConfiguration> Get(S3Service service, Call call, BucketReference input) =>
        new(service.FindSetting(input, BucketSettings.Website) ?? throw S3Errors.NoSuchWebsiteConfiguration(input.Name));

    public static Reply Write(WebsiteConfiguration output) => output.ToReply();

    public static ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input) => service.DeleteSettingAsync(input, BucketSettings.Website);
}
