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
        var document = await input.Document.ReadAsync("BucketLoggingStatus", call.Cancelled);
        return await service.CommitAsync((tx, _) =>
        {
            var bucket = BucketStore.Require(tx, input.Bucket);
            if (Accept(document, tx, bucket) is { } wanted) BucketSettings.Logging.Put(tx, bucket, wanted);
            else BucketSettings.Logging.Delete(tx, bucket);
            return bucket;
        });
    }

    /// <summary>The document as it is kept and answered; null where it says that there is no log.</summary>
    public static string? Accept(XmlNode document, IReader reader, Bucket bucket)
    {
        if (SettingShapes.Logging.Check(document).Child("LoggingEnabled") is not { } enabled) return null;
        CheckTarget(reader, bucket, enabled.Value("TargetBucket")!);
        return Encoding.UTF8.GetString(SettingShapes.Logging.ToReply(document).Content.Span);
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
