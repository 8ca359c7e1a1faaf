using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Encryption;

namespace Emulator.S3.Operations;

/// <summary>How a bucket encrypts objects by default: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html; recorded: TestS3BucketEncryption</remarks>
internal static class BucketEncryption
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input) =>
        await service.PutSettingAsync(input.Bucket, BucketSettings.Encryption, DefaultEncryption.Parse(await input.Document.ReadAsync("ServerSideEncryptionConfiguration", call.Cancelled)));

    public static ValueTask<DefaultEncryption> Get(S3Service service, Call call, BucketReference input) => new(service.FindSetting(input, BucketSettings.Encryption) ?? DefaultEncryption.S3);

    public static Reply Write(DefaultEncryption encryption) => encryption.ToReply();

    public static ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input) => service.DeleteSettingAsync(input, BucketSettings.Encryption);
}
