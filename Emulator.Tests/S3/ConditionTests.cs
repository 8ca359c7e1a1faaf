using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html")]
[Observed("2024, recorded answers: preconditions of get_object, put_object, copy_object and complete_multipart_upload")]
internal sealed class ConditionTests : S3Fixture
{
    private const string NotMet = "At least one of the pre-conditions you specified did not hold";
    private const string ETag = "\"8d777f385d3dfec8815d20f7496026dc\"";

    [TestCase("If-Match", ETag, 200)]
    [TestCase("If-Match", "8d777f385d3dfec8815d20f7496026dc", 200)]
    [TestCase("If-Match", "\"other\"", 412)]
    [TestCase("If-Match", "*", 200)]
    [TestCase("If-None-Match", ETag, 304)]
    [TestCase("If-None-Match", "8d777f385d3dfec8815d20f7496026dc", 304)]
    [TestCase("If-None-Match", "\"other\"", 200)]
    [TestCase("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT", 200)]
    [TestCase("If-Modified-Since", "Mon, 01 Jan 2125 00:00:00 GMT", 200)]
    [TestCase("If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT", 412)]
    [TestCase("If-Unmodified-Since", "Mon, 01 Jan 2125 00:00:00 GMT", 200)]
    public async Task A_read_is_conditional(string header, string value, int status)
    {
        await PutAsync("key", "data");
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            var (response, body) = await SendAsync(method, $"/{TheBucket}/key", null, (header, value));
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            if (status == 412 && method == HttpMethod.Get) Assert.That(body, Does.Contain($"<Code>PreconditionFailed</Code><Message>{NotMet}</Message><Condition>{header}</Condition>"));
            if (status == 304) Assert.That((response.Headers.ETag!.Tag, body), Is.EqualTo((ETag, "")));
        }
    }

    [Test]
    public async Task The_moment_of_the_write_itself_counts_as_not_modified_since()
    {
        await PutAsync("key", "data");
        var (head, _) = await SendAsync(HttpMethod.Head, $"/{TheBucket}/key");
        var moment = head.Content.Headers.LastModified!.Value.ToString("R");
        Assert.That((int)(await SendAsync(HttpMethod.Get, $"/{TheBucket}/key", null, ("If-Modified-Since", moment))).Response.StatusCode, Is.EqualTo(304));
        Assert.That((int)(await SendAsync(HttpMethod.Get, $"/{TheBucket}/key", null, ("If-Unmodified-Since", moment))).Response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task ETags_outweigh_dates()
    {
        await PutAsync("key", "data");
        var (matched, _) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key", null, ("If-Match", ETag), ("If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"));
        var (unmatched, _) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key", null, ("If-None-Match", ETag), ("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"));
        Assert.That(((int)matched.StatusCode, (int)unmatched.StatusCode), Is.EqualTo((200, 304)));
    }

    [Test]
    public async Task A_write_may_ask_that_there_is_no_object()
    {
        await PutAsync("key", "one", put => put.IfNoneMatch = "*");
        await FailsAsync(() => PutAsync("key", "two", put => put.IfNoneMatch = "*"), "PreconditionFailed", NotMet, HttpStatusCode.PreconditionFailed);
        Assert.That(await GetTextAsync("key"), Is.EqualTo("one"));
        await FailsAsync(() => PutAsync("key", "two", put => put.IfNoneMatch = ETag), "NotImplemented", "A header you provided implies functionality that is not implemented", HttpStatusCode.NotImplemented);
    }

    [Test]
    public async Task A_write_may_ask_for_the_present_object()
    {
        await FailsAsync(() => PutAsync("key", "one", put => put.IfMatch = ETag), "NoSuchKey", "The specified key does not exist.", HttpStatusCode.NotFound);
        var put = await PutAsync("key", "one");
        await FailsAsync(() => PutAsync("key", "two", request => request.IfMatch = ETag), "PreconditionFailed", NotMet, HttpStatusCode.PreconditionFailed);
        await PutAsync("key", "two", request => request.IfMatch = put.ETag);
        Assert.That(await GetTextAsync("key"), Is.EqualTo("two"));
    }

    [Test]
    public async Task Of_many_writers_that_ask_for_no_object_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            try
            {
                await PutAsync("key", $"{i}", put => put.IfNoneMatch = "*");
                return true;
            }
            catch (Amazon.S3.AmazonS3Exception error) when (error.ErrorCode == "PreconditionFailed")
            {
                return false;
            }
        }));
        Assert.That(results.Count(won => won), Is.EqualTo(1));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html")]
    public async Task A_delete_may_ask_for_the_present_object()
    {
        var put = await PutAsync("key", "one");
        await FailsAsync(() => S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = TheBucket, Key = "key", IfMatch = ETag }), "PreconditionFailed", NotMet, HttpStatusCode.PreconditionFailed);
        await S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = TheBucket, Key = "key", IfMatch = put.ETag });
        Assert.That((await ErrorOf(() => S3.GetObjectAsync(TheBucket, "key"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html")]
    public async Task A_delete_that_asks_for_an_object_fails_where_there_is_none()
    {
        await FailsAsync(() => DeleteAsync("key", "*"), "NoSuchKey", "The specified key does not exist.", HttpStatusCode.NotFound);
        var put = await PutAsync("key", "one");
        await DeleteAsync("key", "*");

        await PutAsync("key", "one");
        var refused = Assert.ThrowsAsync<DeleteObjectsException>(() => S3.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = TheBucket,
            Objects = [new() { Key = "key", ETag = ETag }, new() { Key = "absent", ETag = "*" }, new() { Key = "key", ETag = put.ETag }],
        }))!.Response;
        Assert.That(refused.DeleteErrors.Select(error => (error.Key, error.Code)), Is.EqualTo(new[] { ("key", "PreconditionFailed"), ("absent", "NoSuchKey") }));
        Assert.That(refused.DeletedObjects.Single().Key, Is.EqualTo("key"));

        Task DeleteAsync(string key, string match) => S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = TheBucket, Key = key, IfMatch = match });
    }

    [TestCase("x-amz-if-match-last-modified-time", "Mon, 01 Jan 2001 00:00:00 GMT")]
    [TestCase("x-amz-if-match-size", "1")]
    [Observed("2026, recorded answers: TestS3DeletePrecondition")]
    public async Task Conditions_of_directory_buckets_are_refused(string header, string value)
    {
        await PutAsync("key", "one");
        var (response, body) = await SendAsync(HttpMethod.Delete, $"/{TheBucket}/key", null, (header, value));
        Assert.That((int)response.StatusCode, Is.EqualTo(501));
        Assert.That(body, Does.Contain($"<Code>NotImplemented</Code><Message>A header you provided implies functionality that is not implemented</Message><Header>{header}</Header>"));
    }

    [Test]
    public async Task A_completion_conflicts_with_what_happened_to_the_key_since_the_upload_began()
    {
        var put = await PutAsync("key", "data");
        var upload = await S3.InitiateMultipartUploadAsync(TheBucket, "key");
        var part = await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = "key", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream([1]) });
        Task CompleteAsync(string? match, string? noneMatch) => S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = TheBucket,
            Key = "key",
            UploadId = upload.UploadId,
            PartETags = [new(1, part.ETag)],
            IfMatch = match,
            IfNoneMatch = noneMatch,
        });

        await FailsAsync(() => CompleteAsync(null, "*"), "PreconditionFailed", NotMet, HttpStatusCode.PreconditionFailed);
        await S3.DeleteObjectAsync(TheBucket, "key");
        await FailsAsync(() => CompleteAsync(null, "*"), "ConditionalRequestConflict", "The conditional request cannot succeed due to a conflicting operation against this resource.", HttpStatusCode.Conflict);
        await FailsAsync(() => CompleteAsync(put.ETag, null), "NoSuchKey", "The specified key does not exist.", HttpStatusCode.NotFound);
        await PutAsync("key", "data");
        await FailsAsync(() => CompleteAsync(put.ETag, null), "ConditionalRequestConflict", "The conditional request cannot succeed due to a conflicting operation against this resource.", HttpStatusCode.Conflict);
        await CompleteAsync(null, null);
    }
}
