using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Tests.S3.Control;
using NUnit.Framework;

namespace Emulator.Tests.S3.AccessPoints;

/// <summary>Objects by the addresses of access points.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html")]
internal sealed class AccessPointAddressTests : S3ControlFixture
{
    private string _alias = "";

    [SetUp]
    public async Task CreateAsync() => _alias = await CreateAccessPointAsync("photos");

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_ARN_or_an_alias_stands_for_the_bucket(bool byArn)
    {
        var address = byArn ? ArnOf("photos") : _alias;
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = address, Key = "a/b c+d/메모", ContentBody = "data", TagSet = [new() { Key = "kind", Value = "note" }] });
        Assert.That(await GetTextAsync("a/b c+d/메모"), Is.EqualTo("data"));
        Assert.That(await GetTextAsync("a/b c+d/메모", get => get.BucketName = address), Is.EqualTo("data"));
        Assert.That((await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = address, Key = "a/b c+d/메모" })).Tagging.Select(tag => tag.Value), Is.EqualTo(new[] { "note" }));
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = address, Prefix = "a/" })).S3Objects.Select(one => one.Key), Is.EqualTo(new[] { "a/b c+d/메모" }));
        await S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = address, Objects = [new() { Key = "a/b c+d/메모" }] });
        Assert.That((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects ?? [], Is.Empty);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html")]
    public async Task An_upload_in_parts_tells_the_bucket_not_the_access_point()
    {
        var address = ArnOf("photos");
        var begun = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = address, Key = "parts" });
        var part = await S3.UploadPartAsync(new UploadPartRequest { BucketName = address, Key = "parts", UploadId = begun.UploadId, PartNumber = 1, InputStream = new MemoryStream(Encoding.UTF8.GetBytes("data")) });
        var done = await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = address, Key = "parts", UploadId = begun.UploadId, PartETags = [new(1, part.ETag)] });
        Assert.That((begun.BucketName, done.BucketName), Is.EqualTo((TheBucket, TheBucket)));
        Assert.That(await GetTextAsync("parts"), Is.EqualTo("data"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html")]
    public async Task A_copy_may_come_from_one_and_go_to_one()
    {
        await PutAsync("source +1", "data");
        await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = ArnOf("photos"), SourceKey = "source +1", DestinationBucket = TheBucket, DestinationKey = "by-arn" });
        await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = _alias, SourceKey = "source +1", DestinationBucket = ArnOf("photos"), DestinationKey = "by-alias" });
        Assert.That((await GetTextAsync("by-arn"), await GetTextAsync("by-alias")), Is.EqualTo(("data", "data")));
        var (response, _) = await SendAsync(HttpMethod.Put, $"/{TheBucket}/encoded", null,
            ("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), ("x-amz-copy-source", Uri.EscapeDataString($"{ArnOf("photos")}/object/source +1")));
        Assert.That((response.StatusCode, await GetTextAsync("encoded")), Is.EqualTo((HttpStatusCode.OK, "data")));
    }

    // Where an SDK is given an endpoint, it puts name and account before it.
    [TestCase("http://photos-000000000000.localhost:4566/key")]
    [TestCase("http://photos-000000000000.s3.localhost:4566/key")]
    [TestCase("http://photos-000000000000.s3-accesspoint.localhost:4566/key")]
    [TestCase("http://photos-000000000000.s3-accesspoint.us-east-1.amazonaws.com/key")]
    [TestCase("http://photos-000000000000.s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com/key")]
    public async Task Its_host_is_its_name_and_account(string uri)
    {
        await PutAsync("key", "data");
        var (response, body) = await SignedAsync(HttpMethod.Get, uri);
        Assert.That((response.StatusCode, body), Is.EqualTo((HttpStatusCode.OK, "data")));
    }

    [Test]
    public async Task A_bucket_of_such_a_name_comes_first_but_for_the_host_that_AWS_gives_to_access_points()
    {
        await PutAsync("key", "through");
        await S3.PutBucketAsync("photos-000000000000");
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = "photos-000000000000", Key = "key", ContentBody = "bucket" });
        Assert.That((await SignedAsync(HttpMethod.Get, "http://photos-000000000000.localhost:4566/key")).Body, Is.EqualTo("bucket"));
        Assert.That((await SignedAsync(HttpMethod.Get, "http://photos-000000000000.s3-accesspoint.us-east-1.amazonaws.com/key")).Body, Is.EqualTo("through"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html")]
    public async Task HeadBucket_tells_whether_the_name_is_an_alias()
    {
        foreach (var (name, isAlias) in new[] { (_alias, true), (TheBucket, false) })
        {
            Assert.That((await S3.HeadBucketAsync(new HeadBucketRequest { BucketName = name })).AccessPointAlias, Is.EqualTo(isAlias));
        }
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html")]
    public async Task It_opens_to_nobody_unsigned()
    {
        await PutAsync("key", "data");
        await PutPolicyAsync($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{TheBucket}}/*"}]}""");
        var (response, body) = await SendAsync(HttpMethod.Get, $"/{_alias}/key");
        Assert.That((response.StatusCode, body.Contains("<Code>AccessDenied</Code>")), Is.EqualTo((HttpStatusCode.Forbidden, true)));
        foreach (var address in new[] { _alias, ArnOf("photos") })
        {
            var presigned = S3.GetPreSignedURL(new GetPreSignedUrlRequest { BucketName = address, Key = "key", Expires = Aws.Clock.GetUtcNow().UtcDateTime.AddMinutes(5) });
            Assert.That((await SendAsync(HttpMethod.Get, presigned)).Body, Is.EqualTo("data"));
        }
    }

    [Test]
    public async Task Pages_may_read_through_it_by_the_buckets_rules()
    {
        await PutAsync("key", "data");
        await S3.PutCORSConfigurationAsync(TheBucket, new CORSConfiguration { Rules = [new() { AllowedMethods = ["GET"], AllowedOrigins = ["https://example.com"] }] });
        var host = "http://photos-000000000000.s3-accesspoint.us-east-1.amazonaws.com";
        var (preflight, _) = await SendAsync(HttpMethod.Options, host + "/key", null, ("Origin", "https://example.com"), ("Access-Control-Request-Method", "GET"));
        var (read, _) = await SignedAsync(HttpMethod.Get, host + "/key", ("Origin", "https://example.com"));
        foreach (var response in new[] { preflight, read }) Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "https://example.com" }));
    }

    [Test]
    public async Task What_is_not_for_objects_is_refused()
    {
        await FailsAsync(() => S3.GetBucketVersioningAsync(_alias), "MethodNotAllowed", "The specified method is not allowed against this resource.", HttpStatusCode.MethodNotAllowed);
        await FailsAsync(() => S3.DeleteBucketAsync(_alias), "MethodNotAllowed", "The specified method is not allowed against this resource.", HttpStatusCode.MethodNotAllowed);
    }

    [Test]
    public async Task What_is_absent_is_told()
    {
        await FailsAsync(() => S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "absent-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias" }), "InvalidAccessPointAliasError", "The specified access point alias name is not valid.", HttpStatusCode.BadRequest);
        await FailsAsync(() => S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = ArnOf("absent") }), "NoSuchAccessPoint", "The specified accesspoint does not exist", HttpStatusCode.NotFound);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html")]
    public async Task One_for_a_network_is_not_reached_from_without()
    {
        await CreateAccessPointAsync("inside", "<VpcConfiguration><VpcId>vpc-1a2b3c</VpcId></VpcConfiguration>");
        await FailsAsync(() => S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = ArnOf("inside") }), "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task A_fork_has_the_access_points_of_its_origin()
    {
        await PutAsync("key", "data");
        await using var fork = Aws.Fork();
        await ControlAsync(HttpMethod.Delete, "/accesspoint/photos");
        using var s3 = fork.CreateClient<AmazonS3Client>();
        using var response = await s3.GetObjectAsync(_alias, "key");
        Assert.That(response.ContentLength, Is.EqualTo(4));
    }

    private Task<(HttpResponseMessage Response, string Body)> SignedAsync(HttpMethod method, string uri, params (string Name, string Value)[] headers) => SendAsync(method, uri, null,
        [("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), .. headers]);
}
