using System.Net;
using Amazon;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Requests that come to another region than that of their bucket.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html")]
internal sealed class RegionTests : S3Fixture
{
    private static string Signed(string region) =>
        $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/{region}/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={new string('0', 64)}";

    [SetUp]
    public async Task MakeBucketsAsync()
    {
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = "western", BucketRegionName = "us-west-2" });
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = "frankfurt", BucketRegionName = "eu-central-1" });
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = "cape", BucketRegionName = "af-south-1" });
    }

    // The dash of regions of before 2014: https://github.com/yanganto/s3rs/issues/18
    [TestCase("GET", "http://s3.eu-west-1.amazonaws.com/western", "eu-west-1", "western", "us-west-2", "western.s3-us-west-2.amazonaws.com")]
    [TestCase("GET", "http://western.s3.us-east-1.amazonaws.com/key", "us-east-1", "western", "us-west-2", "western.s3-us-west-2.amazonaws.com")]
    [TestCase("PUT", "http://s3.amazonaws.com/frankfurt/key", "us-east-1", "frankfurt", "eu-central-1", "frankfurt.s3.eu-central-1.amazonaws.com")]
    [TestCase("GET", "http://the-bucket.s3.eu-west-1.amazonaws.com/key", "eu-west-1", "the-bucket", "us-east-1", "the-bucket.s3.amazonaws.com")]
    [TestCase("GET", "http://the-bucket.s3.dualstack.eu-west-1.amazonaws.com/key", null, "the-bucket", "us-east-1", "the-bucket.s3.amazonaws.com")]
    [TestCase("GET", "http://localhost:4566/western?versions", "us-east-1", "western", "us-west-2", "western.s3.us-west-2.localhost:4566")]
    [TestCase("GET", "http://frankfurt.s3.us-east-1.localhost:4566/key", null, "frankfurt", "eu-central-1", "frankfurt.s3.eu-central-1.localhost:4566")]
    public async Task A_request_to_another_region_is_redirected(string method, string url, string? region, string bucket, string home, string endpoint)
    {
        var (response, body) = await SendAsync(new(method), url, null, Headers(region));
        Assert.That((int)response.StatusCode, Is.EqualTo(301));
        Assert.That(response.Headers.GetValues("x-amz-bucket-region"), Is.EqualTo(new[] { home }));
        Assert.That(response.Headers.Location, Is.Null);
        Assert.That(body, Does.Contain(
            "<Error><Code>PermanentRedirect</Code><Message>The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.</Message>"
            + $"<Endpoint>{endpoint}</Endpoint><Bucket>{bucket}</Bucket><RequestId>"));
    }

    [TestCase("http://frankfurt.s3.amazonaws.com/key", "us-east-1", "eu-central-1")]
    [TestCase("http://the-bucket.s3.us-east-1.amazonaws.com/key", "eu-west-1", "us-east-1")]
    [TestCase("http://s3.eu-central-1.localhost:4566/frankfurt", "us-east-1", "eu-central-1")]
    public async Task A_signature_for_another_region_than_that_of_the_endpoint_is_malformed(string url, string signed, string home)
    {
        var (response, body) = await SendAsync(HttpMethod.Get, url, null, Headers(signed));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(response.Headers.GetValues("x-amz-bucket-region"), Is.EqualTo(new[] { home }));
        Assert.That(body, Does.Contain($"<Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region '{signed}' is wrong; expecting '{home}'</Message><Region>{home}</Region>"));
    }

    [Test]
    [Source("https://github.com/boto/boto3/issues/2728")]
    public async Task Regions_since_2019_refuse_what_should_have_gone_to_another()
    {
        var (response, body) = await SendAsync(HttpMethod.Get, "http://localhost:4566/cape", null, Headers("us-east-1"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body, Does.Contain("<Code>IllegalLocationConstraintException</Code><Message>The af-south-1 location constraint is incompatible for the region specific endpoint this request was sent to.</Message>"));
    }

    [TestCase("http://localhost:4566/frankfurt", "eu-central-1")]
    [TestCase("http://frankfurt.s3.localhost:4566/", "eu-central-1")]
    [TestCase("http://frankfurt.s3.amazonaws.com/", "eu-central-1")]
    [TestCase("http://s3.eu-central-1.amazonaws.com/frankfurt", "eu-central-1")]
    [TestCase("http://s3-eu-central-1.amazonaws.com/frankfurt", "eu-central-1")]
    [TestCase("http://localhost:4566/frankfurt?location", "us-east-1")]
    [TestCase("http://s3.eu-west-1.amazonaws.com/frankfurt?location", "eu-west-1")]
    public async Task A_request_to_the_region_of_its_bucket_is_answered(string url, string region)
    {
        var (response, _) = await SendAsync(HttpMethod.Get, url, null, Headers(region));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_region_of_a_bucket_is_told_to_a_HEAD_from_anywhere()
    {
        var (response, body) = await SendAsync(HttpMethod.Head, "http://s3.eu-west-1.amazonaws.com/frankfurt");
        Assert.That(((int)response.StatusCode, response.Headers.GetValues("x-amz-bucket-region").Single(), body), Is.EqualTo((301, "eu-central-1", "")));
    }

    [Test]
    public async Task An_object_is_copied_from_another_region()
    {
        using var frankfurt = Aws.CreateClient<AmazonS3Client>(config => config.RegionEndpoint = RegionEndpoint.EUCentral1);
        await frankfurt.PutObjectAsync(new PutObjectRequest { BucketName = "frankfurt", Key = "key", ContentBody = "text" });
        await S3.CopyObjectAsync("frankfurt", "key", TheBucket, "copy");
        Assert.That((await S3.GetObjectMetadataAsync(TheBucket, "copy")).ContentLength, Is.EqualTo(4));
    }

    private static (string, string)[] Headers(string? region) =>
        region is null ? [] : [("Authorization", Signed(region)), ("x-amz-date", "20260101T000000Z"), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD")];
}
