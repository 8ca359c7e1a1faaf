using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Settings;

namespace Emulator.S3.Operations;

/// <summary>Transfer acceleration of a bucket: put, get. The accelerated host names are served whether or not it is enabled.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html; the texts are recorded (test_bucket_acceleration_configuration_exc).</remarks>
internal static class BucketAccelerateConfiguration
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var document = SettingShapes.Accelerate.Check(await input.Document.ReadAsync("AccelerateConfiguration", call.Cancelled));
        if (document.Value("Status") is not { } status) throw RestXml.MalformedXml();
        return await service.PutSettingAsync(input.Bucket, BucketSettings.Accelerate, Accept(input.Bucket.Name, status));
    }

    /// <summary>The status, which the bucket may have.</summary>
    public static string Accept(string bucket, string status) =>
        bucket.Contains('.') ? throw S3Errors.InvalidRequest("S3 Transfer Acceleration is not supported for buckets with periods (.) in their names") : status;

    public static ValueTask<string?> Get(S3Service service, Call call, BucketReference input) => new(service.FindSetting(input, BucketSettings.Accelerate));

    public static Reply Write(string? status) => new XmlBuilder().Root("AccelerateConfiguration"u8).Element("Status"u8, status).End("AccelerateConfiguration"u8).ToReply();
}
