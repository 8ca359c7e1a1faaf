using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.S3.Buckets;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html")]
internal sealed class BucketTests : S3Fixture
{
    [Test]
    public async Task A_bucket_can_be_created_listed_found_and_deleted()
    {
        await S3.PutBucketAsync("another-bucket");
        var listed = await S3.ListBucketsAsync();
        Assert.That(listed.Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { "another-bucket", TheBucket }));

        var head = await S3.HeadBucketAsync(new HeadBucketRequest { BucketName = "another-bucket" });
        Assert.That(head.BucketRegion, Is.EqualTo("us-east-1"));

        await S3.DeleteBucketAsync("another-bucket");
        await FailsAsync(() => S3.DeleteBucketAsync("another-bucket"), "NoSuchBucket", "The specified bucket does not exist", HttpStatusCode.NotFound);
    }

    [TestCase("My-Bucket")]
    [TestCase("ab")]
    [TestCase("a..b")]
    [TestCase("-abc")]
    [TestCase("abc-")]
    [TestCase("192.168.5.4")]
    [TestCase("xn--abc")]
    [TestCase("abc-s3alias")]
    [TestCase("under_score")]
    [TestCase("a23456789012345678901234567890123456789012345678901234567890abcd")]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html")]
    public void A_name_against_the_rules_is_refused(string name) => Assert.That(BucketName.IsValid(name), Is.False);

    [TestCase("abc")]
    [TestCase("a.b-c")]
    [TestCase("1.2.3.4.5")]
    [TestCase("1.2.3")]
    [TestCase("docexamplebucket-1a1b2c3d4-5678-90ab-cdef-example11111aaaaaaaaa")]
    public void A_name_by_the_rules_is_taken(string name) => Assert.That(BucketName.IsValid(name), Is.True);

    [Test]
    public async Task A_wrong_name_is_named_in_the_error()
    {
        var (response, body) = await SendAsync(HttpMethod.Put, "/Upper", "", ("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body, Does.Contain("<Code>InvalidBucketName</Code><Message>The specified bucket is not valid.</Message><BucketName>Upper</BucketName>"));
    }

    [Test]
    [Observed("2024, recorded answers: create_bucket twice in us-east-1")]
    public async Task Creating_ones_own_bucket_again_succeeds_in_us_east_1_only()
    {
        Assert.That((await S3.PutBucketAsync(TheBucket)).HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var ireland = Client("eu-west-1");
        await ireland.PutBucketAsync(new PutBucketRequest { BucketName = "irish-bucket", UseClientRegion = true });
        await FailsAsync(() => ireland.PutBucketAsync(new PutBucketRequest { BucketName = "irish-bucket", UseClientRegion = true }), "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.", HttpStatusCode.Conflict);
    }

    [Test]
    public async Task A_name_is_one_account_s_alone()
    {
        using var stranger = Aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials("111111111111", "any"));
        await FailsAsync(() => stranger.PutBucketAsync(TheBucket), "BucketAlreadyExists",
            "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.", HttpStatusCode.Conflict);
        Assert.That((await stranger.ListBucketsAsync()).Buckets, Is.Null.Or.Empty);
    }

    [Test]
    [Observed("2024, recorded answers: test_different_location_constraint")]
    public async Task A_location_constraint_must_be_the_region_of_the_endpoint()
    {
        using var ireland = Client("eu-west-1");
        await FailsAsync(() => ireland.PutBucketAsync(new PutBucketRequest { BucketName = "no-constraint", UseClientRegion = false }), "IllegalLocationConstraintException",
            "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.", HttpStatusCode.BadRequest);
        await FailsAsync(() => ireland.PutBucketAsync(new PutBucketRequest { BucketName = "other-constraint", BucketRegionName = "us-west-1" }), "IllegalLocationConstraintException",
            "The us-west-1 location constraint is incompatible for the region specific endpoint this request was sent to.", HttpStatusCode.BadRequest);
        await FailsAsync(() => S3.PutBucketAsync(new PutBucketRequest { BucketName = "bad-constraint", BucketRegionName = "mars-1" }), "InvalidLocationConstraint",
            "The specified location-constraint is not valid", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task The_location_of_us_east_1_is_empty_and_of_other_regions_their_name()
    {
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = "western", BucketRegionName = "us-west-2" });
        Assert.That((await S3.GetBucketLocationAsync(TheBucket)).Location.Value, Is.EqualTo("").Or.EqualTo("us-east-1"));
        Assert.That((await S3.GetBucketLocationAsync("western")).Location.Value, Is.EqualTo("us-west-2"));
    }

    [Test]
    public async Task A_bucket_with_objects_is_not_deleted()
    {
        await PutAsync("key");
        await FailsAsync(() => S3.DeleteBucketAsync(TheBucket), "BucketNotEmpty", "The bucket you tried to delete is not empty", HttpStatusCode.Conflict);
        await S3.DeleteObjectAsync(TheBucket, "key");
        await S3.DeleteBucketAsync(TheBucket);
    }

    [Test]
    public async Task A_bucket_made_anew_has_nothing_of_the_old_one()
    {
        await S3.PutBucketTaggingAsync(TheBucket, [new Tag { Key = "a", Value = "b" }]);
        await S3.InitiateMultipartUploadAsync(TheBucket, "unfinished");
        await S3.DeleteBucketAsync(TheBucket);
        await S3.PutBucketAsync(TheBucket);
        Assert.That((await S3.ListMultipartUploadsAsync(TheBucket)).MultipartUploads, Is.Null.Or.Empty);
        Assert.That((await ErrorOf(() => S3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = TheBucket }))).ErrorCode, Is.EqualTo("NoSuchTagSet"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html")]
    public async Task Buckets_are_listed_in_pages_by_prefix_and_by_region()
    {
        for (var i = 0; i < 5; i++) await S3.PutBucketAsync($"page-{i}");
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = "page-west", BucketRegionName = "us-west-2" });

        var first = await S3.ListBucketsAsync(new ListBucketsRequest { MaxBuckets = 2, Prefix = "page-" });
        var second = await S3.ListBucketsAsync(new ListBucketsRequest { MaxBuckets = 2, Prefix = "page-", ContinuationToken = first.ContinuationToken });
        var west = await S3.ListBucketsAsync(new ListBucketsRequest { BucketRegion = "us-west-2" });
        Assert.That(first.Buckets.Concat(second.Buckets).Select(bucket => bucket.BucketName), Is.EqualTo(new[] { "page-0", "page-1", "page-2", "page-3" }));
        Assert.That(west.Buckets.Single().BucketName, Is.EqualTo("page-west"));
    }

    [Test]
    [Observed("2024, recorded answers: get_bucket_policy with an expected bucket owner")]
    public async Task Another_owner_than_the_expected_one_is_refused()
    {
        await FailsAsync(() => S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, ExpectedBucketOwner = "999999999999" }), "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
        await FailsAsync(() => S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, ExpectedBucketOwner = "abcd" }), "InvalidBucketOwnerAWSAccountID",
            "The value of the expected bucket owner parameter must be an AWS Account ID... [abcd]", HttpStatusCode.BadRequest);
        await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, ExpectedBucketOwner = Aws.Account });
    }

    [Test]
    public async Task The_head_of_an_absent_bucket_has_no_body()
    {
        var (response, body) = await SendAsync(HttpMethod.Head, "/absent-bucket");
        Assert.That((response.StatusCode, body), Is.EqualTo((HttpStatusCode.NotFound, "")));
    }

    [Test]
    public async Task What_is_not_built_is_refused_by_name()
    {
        var error = await ErrorOf(() => S3.GetBucketAbacAsync(new GetBucketAbacRequest { BucketName = TheBucket }));
        Assert.That((error.ErrorCode, error.StatusCode), Is.EqualTo(("NotImplemented", HttpStatusCode.NotImplemented)));
        Assert.That(error.Message, Does.Contain("GetBucketAbac"));
    }

    private AmazonS3Client Client(string region) => Aws.CreateClient<AmazonS3Client>(config => config.RegionEndpoint = RegionEndpoint.GetBySystemName(region));
}
