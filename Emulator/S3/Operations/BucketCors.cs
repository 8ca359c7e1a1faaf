using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Cors;

namespace Emulator.S3.Operations;

/// <summary>The CORS rules of a bucket: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html</remarks>
internal static class BucketCors
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var cors = CorsConfiguration.Parse(await input.Document.ReadAsync("CORSConfiguration", call.Cancelled));
        return await service.PutSettingAsync(input.Bucket, BucketSettings.Cors, cors);
    }

    public static ValueTask<CorsConfiguration> Get(S3Service service, Call call, BucketReference input) =>
        new(service.FindSetting(input, BucketSettings.Cors) ?? throw S3Errors.NoSuchCorsConfiguration(input.Name));

    public static Reply Write(CorsConfiguration output) => output.ToReply();

    public static ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input) => service.DeleteSettingAsync(input, BucketSettings.Cors);
}
