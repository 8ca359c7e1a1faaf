using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Amazon.Runtime;
using Amazon.S3;
using NUnit.Framework;

namespace Emulator.Tests.S3.Upstream;

/// <summary>What the emulator in front does itself: who may what, what happened, who is told.</summary>
internal sealed class ForwardedAccessTests : UpstreamFixture
{
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();

    protected override string Yaml => $$"""
        iam: enforce
        credentials: known
        accounts:
          "000000000000":
            keys: [{ id: AKIAROOTEXAMPLE00001, secret: root }, { id: AKIAALICEEXAMPLE0001, secret: alice, user: alice }]
            users:
              alice: { policies: { some: { Statement: [{ Effect: Allow, Action: ['s3:GetObject', 's3:DeleteObject', 's3:GetObjectVersion'], Resource: 'arn:aws:s3:::{{TheBucket}}/alice/*' }, { Effect: Allow, Action: 's3:ListBucket', Resource: '*' }] } } }
          "333333333333": { keys: [{ id: AKIAOTHEREXAMPLE0001, secret: other }] }
        lambda: { functions: { on-event: {} } }
        s3:
          upstream: { {{Server}} }
          buckets:
            {{TheBucket}}:
              notifications: { function: on-event, events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] }
        """;

    protected override void Configure(AwsEmulatorOptions options)
    {
        base.Configure(options);
        options.Functions = functions => functions.Register<JsonElement>("on-event", (received, _) => _events.Writer.WriteAsync(received.Clone()).AsTask());
    }

    protected override AmazonS3Client CreateClient() => Client("AKIAROOTEXAMPLE00001", "root");

    private AmazonS3Client Client(string id, string secret) => Aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials(id, secret));

    [Test]
    public async Task Who_may_not_is_refused_before_the_server_hears_of_it()
    {
        await PutAsync("alice/a", "x");
        await PutAsync("secret", "x");
        var asked = There.Journal.Count;
        using var alice = Client("AKIAALICEEXAMPLE0001", "alice");
        using var other = Client("AKIAOTHEREXAMPLE0001", "other");
        using var wrong = Client("AKIAALICEEXAMPLE0001", "wrong");
        foreach (var (client, key, code) in new[] { (alice, "secret", "AccessDenied"), (other, "alice/a", "AccessDenied"), (wrong, "alice/a", "SignatureDoesNotMatch") })
        {
            Assert.That((await ErrorOf(() => client.GetObjectAsync(TheBucket, key))).ErrorCode, Is.EqualTo(code));
        }
        Assert.Multiple(async () =>
        {
            Assert.That((await Http.GetAsync($"/{TheBucket}/alice/a")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await other.ListBucketsAsync()).Buckets ?? [], Is.Empty);
            Assert.That(There.Journal.Count, Is.EqualTo(asked));
            Assert.That((await alice.GetObjectAsync(TheBucket, "alice/a")).HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task A_version_from_there_is_asked_for_as_a_version()
    {
        using var alice = Client("AKIAALICEEXAMPLE0001", "alice");
        var error = await ErrorOf(() => alice.GetObjectAsync(TheBucket, "alice/a", "3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY"));
        Assert.Multiple(() =>
        {
            Assert.That(There.Journal.Entries[^1], Has.Property("Operation").EqualTo("GetObject").And.Property("ErrorCode").EqualTo("InvalidArgument"));
            Assert.That(error.Message, Is.EqualTo("Invalid version id specified"));
        });
        Assert.That((await ErrorOf(() => alice.DeleteObjectAsync(TheBucket, "alice/a", "foreign"))).ErrorCode, Is.EqualTo("AccessDenied"));
    }

    [Test]
    public async Task Of_many_objects_those_are_deleted_that_one_may_delete()
    {
        await PutAsync("alice/a", "x");
        await PutAsync("secret", "x");
        using var alice = Client("AKIAALICEEXAMPLE0001", "alice");
        var error = Assert.ThrowsAsync<DeleteObjectsException>(() => alice.DeleteObjectsAsync(new() { BucketName = TheBucket, Objects = [new() { Key = "secret" }, new() { Key = "alice/a" }] }))!;
        Assert.Multiple(async () =>
        {
            Assert.That(error.Response.DeletedObjects.Single().Key, Is.EqualTo("alice/a"));
            Assert.That(error.Response.DeleteErrors.Single(), Has.Property("Key").EqualTo("secret").And.Property("Code").EqualTo("AccessDenied"));
            Assert.That(Keys((await S3There.ListObjectsV2Async(new() { BucketName = TheBucket })).S3Objects), Is.EqualTo(new[] { "secret" }));
        });
    }

    [Test]
    public async Task The_owner_that_is_expected_is_the_account_here()
    {
        await S3.ListObjectsV2Async(new() { BucketName = TheBucket, ExpectedBucketOwner = "000000000000" });
        Assert.That((await ErrorOf(() => S3.ListObjectsV2Async(new() { BucketName = TheBucket, ExpectedBucketOwner = "222222222222" }))).ErrorCode, Is.EqualTo("AccessDenied"));
    }

    [Test]
    public async Task Each_write_and_delete_is_told_to_the_functions_of_emulator_yaml()
    {
        await S3.PutBucketVersioningAsync(new() { BucketName = TheBucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        var put = await PutAsync("a b", "something");
        var copy = await S3.CopyObjectAsync(TheBucket, "a b", TheBucket, "b");
        var upload = await S3.InitiateMultipartUploadAsync(TheBucket, "c");
        var part = await S3.UploadPartAsync(new() { BucketName = TheBucket, Key = "c", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream([1, 2]) });
        var completed = await S3.CompleteMultipartUploadAsync(new() { BucketName = TheBucket, Key = "c", UploadId = upload.UploadId, PartETags = [new(1, part.ETag)] });
        var marker = await S3.DeleteObjectAsync(TheBucket, "b");
        await S3.DeleteObjectAsync(TheBucket, "b", copy.VersionId);
        await S3.DeleteObjectsAsync(new() { BucketName = TheBucket, Objects = [new() { Key = "c", VersionId = completed.VersionId }] });

        var told = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var record = (await _events.Reader.ReadAsync()).GetProperty("Records")[0];
            var s3Object = record.GetProperty("s3").GetProperty("object");
            told.Add($"{record.GetProperty("eventName")} {s3Object.GetProperty("key")} {Text(s3Object, "size")} {Text(s3Object, "eTag")} {Text(s3Object, "versionId")}");
        }
        Assert.That(told, Is.EquivalentTo(new[]
        {
            $"ObjectCreated:Put a+b 9 {put.ETag.Trim('"')} {put.VersionId}",
            $"ObjectCreated:Copy b 9 {copy.ETag.Trim('"')} {copy.VersionId}",
            $"ObjectCreated:CompleteMultipartUpload c 2 {completed.ETag.Trim('"')} {completed.VersionId}",
            $"ObjectRemoved:DeleteMarkerCreated b - d41d8cd98f00b204e9800998ecf8427e {marker.VersionId}",
            $"ObjectRemoved:Delete b - - {copy.VersionId}",
            $"ObjectRemoved:Delete c - - {completed.VersionId}",
        }));
    }

    [Test]
    public async Task The_journal_has_the_request_and_the_answer_the_servers_id()
    {
        var url = await S3.GetPreSignedURLAsync(new() { BucketName = TheBucket, Key = "a", Verb = HttpVerb.PUT, Expires = Aws.Clock.GetUtcNow().UtcDateTime.AddHours(1) });
        using var put = await Http.PutAsync(url, new StringContent("x"));
        Assert.Multiple(() =>
        {
            Assert.That(put.Headers.GetValues("x-emulator-upstream-request-id"), Is.EqualTo(new[] { There.Journal.Of("s3", "PutObject").Single().RequestId }));
            Assert.That(put.Headers.GetValues("x-amz-request-id"), Is.EqualTo(new[] { Aws.Journal.Of("s3", "PutObject").Single().RequestId }));
            Assert.That(Aws.Journal.Of("s3", "PutObject").Single(), Has.Property("Decision").EqualTo("Allowed").And.Property("Caller").EqualTo("arn:aws:iam::000000000000:root"));
        });
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "-";
}
