using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Who owns objects, and what of public access a bucket blocks.</summary>
internal sealed class PublicAccessTests : S3Fixture
{
    private const string PublicPolicy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{TheBucket}}/*"}]}""";

    protected override void Configure(AwsEmulatorOptions options) => options.Iam = IamEnforcement.Enforce;

    [Test]
    [Observed("2026-02, recorded: test_crud_bucket_ownership_controls, test_bucket_ownership_controls_exc")]
    public async Task Ownership_is_enforced_until_it_is_set_otherwise()
    {
        Assert.That(await OwnershipAsync(TheBucket), Is.EqualTo("BucketOwnerEnforced"));
        await S3.PutBucketOwnershipControlsAsync(new PutBucketOwnershipControlsRequest { BucketName = TheBucket, OwnershipControls = new OwnershipControls { Rules = [new OwnershipControlsRule { ObjectOwnership = ObjectOwnership.ObjectWriter }] } });
        Assert.That(await OwnershipAsync(TheBucket), Is.EqualTo("ObjectWriter"));
        for (var i = 0; i < 2; i++) await S3.DeleteBucketOwnershipControlsAsync(new DeleteBucketOwnershipControlsRequest { BucketName = TheBucket });
        await FailsAsync(() => OwnershipAsync(TheBucket), "OwnershipControlsNotFoundError", "The bucket ownership controls were not found", HttpStatusCode.NotFound);
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = "preferred", ObjectOwnership = ObjectOwnership.BucketOwnerPreferred });
        Assert.That(await OwnershipAsync("preferred"), Is.EqualTo("BucketOwnerPreferred"));
        await FailsAsync(() => S3.PutBucketAsync(new PutBucketRequest { BucketName = "random", ObjectOwnership = new ObjectOwnership("RandomValue") }), "InvalidArgument", "Invalid x-amz-object-ownership header: RandomValue", HttpStatusCode.BadRequest);
        var two = new OwnershipControlsRule { ObjectOwnership = ObjectOwnership.ObjectWriter };
        await FailsAsync(() => S3.PutBucketOwnershipControlsAsync(new PutBucketOwnershipControlsRequest { BucketName = TheBucket, OwnershipControls = new OwnershipControls { Rules = [two, two] } }),
            "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", HttpStatusCode.BadRequest);
    }

    [Test]
    [Observed("2026-02, recorded: test_crud_public_access_block")]
    public async Task A_new_bucket_blocks_all_public_access()
    {
        var block = (await S3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = TheBucket })).PublicAccessBlockConfiguration;
        Assert.That((block.BlockPublicAcls, block.BlockPublicPolicy, block.IgnorePublicAcls, block.RestrictPublicBuckets), Is.EqualTo(((bool?)true, (bool?)true, (bool?)true, (bool?)true)));
        for (var i = 0; i < 2; i++) await S3.DeletePublicAccessBlockAsync(new DeletePublicAccessBlockRequest { BucketName = TheBucket });
        await FailsAsync(() => S3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = TheBucket }), "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", HttpStatusCode.NotFound);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html")]
    public async Task A_public_policy_is_refused_or_restricted()
    {
        await PutAsync("key", "public");
        await FailsAsync(() => S3.PutBucketPolicyAsync(TheBucket, PublicPolicy), "AccessDenied",
            $"User: arn:aws:iam::000000000000:root is not authorized to perform: s3:PutBucketPolicy on resource: \"arn:aws:s3:::{TheBucket}\" because public policies are blocked by the BlockPublicPolicy block public access setting.", HttpStatusCode.Forbidden);
        await BlockAsync(restrict: false);
        await S3.PutBucketPolicyAsync(TheBucket, PublicPolicy);
        Assert.That((await S3.GetBucketPolicyStatusAsync(new GetBucketPolicyStatusRequest { BucketName = TheBucket })).PolicyStatus.IsPublic, Is.True);
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/key")).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await BlockAsync(restrict: true);
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/key")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await GetTextAsync("key"), Is.EqualTo("public"));
    }

    [TestCase("""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*"}""", true)]
    [TestCase("""{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*"}""", true)]
    [TestCase("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*"}""", false)]
    [TestCase("""{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*"}""", false)]
    [TestCase("""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*","Condition":{"StringEquals":{"aws:SourceVpc":"vpc-91237329"}}}""", false)]
    [TestCase("""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*","Condition":{"StringLike":{"aws:SourceVpc":"vpc-*"}}}""", true)]
    [TestCase("""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/24"}}}""", false)]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status")]
    public async Task A_policy_is_public_until_it_names_fixed_values(string statement, bool isPublic)
    {
        await PutPolicyAsync($$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""");
        Assert.That((await S3.GetBucketPolicyStatusAsync(new GetBucketPolicyStatusRequest { BucketName = TheBucket })).PolicyStatus.IsPublic, Is.EqualTo(isPublic));
    }

    private Task BlockAsync(bool restrict) => S3.PutPublicAccessBlockAsync(new PutPublicAccessBlockRequest
    {
        BucketName = TheBucket,
        PublicAccessBlockConfiguration = new PublicAccessBlockConfiguration { BlockPublicPolicy = false, RestrictPublicBuckets = restrict },
    });

    private async Task<string> OwnershipAsync(string bucket) => (await S3.GetBucketOwnershipControlsAsync(new GetBucketOwnershipControlsRequest { BucketName = bucket })).OwnershipControls.Rules.Single().ObjectOwnership;
}
