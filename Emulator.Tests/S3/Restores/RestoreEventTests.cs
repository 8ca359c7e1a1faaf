using System.Text.Json;
using System.Threading.Channels;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Tests.S3.Lifecycle;
using NUnit.Framework;

namespace Emulator.Tests.S3.Restores;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html")]
[Observed("2026, recorded answers: TestS3NotificationsToSQS::test_restore_object")]
internal sealed class RestoreEventTests : LifecycleFixture
{
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();

    protected override void Configure(AwsEmulatorOptions options) => options.Functions = functions =>
        functions.Register<JsonElement>("on-event", (received, _) => _events.Writer.WriteAsync(received.Clone()).AsTask());

    [Test]
    public async Task A_restore_is_told_when_it_begins_when_it_is_done_and_when_the_copy_has_gone()
    {
        await S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = TheBucket,
            LambdaFunctionConfigurations = [new() { Id = "id", FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:on-event", Events = [new("s3:ObjectRestore:*")] }],
        });
        await PutAsync("a", "frozen", put => put.StorageClass = S3StorageClass.Glacier);
        await S3.RestoreObjectAsync(new RestoreObjectRequest { BucketName = TheBucket, Key = "a", Days = 2, Tier = GlacierJobTier.Expedited });
        var begun = await NextAsync();
        Assert.That((Text(begun, "eventName"), Text(begun, "eventVersion"), begun.TryGetProperty("glacierEventData", out _)), Is.EqualTo(("ObjectRestore:Post", "2.1", false)));
        Assert.That(begun.GetProperty("s3").GetProperty("object").GetProperty("size").GetInt64(), Is.EqualTo(6));

        AdvanceDays(1);
        var completed = await NextAsync();
        Assert.That((Text(completed, "eventName"), Text(completed, "eventTime")), Is.EqualTo(("ObjectRestore:Completed", "2031-07-01T10:05:00.000Z")));
        Assert.That(Text(completed.GetProperty("userIdentity"), "principalId"), Does.StartWith("AmazonCustomer:"));
        var data = completed.GetProperty("glacierEventData").GetProperty("restoreEventData");
        Assert.That((Text(data, "lifecycleRestorationExpiryTime"), Text(data, "lifecycleRestoreStorageClass")), Is.EqualTo(("2031-07-04T00:00:00.000Z", "GLACIER")));

        AdvanceDays(10);
        var gone = await NextAsync();
        Assert.That((Text(gone, "eventName"), Text(gone, "eventVersion"), Text(gone, "eventTime")), Is.EqualTo(("ObjectRestore:Delete", "2.3", "2031-07-04T00:00:00.000Z")));
        Assert.That(_events.Reader.TryRead(out _), Is.False);
    }

    private async Task<JsonElement> NextAsync() => (await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).GetProperty("Records")[0];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
