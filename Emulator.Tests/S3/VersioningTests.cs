using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html")]
[Observed("2026, recorded answers: versions, delete markers, suspended versioning")]
internal sealed class VersioningTests : VersioningFixture
{
    private const string NotAllowed = "The specified method is not allowed against this resource.";
    private const string NoSuchKey = "The specified key does not exist.";

    [Test]
    public async Task A_bucket_has_no_status_until_one_is_set()
    {
        await S3.PutBucketAsync("other-bucket");
        Assert.That((await S3.GetBucketVersioningAsync("other-bucket")).VersioningConfig.Status, Is.EqualTo(VersionStatus.Off));
        Assert.That((await S3.GetBucketVersioningAsync(TheBucket)).VersioningConfig.Status, Is.EqualTo(VersionStatus.Enabled));
        await SetAsync(VersionStatus.Suspended);
        Assert.That((await S3.GetBucketVersioningAsync(TheBucket)).VersioningConfig.Status, Is.EqualTo(VersionStatus.Suspended));
    }

    [TestCase("<Status>enabled</Status>", "MalformedXML")]
    [TestCase("<Status>Disabled</Status>", "MalformedXML")]
    [TestCase("", "IllegalVersioningConfigurationException")]
    [TestCase("<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>", "NotImplemented")]
    public async Task A_status_is_Enabled_or_Suspended(string content, string code)
    {
        var (_, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}?versioning", $"<VersioningConfiguration>{content}</VersioningConfiguration>");
        Assert.That(body, Does.Contain($"<Code>{code}</Code>"));
    }

    [Test]
    public async Task Each_write_makes_a_version_with_an_id_of_32_characters()
    {
        var one = await PutVersionAsync("key", "one");
        var two = await PutVersionAsync("key", "two");
        Assert.That(one, Does.Match("^[A-Za-z0-9._]{32}$"));
        Assert.That(one, Is.Not.EqualTo(two));
        Assert.That(await GetTextAsync("key"), Is.EqualTo("two"));
        Assert.That(await GetTextAsync("key", get => get.VersionId = one), Is.EqualTo("one"));
        using var got = await S3.GetObjectAsync(TheBucket, "key");
        Assert.That(got.VersionId, Is.EqualTo(two));
        Assert.That((await S3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = TheBucket, Key = "key", VersionId = one })).VersionId, Is.EqualTo(one));
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { $"key {two}*", $"key {one}" }));
    }

    [Test]
    public async Task A_version_id_is_not_given_again_while_the_clock_stands_still()
    {
        Aws.Clock.Freeze();
        var gone = await PutVersionAsync("key", "one");
        await DeleteAsync("key", gone);
        Assert.That(await PutVersionAsync("key", "two"), Is.Not.EqualTo(gone));
        await FailsAsync(() => GetAsync("key", get => get.VersionId = gone), "NoSuchVersion", NoSuchVersion, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_deletion_makes_a_delete_marker_that_hides_the_key()
    {
        var put = await PutVersionAsync("key", "data");
        var deleted = await DeleteAsync("key");
        Assert.That(deleted.DeleteMarker, Is.EqualTo("true"));
        var (response, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key");
        Assert.That((response.StatusCode, Header(response, "x-amz-delete-marker"), Header(response, "x-amz-version-id")), Is.EqualTo((HttpStatusCode.NotFound, "true", deleted.VersionId)));
        Assert.That(body, Does.Contain($"<Code>NoSuchKey</Code><Message>{NoSuchKey}</Message><Key>key</Key>"));
        Assert.That(await GetTextAsync("key", get => get.VersionId = put), Is.EqualTo("data"));
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).KeyCount, Is.Zero);
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { $"key {deleted.VersionId}*-", $"key {put}" }));

        Assert.That((await DeleteAsync("never-there")).DeleteMarker, Is.EqualTo("true"));
        Assert.That((await DeleteAsync("key")).VersionId, Is.Not.EqualTo(deleted.VersionId), "a marker upon a marker");
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html")]
    public async Task A_delete_marker_can_only_be_deleted()
    {
        await PutAsync("key", "data");
        var marker = (await DeleteAsync("key")).VersionId;
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            var (response, body) = await SendAsync(method, $"/{TheBucket}/key?versionId={marker}");
            Assert.That((response.StatusCode, Header(response, "x-amz-delete-marker"), Header(response, "Allow")), Is.EqualTo((HttpStatusCode.MethodNotAllowed, "true", "DELETE")));
            Assert.That(response.Content.Headers.LastModified, Is.Not.Null);
            Assert.That(body, method == HttpMethod.Head ? Is.Empty : Does.Contain($"<Code>MethodNotAllowed</Code><Message>{NotAllowed}</Message><Method>GET</Method><ResourceType>DeleteMarker</ResourceType>"));
        }
        var deleted = await DeleteAsync("key", marker);
        Assert.That((deleted.DeleteMarker, deleted.VersionId), Is.EqualTo(("true", marker)));
        Assert.That(await GetTextAsync("key"), Is.EqualTo("data"), "what it hid is there again");
    }

    [Test]
    public async Task A_version_is_deleted_for_good_and_the_next_older_one_takes_its_place()
    {
        var one = await PutVersionAsync("key", "one");
        var two = await PutVersionAsync("key", "two");
        var three = await PutVersionAsync("key", "three");
        var deleted = await DeleteAsync("key", three);
        Assert.That((deleted.DeleteMarker, deleted.VersionId), Is.EqualTo(((string?)null, three)));
        Assert.That(await GetTextAsync("key"), Is.EqualTo("two"));
        await DeleteAsync("key", one);
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { $"key {two}*" }));
        await FailsAsync(() => GetAsync("key", get => get.VersionId = three), "NoSuchVersion", NoSuchVersion, HttpStatusCode.NotFound);
        Assert.That((await DeleteAsync("key", three)).VersionId, Is.EqualTo(three), "again is no error");
        await DeleteAsync("key", two);
        Assert.That(await VersionsAsync(), Is.Empty);
    }

    [Test]
    public async Task What_is_no_version_id_is_told_from_a_version_that_is_not_there()
    {
        var id = await PutVersionAsync("key", "data");
        const string Invalid = "Invalid version id specified";
        foreach (var versionId in new[] { NeverGiven, "x", id[..31] + (id[31] == 'a' ? 'b' : 'a') })
        {
            await FailsAsync(() => GetAsync("key", get => get.VersionId = versionId), "InvalidArgument", Invalid, HttpStatusCode.BadRequest);
            await FailsAsync(() => DeleteAsync("key", versionId), "InvalidArgument", Invalid, HttpStatusCode.BadRequest);
        }
        await FailsAsync(() => GetAsync("other", get => get.VersionId = id), "NoSuchVersion", NoSuchVersion, HttpStatusCode.NotFound);
        await FailsAsync(() => GetAsync("key", get => get.VersionId = "null"), "NoSuchVersion", NoSuchVersion, HttpStatusCode.NotFound);
        var (_, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key?versionId=");
        Assert.That(body, Does.Contain("<Message>Version id cannot be the empty string</Message><ArgumentName>versionId</ArgumentName><ArgumentValue></ArgumentValue>"));
        (_, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/other?versionId={id}");
        Assert.That(body, Does.Contain($"<Code>NoSuchVersion</Code><Message>{NoSuchVersion}</Message><Key>other</Key><VersionId>{id}</VersionId>"));
    }

    [Test]
    public async Task An_object_from_before_versioning_is_the_null_version()
    {
        await S3.PutBucketAsync("other-bucket");
        var put = await S3.PutObjectAsync(new PutObjectRequest { BucketName = "other-bucket", Key = "key", ContentBody = "before" });
        using (var before = await S3.GetObjectAsync(new GetObjectRequest { BucketName = "other-bucket", Key = "key", VersionId = "null" }))
        {
            Assert.That((put.VersionId, before.VersionId), Is.EqualTo(((string?)null, (string?)null)), "nothing is told of versions");
        }
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = "other-bucket", VersioningConfig = new() { Status = VersionStatus.Enabled } });
        using (var after = await S3.GetObjectAsync("other-bucket", "key")) Assert.That(after.VersionId, Is.EqualTo("null"));
        var second = await S3.PutObjectAsync(new PutObjectRequest { BucketName = "other-bucket", Key = "key", ContentBody = "after" });
        var versions = (await S3.ListVersionsAsync("other-bucket")).Versions;
        Assert.That(versions.Select(one => one.VersionId), Is.EqualTo(new[] { second.VersionId, "null" }));
        using var old = await S3.GetObjectAsync(new GetObjectRequest { BucketName = "other-bucket", Key = "key", VersionId = "null" });
        Assert.That(new StreamReader(old.ResponseStream).ReadToEnd(), Is.EqualTo("before"));
    }

    [Test]
    public async Task With_suspended_versioning_a_write_replaces_the_null_version_only()
    {
        var one = await PutVersionAsync("key", "one");
        await SetAsync(VersionStatus.Suspended);
        Assert.That((await PutAsync("key", "null-1")).VersionId, Is.Null, "PutObject does not tell it");
        await PutAsync("key", "null-2");
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "key null*", $"key {one}" }));
        Assert.That((await S3.CopyObjectAsync(TheBucket, "key", TheBucket, "copy")).VersionId, Is.EqualTo("null"), "CopyObject does");

        var marker = await DeleteAsync("key");
        Assert.That((marker.DeleteMarker, marker.VersionId), Is.EqualTo(("true", "null")));
        Assert.That(await VersionsAsync(list => list.Prefix = "key"), Is.EqualTo(new[] { "key null*-", $"key {one}" }));
        await PutAsync("key", "null-3");
        Assert.That(await VersionsAsync(list => list.Prefix = "key"), Is.EqualTo(new[] { "key null*", $"key {one}" }));

        await SetAsync(VersionStatus.Enabled);
        var two = await PutVersionAsync("key", "two");
        Assert.That(await VersionsAsync(list => list.Prefix = "key"), Is.EqualTo(new[] { $"key {two}*", "key null", $"key {one}" }));
        await SetAsync(VersionStatus.Suspended);
        await PutAsync("key", "null-4");
        Assert.That(await VersionsAsync(list => list.Prefix = "key"), Is.EqualTo(new[] { "key null*", $"key {two}", $"key {one}" }), "the null version moves to the top");
        Assert.That((await DeleteAsync("key", "null")).VersionId, Is.EqualTo("null"));
        Assert.That(await GetTextAsync("key"), Is.EqualTo("two"));
    }

    [Test]
    public async Task Keys_are_deleted_together_each_by_its_version_or_by_a_marker()
    {
        var one = await PutVersionAsync("a", "one");
        var answer = await S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = [new() { Key = "a" }, new() { Key = "absent" }] });
        Assert.That(answer.DeletedObjects.Select(done => (done.Key, done.DeleteMarker, done.VersionId)), Is.EqualTo(new[] { ("a", (bool?)true, (string?)null), ("absent", true, null) }));
        var marker = answer.DeletedObjects[0].DeleteMarkerVersionId;
        answer = await S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = [new() { Key = "a", VersionId = marker }, new() { Key = "a", VersionId = one }] });
        Assert.That(answer.DeletedObjects.Select(done => (done.VersionId, done.DeleteMarker, done.DeleteMarkerVersionId)), Is.EqualTo(new[] { (marker, (bool?)true, marker), (one, null, (string?)null) }));
        Assert.That(await VersionsAsync(list => list.Prefix = "a "), Is.Empty);

        var refused = Assert.ThrowsAsync<DeleteObjectsException>(() => S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = TheBucket, Objects = [new() { Key = "a", VersionId = NeverGiven }] }))!;
        Assert.That(refused.Response.DeleteErrors.Select(error => (error.Code, error.Message, error.VersionId)), Is.EqualTo(new[] { ("NoSuchVersion", NoSuchVersion, NeverGiven) }));
    }

    [Test]
    public async Task A_version_is_copied_by_its_id()
    {
        var one = await PutVersionAsync("key", "one");
        await PutVersionAsync("key", "two");
        var copied = await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "key", SourceVersionId = one, DestinationBucket = TheBucket, DestinationKey = "key" });
        Assert.That(copied.SourceVersionId, Is.EqualTo(one));
        Assert.That(await GetTextAsync("key"), Is.EqualTo("one"), "an old version restored");
        Assert.That((await VersionsAsync())[0], Is.EqualTo($"key {copied.VersionId}*"));

        var marker = (await DeleteAsync("key")).VersionId;
        await FailsAsync(() => S3.CopyObjectAsync(TheBucket, "key", TheBucket, "copy"), "NoSuchKey", NoSuchKey, HttpStatusCode.NotFound);
        await FailsAsync(() => S3.CopyObjectAsync(TheBucket, "key", marker, TheBucket, "copy"), "InvalidRequest",
            "The source of a copy request may not specifically refer to a delete marker by version id.", HttpStatusCode.BadRequest);

        var upload = await S3.InitiateMultipartUploadAsync(TheBucket, "parts");
        var part = await S3.CopyPartAsync(new CopyPartRequest { SourceBucket = TheBucket, SourceKey = "key", SourceVersionId = one, DestinationBucket = TheBucket, DestinationKey = "parts", UploadId = upload.UploadId, PartNumber = 1 });
        Assert.That(part.CopySourceVersionId, Is.EqualTo(one));
        var completed = await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = "parts", UploadId = upload.UploadId, PartETags = [new(1, part.ETag)] });
        Assert.That(await VersionsAsync(list => list.Prefix = "parts"), Is.EqualTo(new[] { $"parts {completed.VersionId}*" }));
    }

    [Test]
    public async Task Tags_are_of_a_version()
    {
        var one = await PutVersionAsync("key", "one");
        var two = await PutVersionAsync("key", "two");
        Assert.That((await TagAsync(one, "old")).VersionId, Is.EqualTo(one));
        Assert.That((await TagAsync(null, "new")).VersionId, Is.EqualTo(two));
        Assert.That(await TagOfAsync(one), Is.EqualTo("old"));
        Assert.That(await TagOfAsync(null), Is.EqualTo("new"));
        await S3.DeleteObjectTaggingAsync(new DeleteObjectTaggingRequest { BucketName = TheBucket, Key = "key", VersionId = one });
        Assert.That(await TagOfAsync(one), Is.Null);
        Assert.That(await GetTextAsync("key", get => get.VersionId = one), Is.EqualTo("one"));

        var marker = (await DeleteAsync("key")).VersionId;
        foreach (var version in new[] { marker, null })
        {
            await FailsAsync(() => TagAsync(version, "x"), "MethodNotAllowed", NotAllowed, HttpStatusCode.MethodNotAllowed);
            await FailsAsync(() => TagOfAsync(version), "MethodNotAllowed", NotAllowed, HttpStatusCode.MethodNotAllowed);
        }

        Task<PutObjectTaggingResponse> TagAsync(string? version, string value) =>
            S3.PutObjectTaggingAsync(new PutObjectTaggingRequest { BucketName = TheBucket, Key = "key", VersionId = version, Tagging = new() { TagSet = [new() { Key = "k", Value = value }] } });

        async Task<string?> TagOfAsync(string? version) =>
            (await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = TheBucket, Key = "key", VersionId = version })).Tagging?.FirstOrDefault()?.Value;
    }

    [Test]
    public async Task A_bucket_is_empty_when_its_versions_are_gone()
    {
        const string NotEmpty = "The bucket you tried to delete is not empty. You must delete all versions in the bucket.";
        var put = await PutVersionAsync("key", "data");
        var marker = (await DeleteAsync("key")).VersionId;
        await FailsAsync(() => S3.DeleteBucketAsync(TheBucket), "BucketNotEmpty", NotEmpty, HttpStatusCode.Conflict);
        await DeleteAsync("key", put);
        await FailsAsync(() => S3.DeleteBucketAsync(TheBucket), "BucketNotEmpty", NotEmpty, HttpStatusCode.Conflict);
        await DeleteAsync("key", marker);
        await S3.DeleteBucketAsync(TheBucket);
    }

    [Test]
    public async Task Conditions_of_writes_look_at_the_current_version()
    {
        var put = await PutAsync("key", "one");
        await FailsAsync(() => PutAsync("key", "two", request => request.IfNoneMatch = "*"), "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", HttpStatusCode.PreconditionFailed);
        await DeleteAsync("key");
        await FailsAsync(() => PutAsync("key", "two", request => request.IfMatch = put.ETag), "NoSuchKey", NoSuchKey, HttpStatusCode.NotFound);
        Assert.That((await PutAsync("key", "two", request => request.IfNoneMatch = "*")).VersionId, Is.Not.Null);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(",", values) : null;
}
