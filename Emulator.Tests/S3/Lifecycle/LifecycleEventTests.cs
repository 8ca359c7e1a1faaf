using System.Text.Json;
using System.Threading.Channels;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Lifecycle;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configure-notification.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html")]
internal sealed class LifecycleEventTests : LifecycleFixture
{
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();

    protected override void Configure(AwsEmulatorOptions options) => options.Functions = functions =>
        functions.Register<JsonElement>("on-event", (received, _) => _events.Writer.WriteAsync(received.Clone()).AsTask());

    [Test]
    public async Task What_rules_do_is_told_in_the_name_of_S3()
    {
        await EnableVersioningAsync();
        await S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = TheBucket,
            LambdaFunctionConfigurations = [new() { Id = "id", FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:on-event", Events = [new("s3:LifecycleExpiration:*"), new("s3:LifecycleTransition")] }],
        });
        await SetRulesAsync(Rule("", rule =>
        {
            rule.Transitions = [new() { Days = 0, StorageClass = S3StorageClass.Glacier }];
            rule.Expiration = new() { Days = 1 };
            rule.NoncurrentVersionExpiration = new() { NoncurrentDays = 1 };
        }));
        var put = await PutAsync("a", Bytes(128 << 10));
        foreach (var name in new[] { "LifecycleTransition", "LifecycleExpiration:DeleteMarkerCreated", "LifecycleExpiration:Delete" })
        {
            AdvanceDays(1);
            var record = (await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).GetProperty("Records")[0];
            Assert.Multiple(() =>
            {
                Assert.That(record.GetProperty("eventName").GetString(), Is.EqualTo(name));
                Assert.That(record.GetProperty("eventVersion").GetString(), Is.EqualTo("2.3"));
                Assert.That(record.GetProperty("userIdentity").GetProperty("principalId").GetString(), Is.EqualTo("s3.amazonaws.com"));
                Assert.That(record.GetProperty("requestParameters").GetProperty("sourceIPAddress").GetString(), Is.EqualTo("s3.amazonaws.com"));
                var isOfObject = name != "LifecycleExpiration:DeleteMarkerCreated";
                Assert.That(record.GetProperty("s3").GetProperty("object").GetProperty("versionId").GetString() == put.VersionId, Is.EqualTo(isOfObject));
                Assert.That(record.TryGetProperty("lifecycleEventData", out var data) ? data.GetProperty("transitionEventData").GetProperty("destinationStorageClass").GetString() : null,
                    Is.EqualTo(name == "LifecycleTransition" ? "GLACIER" : null));
            });
        }
    }
}
