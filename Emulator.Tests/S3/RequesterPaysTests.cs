using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>A bucket that everybody may read, if only he pays.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html")]
internal sealed class RequesterPaysTests : S3Fixture
{
    private AmazonS3Client _other = null!;

    protected override void Configure(AwsEmulatorOptions options) => options.Iam = IamEnforcement.Enforce;

    [SetUp]
    public async Task ShareAsync()
    {
        _other = Aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials("222222222222", "x"));
        await PutPolicyAsync($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::{{TheBucket}}","arn:aws:s3:::{{TheBucket}}/*"]}]}""");
        await PutAsync("key", "shared");
        await S3.PutBucketRequestPaymentAsync(new PutBucketRequestPaymentRequest { BucketName = TheBucket, RequestPaymentConfiguration = new RequestPaymentConfiguration { Payer = "Requester" } });
    }

    [TearDown]
    public void Dispose() => _other.Dispose();

    [Test]
    public async Task Another_account_must_say_that_it_pays()
    {
        await FailsAsync(() => _other.GetObjectAsync(TheBucket, "key"), "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
        await FailsAsync(() => _other.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket }), "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
        await FailsAsync(() => _other.PutObjectAsync(new PutObjectRequest { BucketName = TheBucket, Key = "new" }), "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
        var got = await _other.GetObjectAsync(new GetObjectRequest { BucketName = TheBucket, Key = "key", RequestPayer = RequestPayer.Requester });
        Assert.That(got.RequestCharged, Is.EqualTo(RequestCharged.Requester));
        var listed = await _other.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, RequestPayer = RequestPayer.Requester });
        Assert.That((listed.KeyCount, listed.RequestCharged), Is.EqualTo(((int?)1, RequestCharged.Requester)));
    }

    [Test]
    public async Task The_owner_pays_for_himself()
    {
        var got = await S3.GetObjectAsync(TheBucket, "key");
        Assert.That((got.HttpStatusCode, got.RequestCharged), Is.EqualTo((HttpStatusCode.OK, (RequestCharged?)null)));
    }

    [TestCase("GET")]
    [TestCase("HEAD")]
    [TestCase("PUT")]
    public async Task Nobody_cannot_pay(string method) =>
        Assert.That((await SendAsync(new(method), $"/{TheBucket}/key", method == "PUT" ? "x" : null, ("x-amz-request-payer", "requester"))).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html")]
    public async Task A_presigned_URL_says_it_in_its_query()
    {
        using var client = Aws.CreateHttpClient();
        var silent = await _other.GetPreSignedURLAsync(new GetPreSignedUrlRequest { BucketName = TheBucket, Key = "key", Expires = DateTime.UtcNow.AddMinutes(5) });
        Assert.That((await client.GetAsync(silent)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        var paying = new GetPreSignedUrlRequest { BucketName = TheBucket, Key = "key", Expires = DateTime.UtcNow.AddMinutes(5) };
        paying.Parameters.Add("x-amz-request-payer", "requester");
        var answer = await client.GetAsync(await _other.GetPreSignedURLAsync(paying));
        Assert.That((answer.StatusCode, answer.Headers.GetValues("x-amz-request-charged").Single()), Is.EqualTo((HttpStatusCode.OK, "requester")));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html")]
    public async Task The_source_of_a_copy_is_paid_for_too()
    {
        await _other.PutBucketAsync("other-bucket");
        var copy = new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "key", DestinationBucket = "other-bucket", DestinationKey = "copy" };
        Assert.That((await ErrorOf(() => _other.CopyObjectAsync(copy))).ErrorCode, Is.EqualTo("AccessDenied"));
        copy.RequestPayer = RequestPayer.Requester;
        Assert.That((await _other.CopyObjectAsync(copy)).RequestCharged, Is.EqualTo(RequestCharged.Requester));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html")]
    public async Task It_is_no_website()
    {
        await S3.PutBucketWebsiteAsync(TheBucket, new WebsiteConfiguration { IndexDocumentSuffix = "key" });
        Assert.That((await SendAsync(HttpMethod.Get, $"http://{TheBucket}.s3-website.localhost:4566/")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
