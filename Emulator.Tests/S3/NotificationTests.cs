using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html")]
[Observed("2024, recorded answers: notifications to Lambda and SQS")]
internal sealed class NotificationTests : S3Fixture
{
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();

    protected override void Configure(AwsEmulatorOptions options) => options.Functions = functions =>
        functions.Register<JsonElement>("on-event", (received, _) => _events.Writer.WriteAsync(received.Clone()).AsTask());

    private static string FunctionArn => "arn:aws:lambda:us-east-1:000000000000:function:on-event";

    [Test]
    public async Task A_write_calls_the_function_with_the_record_of_AWS()
    {
        await SubscribeAsync("s3:ObjectCreated:*");
        await PutAsync("dir/a b@한.txt", "something");
        var record = (await NextAsync()).GetProperty("Records")[0];
        Assert.Multiple(() =>
        {
            Assert.That(Shape(record), Is.EqualTo(
                "eventVersion eventSource awsRegion eventTime eventName userIdentity(principalId) requestParameters(sourceIPAddress) responseElements(x-amz-request-id x-amz-id-2) " +
                "s3(s3SchemaVersion configurationId bucket(name ownerIdentity(principalId) arn) object(key size eTag sequencer))"));
            Assert.That(record.GetProperty("eventVersion").GetString(), Is.EqualTo("2.1"));
            Assert.That(record.GetProperty("eventSource").GetString(), Is.EqualTo("aws:s3"));
            Assert.That(record.GetProperty("eventName").GetString(), Is.EqualTo("ObjectCreated:Put"));
            Assert.That(record.GetProperty("eventTime").GetString(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
            var s3 = record.GetProperty("s3");
            Assert.That(s3.GetProperty("configurationId").GetString(), Is.EqualTo("the-id"));
            Assert.That(s3.GetProperty("bucket").GetProperty("arn").GetString(), Is.EqualTo($"arn:aws:s3:::{TheBucket}"));
            Assert.That(s3.GetProperty("object").GetProperty("key").GetString(), Is.EqualTo("dir/a+b%40%ED%95%9C.txt"));
            Assert.That(s3.GetProperty("object").GetProperty("size").GetInt64(), Is.EqualTo(9));
            Assert.That(s3.GetProperty("object").GetProperty("eTag").GetString(), Is.EqualTo("437b930db84b8079c2dd804a71936b5f"));
        });
    }

    [Test]
    public async Task Each_kind_of_write_and_delete_has_its_event()
    {
        await SubscribeAsync("s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*");
        await PutAsync("a", "x");
        await S3.CopyObjectAsync(TheBucket, "a", TheBucket, "b");
        var upload = await S3.InitiateMultipartUploadAsync(TheBucket, "c");
        var part = await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = "c", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream([1]) });
        await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = "c", UploadId = upload.UploadId, PartETags = [new(1, part.ETag)] });
        await S3.PutObjectTaggingAsync(new PutObjectTaggingRequest { BucketName = TheBucket, Key = "a", Tagging = new() { TagSet = [new() { Key = "k", Value = "v" }] } });
        await S3.DeleteObjectAsync(TheBucket, "a");
        await S3.DeleteObjectAsync(TheBucket, "never-there");
        await S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = [new() { Key = "b" }, new() { Key = "never-there" }] });

        var seen = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var record = (await NextAsync()).GetProperty("Records")[0];
            seen.Add($"{record.GetProperty("eventName").GetString()} {record.GetProperty("s3").GetProperty("object").GetProperty("key").GetString()}");
        }
        Assert.That(seen, Is.EquivalentTo(new[] { "ObjectCreated:Put a", "ObjectCreated:Copy b", "ObjectCreated:CompleteMultipartUpload c", "ObjectTagging:Put a", "ObjectRemoved:Delete a", "ObjectRemoved:Delete b" }));
        Assert.That(_events.Reader.TryRead(out _), Is.False);
    }

    [Test]
    public async Task A_deletion_has_neither_size_nor_etag_and_comes_after_the_write()
    {
        await PutAsync("a", "x");
        await SubscribeAsync("s3:ObjectRemoved:Delete");
        await S3.DeleteObjectAsync(TheBucket, "a");
        var subject = (await NextAsync()).GetProperty("Records")[0].GetProperty("s3").GetProperty("object");
        Assert.That(Shape(subject), Is.EqualTo("key sequencer"));
    }

    [Test]
    [Observed("2025, recorded answers: test_object_created_put_versioned")]
    public async Task Records_name_the_version_and_tell_a_delete_marker_from_a_deletion()
    {
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = TheBucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        await SubscribeAsync("s3:ObjectCreated:*", "s3:ObjectRemoved:*");
        var put = await PutAsync("key", "data");
        var marker = await S3.DeleteObjectAsync(TheBucket, "key");
        await S3.DeleteObjectAsync(TheBucket, "key", put.VersionId);
        var seen = new Dictionary<string, JsonElement>();
        for (var i = 0; i < 3; i++)
        {
            var record = (await NextAsync()).GetProperty("Records")[0];
            seen[record.GetProperty("eventName").GetString()!] = record.GetProperty("s3").GetProperty("object");
        }
        Assert.Multiple(() =>
        {
            Assert.That(Shape(seen["ObjectCreated:Put"]), Is.EqualTo("key size eTag versionId sequencer"));
            Assert.That(Shape(seen["ObjectRemoved:DeleteMarkerCreated"]), Is.EqualTo("key eTag versionId sequencer"));
            Assert.That(Shape(seen["ObjectRemoved:Delete"]), Is.EqualTo("key versionId sequencer"));
            Assert.That(seen["ObjectRemoved:DeleteMarkerCreated"].GetProperty("eTag").GetString(), Is.EqualTo("d41d8cd98f00b204e9800998ecf8427e"));
            Assert.That(seen["ObjectRemoved:DeleteMarkerCreated"].GetProperty("versionId").GetString(), Is.EqualTo(marker.VersionId));
            Assert.That(seen["ObjectRemoved:Delete"].GetProperty("versionId").GetString(), Is.EqualTo(put.VersionId));
            Assert.That(seen["ObjectRemoved:DeleteMarkerCreated"].GetProperty("sequencer").GetString(), Is.GreaterThan(seen["ObjectCreated:Put"].GetProperty("sequencer").GetString()!));
        });
    }

    [Test]
    public async Task Only_keys_that_fit_the_filter_call_the_function()
    {
        await S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = TheBucket,
            LambdaFunctionConfigurations = [new() { FunctionArn = FunctionArn, Events = [EventType.ObjectCreatedAll], Filter = new() { S3KeyFilter = new() { FilterRules = [new() { Name = "prefix", Value = "in/" }, new() { Name = "suffix", Value = ".txt" }] } } }],
        });
        foreach (var key in new[] { "in/a.png", "out/a.txt", "in/a.txt" }) await PutAsync(key);
        Assert.That((await NextAsync()).GetProperty("Records")[0].GetProperty("s3").GetProperty("object").GetProperty("key").GetString(), Is.EqualTo("in/a.txt"));
        var kept = (await S3.GetBucketNotificationAsync(TheBucket)).LambdaFunctionConfigurations.Single();
        Assert.That(kept.Filter.S3KeyFilter.FilterRules.Select(rule => $"{rule.Name}={rule.Value}"), Is.EqualTo(new[] { "Prefix=in/", "Suffix=.txt" }));
    }

    [Test]
    public async Task A_destination_must_be_there()
    {
        const string Absent = "arn:aws:lambda:us-east-1:000000000000:function:absent";
        var body = $"<NotificationConfiguration><CloudFunctionConfiguration><CloudFunction>{Absent}</CloudFunction><Event>s3:ObjectCreated:*</Event></CloudFunctionConfiguration></NotificationConfiguration>";
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}?notification", body)).Body, Does.Contain(
            $"<Code>InvalidArgument</Code><Message>Unable to validate the following destination configurations</Message><ArgumentName1>{Absent}, null</ArgumentName1><ArgumentValue1>Not authorized to invoke function [{Absent}]</ArgumentValue1>"));
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}?notification", body, ("x-amz-skip-destination-validation", "true"))).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}?notification", body.Replace(Absent, "nonsense", StringComparison.Ordinal))).Body, Does.Contain("<Message>The ARN could not be parsed</Message><ArgumentName>CloudFunction</ArgumentName><ArgumentValue>nonsense</ArgumentValue>"));
    }

    [Test]
    public async Task Queues_and_topics_are_refused_by_name()
    {
        var (response, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}?notification", "<NotificationConfiguration><QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration></NotificationConfiguration>");
        Assert.That((response.StatusCode, body.Contains("QueueConfiguration", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.NotImplemented, true)));
    }

    private Task SubscribeAsync(params string[] events) => S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
    {
        BucketName = TheBucket,
        LambdaFunctionConfigurations = [new() { Id = "the-id", FunctionArn = FunctionArn, Events = [.. events.Select(name => new EventType(name))] }],
    });

    private async Task<JsonElement> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _events.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The names of members in their order.</summary>
    private static string Shape(JsonElement value) => string.Join(' ', value.EnumerateObject().Select(member => member.Value.ValueKind == JsonValueKind.Object ? $"{member.Name}({Shape(member.Value)})" : member.Name));
}
