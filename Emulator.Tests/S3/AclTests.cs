using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Iam;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Access control lists, in a world whose new buckets take them.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html")]
internal sealed class AclTests : S3Fixture
{
    private const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";

    protected override void Configure(AwsEmulatorOptions options) => options.Configuration = """
        account: "111111111111"
        iam: enforce
        accounts: { "222222222222": { email: other@example.com, displayName: other } }
        s3: { newBuckets: { objectOwnership: ObjectWriter, blockPublicAccess: false } }
        """;

    [Test]
    [Observed("2026-02, recorded: test_s3_bucket_acl")]
    public async Task A_bucket_gives_to_its_owner_and_to_whom_its_list_names()
    {
        var owner = (await S3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = TheBucket })).Owner!.Id;
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicRead });
        var grants = (await S3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = TheBucket })).Grants!;
        Assert.That(grants.Select(grant => $"{grant.Grantee.CanonicalUser ?? grant.Grantee.URI} {grant.Permission.Value}"), Is.EqualTo(new[] { $"{owner} FULL_CONTROL", $"{AllUsers} READ" }));
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}")).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/a", "x")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicReadWrite });
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/a", "x")).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task An_object_is_public_where_its_own_list_says_so()
    {
        await PutAsync("open", "everybody's", put => put.CannedACL = S3CannedACL.PublicRead);
        await PutAsync("closed", "mine");
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/open")).Body, Is.EqualTo("everybody's"));
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/closed")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await S3.PutObjectAclAsync(new PutObjectAclRequest { BucketName = TheBucket, Key = "closed", ACL = S3CannedACL.AuthenticatedRead });
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/closed")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        using var other = Aws.CreateClient<AmazonS3Client>(new Amazon.Runtime.BasicAWSCredentials("222222222222", "x"));
        Assert.That((await other.GetObjectAsync(TheBucket, "closed")).HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions")]
    public async Task Who_began_an_upload_lists_its_parts_and_aborts_it()
    {
        using var other = Aws.CreateClient<AmazonS3Client>(new Amazon.Runtime.BasicAWSCredentials("222222222222", "x"));
        using var third = Aws.CreateClient<AmazonS3Client>(new Amazon.Runtime.BasicAWSCredentials("333333333333", "x"));
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicReadWrite });
        var upload = (await other.InitiateMultipartUploadAsync(TheBucket, "a")).UploadId;
        await FailsAsync(() => third.ListPartsAsync(TheBucket, "a", upload), "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
        Assert.That((await other.ListPartsAsync(TheBucket, "a", upload)).Initiator.DisplayName, Is.EqualTo("other"));
        await FailsAsync(() => third.AbortMultipartUploadAsync(TheBucket, "a", upload), "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
        await other.AbortMultipartUploadAsync(TheBucket, "a", upload);
        Assert.That((await S3.ListMultipartUploadsAsync(TheBucket)).MultipartUploads ?? [], Is.Empty);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html")]
    public async Task Who_writes_an_object_owns_it_until_ownership_is_enforced()
    {
        using var other = Aws.CreateClient<AmazonS3Client>(new Amazon.Runtime.BasicAWSCredentials("222222222222", "x"));
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicReadWrite });
        await other.PutObjectAsync(new PutObjectRequest { BucketName = TheBucket, Key = "theirs", ContentBody = "theirs" });
        await FailsAsync(() => S3.GetObjectAsync(TheBucket, "theirs"), "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
        await other.PutObjectAsync(new PutObjectRequest { BucketName = TheBucket, Key = "shared", ContentBody = "shared", CannedACL = S3CannedACL.BucketOwnerFullControl });
        Assert.That(await GetTextAsync("shared"), Is.EqualTo("shared"));
        await FailsAsync(EnforceAsync, "InvalidBucketAclWithObjectOwnership", "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting", HttpStatusCode.BadRequest);
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.Private });
        await EnforceAsync();
        Assert.That(await GetTextAsync("theirs"), Is.EqualTo("theirs"));
        await FailsAsync(() => S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicRead }), "AccessControlListNotSupported", "The bucket does not allow ACLs", HttpStatusCode.BadRequest);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html")]
    public async Task A_bucket_without_lists_takes_the_owners_full_control_alone()
    {
        await EnforceAsync();
        await PutAsync("key", "x", put => put.CannedACL = S3CannedACL.BucketOwnerFullControl);
        await FailsAsync(() => PutAsync("key", "x", put => put.CannedACL = S3CannedACL.Private), "AccessControlListNotSupported", "The bucket does not allow ACLs", HttpStatusCode.BadRequest);
        await FailsAsync(() => S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.Private }), "AccessControlListNotSupported", "The bucket does not allow ACLs", HttpStatusCode.BadRequest);
    }

    [TestCase("bucket-owner-read")]
    [TestCase("bucket-owner-full-control")]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl")]
    public async Task What_speaks_of_a_buckets_owner_is_ignored_when_one_is_created(string canned)
    {
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = "new-bucket", CannedACL = canned });
        var grants = (await S3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = "new-bucket" })).Grants;
        Assert.That(grants.Select(grant => grant.Permission), Is.EqualTo(new[] { S3Permission.FULL_CONTROL }));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html#API_CreateBucket_Errors")]
    public async Task Creating_a_bucket_of_us_east_1_again_resets_its_list()
    {
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicRead });
        await S3.PutBucketAsync(TheBucket);
        Assert.That((await S3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = TheBucket })).Grants, Has.Count.EqualTo(1));
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = TheBucket, CannedACL = S3CannedACL.PublicRead });
        Assert.That((await S3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = TheBucket })).Grants, Has.Count.EqualTo(2));
    }

    [Test]
    [Observed("until 2025-11, recorded: AWS told display names wherever it tells an owner")]
    public async Task An_account_is_told_by_its_display_name_where_it_declares_one()
    {
        using var other = Aws.CreateClient<AmazonS3Client>(new Amazon.Runtime.BasicAWSCredentials("222222222222", "x"));
        await S3.PutBucketAclAsync(new PutBucketAclRequest { BucketName = TheBucket, ACL = S3CannedACL.PublicReadWrite });
        await other.PutObjectAsync(new PutObjectRequest { BucketName = TheBucket, Key = "theirs", ContentBody = "" });
        await other.InitiateMultipartUploadAsync(TheBucket, "upload");
        await PutAsync("ours");

        var listed = (await S3.ListObjectsAsync(TheBucket)).S3Objects!;
        Assert.That(listed.Select(one => (one.Owner.Id, one.Owner.DisplayName)), Is.EqualTo(new[] { (CanonicalUser.IdOf("111111111111"), null), (CanonicalUser.IdOf("222222222222"), "other") }));
        var fetched = (await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, FetchOwner = true })).S3Objects!;
        Assert.That(fetched.Select(one => one.Owner.DisplayName), Is.EqualTo(new[] { null, "other" }));
        Assert.That((await S3.ListVersionsAsync(TheBucket)).Versions!.Select(one => one.Owner.DisplayName), Is.EqualTo(new[] { null, "other" }));
        var upload = (await S3.ListMultipartUploadsAsync(TheBucket)).MultipartUploads!.Single();
        Assert.That((upload.Owner.DisplayName, upload.Initiator.DisplayName), Is.EqualTo(("other", "other")));
        var parts = await S3.ListPartsAsync(TheBucket, "upload", upload.UploadId);
        Assert.That((parts.Owner.DisplayName, parts.Initiator.DisplayName), Is.EqualTo(("other", "other")));
        Assert.That((await other.ListBucketsAsync()).Owner.DisplayName, Is.EqualTo("other"));
    }

    [Test]
    public async Task A_blocked_public_list_is_refused_and_one_that_is_there_ignored()
    {
        await PutAsync("open", "x", put => put.CannedACL = S3CannedACL.PublicRead);
        await S3.PutPublicAccessBlockAsync(new PutPublicAccessBlockRequest { BucketName = TheBucket, PublicAccessBlockConfiguration = new PublicAccessBlockConfiguration { BlockPublicAcls = true, IgnorePublicAcls = true } });
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/open")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await ErrorOf(() => S3.PutObjectAclAsync(new PutObjectAclRequest { BucketName = TheBucket, Key = "open", ACL = S3CannedACL.PublicRead }))).ErrorCode, Is.EqualTo("AccessDenied"));
        Assert.That((await ErrorOf(() => PutAsync("new", "x", put => put.CannedACL = S3CannedACL.PublicRead))).ErrorCode, Is.EqualTo("AccessDenied"));
    }

    [TestCase("x-amz-acl", "fake-acl", "<Code>InvalidArgument</Code>")]
    [TestCase("x-amz-grant-write", "uri=\"http://acs.amazonaws.com/groups/s3/FakeGroup\"", "<Code>InvalidArgument</Code><Message>Invalid group uri</Message><ArgumentName>uri</ArgumentName>")]
    [TestCase("x-amz-grant-write", "fakekey=\"1234\"", "<Code>InvalidArgument</Code><Message>Argument format not recognized</Message><ArgumentName>x-amz-grant-write</ArgumentName><ArgumentValue>fakekey=&quot;1234&quot;</ArgumentValue>")]
    [TestCase("x-amz-grant-write", "id=\"wrong-id\"", "<Code>InvalidArgument</Code><Message>Invalid id</Message><ArgumentName>id</ArgumentName><ArgumentValue>wrong-id</ArgumentValue>")]
    [TestCase("x-amz-grant-read", "emailAddress=\"nobody@example.com\"", "<Code>UnresolvableGrantByEmailAddress</Code>")]
    [Observed("2026-02, recorded: test_s3_bucket_acl_exceptions")]
    public async Task A_header_that_names_nobody_is_refused(string header, string value, string error) =>
        Assert.That((await SendAclAsync(null, (header, value))).Body, Does.Contain(error));

    [TestCase("", "<Code>MissingSecurityHeader</Code><Message>Your request was missing a required header</Message><MissingHeaderName>x-amz-acl</MissingHeaderName>")]
    [TestCase("<AccessControlPolicy/>", "<Code>MalformedACLError</Code>")]
    [TestCase("<AccessControlPolicy><Owner><ID>wrong-id</ID></Owner><AccessControlList/></AccessControlPolicy>", "<Code>InvalidArgument</Code><Message>Invalid id</Message><ArgumentName>CanonicalUser/ID</ArgumentName>")]
    [Observed("2026-02, recorded: test_s3_bucket_acl_exceptions")]
    public async Task A_document_must_be_whole(string document, string error) => Assert.That((await SendAclAsync(document)).Body, Does.Contain(error));

    [Test]
    public async Task A_list_is_asked_for_in_one_way()
    {
        Assert.That((await SendAclAsync(null, ("x-amz-acl", "private"), ("x-amz-grant-read", $"uri={AllUsers}"))).Body, Does.Contain("<Message>Specifying both Canned ACLs and Header Grants is not allowed</Message>"));
        Assert.That((await SendAclAsync("<AccessControlPolicy/>", ("x-amz-acl", "private"))).Body, Does.Contain("<Code>UnexpectedContent</Code><Message>This request does not support content</Message>"));
    }

    [Test]
    public async Task An_account_may_be_named_by_its_address()
    {
        await SendAclAsync(null, ("x-amz-grant-read", "emailAddress=other@example.com"));
        var grant = (await S3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = TheBucket })).Grants!.Single();
        Assert.That((grant.Grantee.CanonicalUser, grant.Permission.Value), Is.EqualTo((CanonicalUser.IdOf("222222222222"), "READ")));
        using var other = Aws.CreateClient<AmazonS3Client>(new Amazon.Runtime.BasicAWSCredentials("222222222222", "x"));
        Assert.That((await other.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).KeyCount, Is.Zero);
    }

    private Task EnforceAsync() => S3.PutBucketOwnershipControlsAsync(new PutBucketOwnershipControlsRequest { BucketName = TheBucket, OwnershipControls = new OwnershipControls { Rules = [new OwnershipControlsRule { ObjectOwnership = ObjectOwnership.BucketOwnerEnforced }] } });

    private Task<(HttpResponseMessage Response, string Body)> SendAclAsync(string? document, params (string, string)[] headers) => SendAsync(HttpMethod.Put, $"/{TheBucket}?acl", document ?? "",
        [("Authorization", S3Signing.RootKey.Replace("000000000000", "111111111111")), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), .. headers]);
}
