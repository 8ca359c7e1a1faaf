using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Notifications;

namespace Emulator.S3.Operations;

/// <summary>The notification configuration of a bucket: put, get.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html</remarks>
internal static class BucketNotificationConfiguration
{
    public static BucketNotificationInput Bind(RestRequest request) =>
        new(S3Request.Bucket(request), S3Request.Document(request), "true".Equals(request.Header("x-amz-skip-destination-validation"), StringComparison.OrdinalIgnoreCase));

    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketNotificationInput input)
    {
        Bucket bucket;
        using (var snapshot = service.Snapshot()) bucket = BucketStore.Require(snapshot, input.Bucket);
        var document = await input.Document.ReadAsync("NotificationConfiguration", call.Cancelled);
        var configuration = NotificationConfiguration.Parse(document, bucket, service.Context.Ids);
        if (!input.SkipsDestinationValidation) CheckDestinations(service, configuration);
        return configuration.Functions.Count == 0
            ? await service.DeleteSettingAsync(input.Bucket, BucketSettings.Notification)
            : await service.PutSettingAsync(input.Bucket, BucketSettings.Notification, configuration);
    }

    public static ValueTask<NotificationConfiguration> Get(S3Service service, Call call, BucketReference input) =>
        new(service.FindSetting(input, BucketSettings.Notification) ?? new NotificationConfiguration([]));

    public static Reply Write(NotificationConfiguration output) => output.ToReply();

    private static void CheckDestinations(S3Service service, NotificationConfiguration configuration)
    {
        var members = new List<KeyValuePair<string, object?>>();
        foreach (var arn in configuration.Functions.Select(function => function.FunctionArn).Distinct())
        {
            var parts = arn.Split(':');
            if (service.Functions.Exists(parts[4], parts[3], arn)) continue;
            var number = (members.Count / 2) + 1;
            members.Add(new($"ArgumentName{number}", $"{arn}, null")); // observed, to the letter
            members.Add(new($"ArgumentValue{number}", $"Not authorized to invoke function [{arn}]"));
        }
        if (members.Count > 0) throw new AwsException("InvalidArgument", "Unable to validate the following destination configurations") { Members = members };
    }
}

internal sealed record BucketNotificationInput(BucketReference Bucket, S3Document Document, bool SkipsDestinationValidation);
