using System.Text.Json;
using System.Threading.Channels;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Replication;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-metrics-events.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html")]
internal sealed class ReplicationFailureTests : ReplicationFixture
{
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();

    protected override void Configure(AwsEmulatorOptions options) => options.Functions = functions =>
        functions.Register<JsonElement>("on-event", (received, _) => _events.Writer.WriteAsync(received.Clone()).AsTask());

    [Test]
    public async Task What_cannot_be_replicated_is_told_by_an_event_if_the_rule_has_metrics()
    {
        await SetRulesAsync(Rule(with: rule => rule.Destination.Metrics = new() { Status = MetricsStatus.Enabled }));
        await SubscribeAsync(TheBucket, "s3:Replication:*");
        var put = await PutAsync("a b", "data");
        await S3.DeleteBucketAsync(Copies);
        Replicate();
        Assert.That(await StatusAsync("a b"), Is.EqualTo("FAILED"));
        var record = await NextAsync();
        Assert.Multiple(() =>
        {
            Assert.That(record.GetProperty("eventName").GetString(), Is.EqualTo("Replication:OperationFailedReplication"));
            Assert.That(record.GetProperty("eventVersion").GetString(), Is.EqualTo("2.2"));
            Assert.That(record.GetProperty("userIdentity").GetProperty("principalId").GetString(), Is.EqualTo("s3.amazonaws.com"));
            var subject = record.GetProperty("s3").GetProperty("object");
            Assert.That((subject.GetProperty("key").GetString(), subject.GetProperty("size").GetInt32(), subject.GetProperty("versionId").GetString()), Is.EqualTo(("a+b", 4, put.VersionId)));
            var data = record.GetProperty("replicationEventData");
            Assert.That(data.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "replicationRuleId", "destinationBucket", "s3Operation", "requestTime", "failureReason" }));
            Assert.That((data.GetProperty("replicationRuleId").GetString(), data.GetProperty("destinationBucket").GetString()), Is.EqualTo((Copies, $"arn:aws:s3:::{Copies}")));
            Assert.That((data.GetProperty("s3Operation").GetString(), data.GetProperty("failureReason").GetString()), Is.EqualTo(("OBJECT_PUT", "DstBucketNotFound")));
        });
    }

    [TestCase("DstBucketUnversioned")]
    [TestCase("DstPutObjectNotPermitted")]
    [TestCase("DstVersionNotFound")]
    public async Task Each_cause_has_its_name(string reason)
    {
        await SetRulesAsync(Rule(with: rule => (rule.Destination.Metrics, rule.Destination.AccountId) = (new() { Status = MetricsStatus.Enabled }, reason == "DstPutObjectNotPermitted" ? "111111111111" : null)));
        await SubscribeAsync(TheBucket, "s3:Replication:OperationFailedReplication");
        var put = await PutAsync("a", "data");
        if (reason == "DstBucketUnversioned") await SetVersioningAsync(Copies, "Suspended");
        if (reason == "DstVersionNotFound")
        {
            Replicate();
            await S3.DeleteObjectAsync(Copies, "a", put.VersionId);
            await S3.DeleteObjectTaggingAsync(new DeleteObjectTaggingRequest { BucketName = TheBucket, Key = "a" });
            await S3.PutObjectTaggingAsync(new PutObjectTaggingRequest { BucketName = TheBucket, Key = "a", Tagging = new() { TagSet = [new() { Key = "k", Value = "v" }] } });
        }
        Replicate();
        Assert.That(((await NextAsync()).GetProperty("replicationEventData").GetProperty("failureReason").GetString(), await StatusAsync("a")), Is.EqualTo((reason, "FAILED")));
    }

    [Test]
    public async Task One_destination_that_fails_makes_the_status_failed_and_keeps_no_other_from_its_replica()
    {
        await S3.PutBucketAsync("another");
        await SetVersioningAsync("another");
        await SetRulesAsync(Rule(), Rule("another", rule => rule.Priority = 2));
        await PutAsync("a", "data");
        await SetVersioningAsync("another", "Suspended");
        Replicate();
        Assert.That((await StatusAsync("a"), await StatusAsync("a", Copies)), Is.EqualTo(("FAILED", "REPLICA")));
    }

    [Test]
    public async Task A_source_with_object_lock_needs_a_destination_with_it()
    {
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = "locked", ObjectLockEnabledForBucket = true });
        await SetRulesAsync("locked", [Rule(with: rule => rule.Destination.Metrics = new() { Status = MetricsStatus.Enabled })]);
        await SubscribeAsync("locked", "s3:Replication:*");
        await PutAsync("a", "x", put => put.BucketName = "locked");
        Replicate();
        Assert.That((await NextAsync()).GetProperty("replicationEventData").GetProperty("failureReason").GetString(), Is.EqualTo("DstBucketObjectLockConfigMissing"));
    }

    [Test]
    public async Task What_arrives_at_the_destination_is_told_there_in_the_name_of_the_role()
    {
        await SetRulesAsync(Rule(with: rule => rule.DeleteMarkerReplication.Status = "Enabled"));
        await SubscribeAsync(Copies, "s3:ObjectCreated:*", "s3:ObjectRemoved:*");
        var put = await PutAsync("a", "data");
        Replicate();
        var record = await NextAsync();
        Assert.That((record.GetProperty("eventName").GetString(), record.GetProperty("s3").GetProperty("object").GetProperty("versionId").GetString()), Is.EqualTo(("ObjectCreated:Put", put.VersionId)));
        Assert.That(record.GetProperty("userIdentity").GetProperty("principalId").GetString(), Does.Match("^AWS:AROA[A-Z2-7]{17}:s3-replication$"));
        await S3.DeleteObjectAsync(TheBucket, "a");
        Replicate();
        Assert.That((await NextAsync()).GetProperty("eventName").GetString(), Is.EqualTo("ObjectRemoved:DeleteMarkerCreated"));
    }

    private Task SubscribeAsync(string bucket, params string[] events) => S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
    {
        BucketName = bucket,
        LambdaFunctionConfigurations = [new() { FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:on-event", Events = [.. events.Select(name => new EventType(name))] }],
    });

    private async Task<JsonElement> NextAsync() => (await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).GetProperty("Records")[0];
}
