using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>What those are told who may not.</summary>
internal sealed class RefusalTests : S3Fixture
{
    private AmazonS3Client _other = null!;

    protected override void Configure(AwsEmulatorOptions options) => options.Configuration = """
        iam: enforce
        s3: { newBuckets: { objectOwnership: ObjectWriter, blockPublicAccess: false } }
        """;

    [SetUp]
    public void Connect() => _other = Aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials("222222222222", "x"));

    [TearDown]
    public void Dispose() => _other.Dispose();

    [TestCase("GET", "/absent-bucket")]
    [TestCase("GET", "/absent-bucket/key")]
    [TestCase("PUT", "/absent-bucket/key")]
    [TestCase("DELETE", "/absent-bucket/key")]
    [TestCase("GET", "/absent-bucket?policy")]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html")]
    public async Task Everybody_is_told_that_a_bucket_is_not_there(string method, string path)
    {
        var (response, body) = await SendAsync(new(method), path, method == "PUT" ? "x" : null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(body, Does.Contain("<Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>absent-bucket</BucketName>"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_Permissions")]
    public async Task Who_may_list_a_bucket_is_told_that_a_key_is_not_there()
    {
        await PutAsync("present", "x");
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/absent")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicRead });
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/absent")).Body, Does.Contain("<Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>absent</Key>"));
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/present")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/absent", "x")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    [Source("https://github.com/ceph/s3-tests: test_head_object_404_with_policy_prefix")]
    public async Task Who_may_list_a_prefix_is_told_of_the_keys_below_it()
    {
        await S3.PutBucketPolicyAsync(TheBucket, $$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::{{{{TheBucket}}}}","Condition":{"StringLike":{"s3:prefix":"public/*"}}}]}""");
        Assert.That((await ErrorOf(() => _other.GetObjectMetadataAsync(TheBucket, "public/object"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await ErrorOf(() => _other.GetObjectMetadataAsync(TheBucket, "private/object"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html")]
    public async Task Who_may_not_list_a_bucket_is_told_its_region()
    {
        var (response, body) = await SendAsync(HttpMethod.Head, $"/{TheBucket}");
        Assert.That((response.StatusCode, response.Headers.GetValues("x-amz-bucket-region").Single(), body), Is.EqualTo((HttpStatusCode.Forbidden, "us-east-1", "")));
    }

    [Test]
    [Source("https://github.com/ceph/s3-tests: test_post_object_tags_anonymous_request")]
    public async Task Who_may_write_may_tag_what_he_writes_and_nothing_else()
    {
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicReadWrite });
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/new", "x", ("x-amz-tagging", "a=b"))).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await PutAsync("ours", "x");
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/ours?tagging", "<Tagging><TagSet/></Tagging>")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    [Observed("2026-02, recorded: test_put_bucket_policy_expected_bucket_owner, test_get_bucket_policy_invalid_account_id")]
    public async Task A_bucket_of_another_owner_than_expected_is_refused()
    {
        await FailsAsync(() => S3.GetObjectAsync(new GetObjectRequest { BucketName = TheBucket, Key = "key", ExpectedBucketOwner = "222222222222" }), "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
        await FailsAsync(() => S3.GetObjectAsync(new GetObjectRequest { BucketName = TheBucket, Key = "key", ExpectedBucketOwner = "abcd" }),
            "InvalidBucketOwnerAWSAccountID", "The value of the expected bucket owner parameter must be an AWS Account ID... [abcd]", HttpStatusCode.BadRequest);
    }

    [TestCase("GET", "/the-bucket/key", false)]
    [TestCase("HEAD", "/the-bucket/key", false)]
    [TestCase("DELETE", "/the-bucket/key", false)]
    [TestCase("GET", "/the-bucket/key?acl", false)]
    [TestCase("GET", "/the-bucket/key?tagging", false)]
    [TestCase("GET", "/the-bucket/key?retention", false)]
    [TestCase("POST", "/the-bucket/key?uploads", false)]
    [TestCase("GET", "/the-bucket", false)]
    [TestCase("HEAD", "/the-bucket", false)]
    [TestCase("GET", "/the-bucket?list-type=2", false)]
    [TestCase("GET", "/the-bucket?versions", false)]
    [TestCase("GET", "/the-bucket?uploads", false)]
    [TestCase("GET", "/the-bucket?location", false)]
    [TestCase("GET", "/the-bucket?acl", false)]
    [TestCase("GET", "/the-bucket?versioning", false)]
    [TestCase("GET", "/the-bucket?lifecycle", false)]
    [TestCase("GET", "/the-bucket?metrics", false)]
    [TestCase("DELETE", "/the-bucket", false)]
    [TestCase("PUT", "/the-bucket/key", false)]
    [TestCase("PUT", "/the-bucket/copy", true)]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html")]
    public async Task Every_operation_asks_whose_the_bucket_is(string method, string path, bool isCopy)
    {
        await PutAsync("key", "x");
        List<(string, string)> headers = [("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD")];
        headers.Add((isCopy ? "x-amz-source-expected-bucket-owner" : "x-amz-expected-bucket-owner", "222222222222"));
        if (isCopy) headers.Add(("x-amz-copy-source", "/the-bucket/key"));
        var (response, body) = await SendAsync(new(method), path, method == "PUT" ? "" : null, [.. headers]);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), body);
        if (method != "HEAD") Assert.That(body, Does.Contain("<Code>AccessDenied</Code><Message>Access Denied</Message>"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/ensure-object-ownership.html")]
    public async Task Who_writes_into_another_accounts_bucket_gives_his_object_to_whom_he_will()
    {
        var owner = (await S3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = TheBucket })).Owner!.Id;
        await S3.PutBucketPolicyAsync(TheBucket, $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::{{{TheBucket}}}/*","Condition":{"StringEquals":{"s3:x-amz-grant-full-control":"id={{{owner}}}" } } }]}""");
        Assert.That((await ErrorOf(() => _other.PutObjectAsync(new PutObjectRequest { BucketName = TheBucket, Key = "key", ContentBody = "x" }))).ErrorCode, Is.EqualTo("AccessDenied"));
        var put = new PutObjectRequest { BucketName = TheBucket, Key = "key", ContentBody = "x" };
        put.Headers["x-amz-grant-full-control"] = $"id={owner}";
        await _other.PutObjectAsync(put);
        Assert.That(await GetTextAsync("key"), Is.EqualTo("x"));
        // What the bucket's owner denies stays denied.
        await S3.PutBucketPolicyAsync(TheBucket, $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{TheBucket}}/*"},{"Effect":"Deny","Principal":"*","Action":"s3:PutObjectAcl","Resource":"arn:aws:s3:::{{TheBucket}}/*"}]}""");
        Assert.That((await ErrorOf(() => _other.PutObjectAsync(put))).ErrorCode, Is.EqualTo("AccessDenied"));
    }

    [Test]
    [Observed("2021 to 2023: https://github.com/aws/aws-sdk-cpp/issues/1575, https://github.com/scylladb/scylladb/issues/13425")]
    public async Task Nobody_begins_an_upload_in_parts()
    {
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicReadWrite });
        var (response, body) = await SendAsync(HttpMethod.Post, $"/{TheBucket}/key?uploads");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(body, Does.Contain("<Code>AccessDenied</Code><Message>Anonymous users cannot initiate multipart uploads.  Please authenticate.</Message>"));
    }
}
