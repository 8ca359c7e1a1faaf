using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Settings;

namespace Emulator.S3.Operations;

/// <summary>Who pays for requests to a bucket: put, get.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html</remarks>
internal static class BucketRequestPayment
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var document = SettingShapes.RequestPayment.Check(await input.Document.ReadAsync("RequestPaymentConfiguration", call.Cancelled));
        return await service.PutSettingAsync(input.Bucket, BucketSettings.RequestPayment, document.Value("Payer")!);
    }

    public static ValueTask<string> Get(S3Service service, Call call, BucketReference input) => new(service.FindSetting(input, BucketSettings.RequestPayment) ?? "BucketOwner");

    public static Reply Write(string payer) => new XmlBuilder().Root("RequestPaymentConfiguration"u8).Element("Payer"u8, payer).End("RequestPaymentConfiguration"u8).ToReply();
}
