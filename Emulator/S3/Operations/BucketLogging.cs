using System.Text;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Settings;
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>Where the server access log of a bucket would go: put, get. No log is delivered.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html; the texts are recorded (TestS3BucketLogging).</remarks>
internal static class BucketLogging
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        var document = SettingShapes.Logging.Check(await input.Document.ReadAsync("BucketLoggingStatus", call.Cancelled));
        if (document.Child("LoggingEnabled") is not { } enabled) return await service.DeleteSettingAsync(input.Bucket, BucketSettings.Logging);
        var reply = SettingShapes.Logging.ToReply(document);
        return await service.CommitAsync((tx, _) =>
        {
            var bucket = BucketStore.Require(tx, input.Bucket);
            CheckTarget(tx, bucket, enabled.Value("TargetBucket")!);
            BucketSettings.Logging.Put(tx, bucket, Encoding.UTF8.GetString(reply.Content.Span));
            return bucket;
        });
    }

    private static void CheckTarget(IReader reader, Bucket bucket, string name)
    {
        var target = BucketStore.Find(reader, name);
        if (target is null) throw S3Errors.InvalidTargetBucketForLogging("The target bucket for logging does not exist", name);
        if (target.Account != bucket.Account) throw S3Errors.InvalidTargetBucketForLogging("The owner for the bucket to be logged and the target bucket must be the same.", name);
        if (target.Region != bucket.Region) throw S3Errors.CrossLocationLogging(bucket.LocationConstraint, target.LocationConstraint);
    }

    public static ValueTask<string?> Get(S3Service service, Call call, BucketReference input) => new(service.FindSetting(input, BucketSettings.Logging));

    public static Reply Write(string? document) => document is null
        ? new XmlBuilder().Root("BucketLoggingStatus"u8).End("BucketLoggingStatus"u8).ToReply()
        : new() { ContentType = "application/xml", Content = Encoding.UTF8.GetBytes(document) };
}
