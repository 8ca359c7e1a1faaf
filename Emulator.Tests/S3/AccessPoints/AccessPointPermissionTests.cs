using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Tests.S3.Control;
using NUnit.Framework;

namespace Emulator.Tests.S3.AccessPoints;

/// <summary>Who may what through an access point: what both it and its bucket allow.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html")]
internal sealed class AccessPointPermissionTests : S3ControlFixture
{
    private const string Delegation = $$"""{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"*","Resource":["arn:aws:s3:::{{TheBucket}}","arn:aws:s3:::{{TheBucket}}/*"],"Condition":{"StringEquals":{"s3:DataAccessPointAccount":"{{Account}}"} } }""";

    // Alice is of the account that owns everything, Bob of another.
    private const string World = """
        iam: enforce
        accounts:
          "000000000000":
            users: { alice: {} }
            keys: [{ id: AKIAALICEALICEALICEA, secret: alice-secret, user: alice }]
          "222222222222":
            users: { bob: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "s3:*", Resource: "*" } } } } }
            keys: [{ id: AKIABOBBOBBOBBOBBOBB, secret: bob-secret, user: bob }]
        """;

    private AmazonS3Client _alice = null!;
    private AmazonS3Client _bob = null!;

    protected override void Configure(AwsEmulatorOptions options) => options.Configuration = World;

    [SetUp]
    public async Task CreateAsync()
    {
        _alice = Aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials("AKIAALICEALICEALICEA", "alice-secret"));
        _bob = Aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials("AKIABOBBOBBOBBOBBOBB", "bob-secret"));
        await CreateAccessPointAsync("photos");
        await PutAsync("alice/key", "data");
        await PutAsync("bob/key", "data");
    }

    [TearDown]
    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
    }

    [Test]
    public async Task Its_policy_gives_what_the_bucket_leaves_to_it()
    {
        await PutPointPolicyAsync("photos", """{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:user/alice"},"Action":"s3:GetObject","Resource":"ARN/object/alice/*"}""");
        Assert.That(await MayReadAsync(_alice, ArnOf("photos"), "alice/key"), Is.False, "the bucket allows nothing");
        await PutBucketPolicyAsync(Delegation);
        Assert.That(await MayReadAsync(_alice, ArnOf("photos"), "alice/key"), Is.True);
        Assert.That(await MayReadAsync(_alice, ArnOf("photos"), "bob/key"), Is.False, "the access point does not allow it");
        Assert.That(await MayReadAsync(_alice, TheBucket, "alice/key"), Is.False, "the bucket leaves it to the access point");
    }

    [Test]
    public async Task Another_account_needs_both_policies()
    {
        await PutBucketPolicyAsync(Delegation);
        Assert.That(await MayReadAsync(_bob, ArnOf("photos"), "bob/key"), Is.False);
        await PutPointPolicyAsync("photos", """{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":["s3:GetObject","s3:ListBucket"],"Resource":["ARN","ARN/object/*"]}""");
        Assert.That(await MayReadAsync(_bob, ArnOf("photos"), "bob/key"), Is.True);
        Assert.That((await _bob.ListObjectsV2Async(new ListObjectsV2Request { BucketName = ArnOf("photos") })).KeyCount, Is.EqualTo(2));
        Assert.That(async () => await _bob.PutObjectAsync(new PutObjectRequest { BucketName = ArnOf("photos"), Key = "bob/new", ContentBody = "" }), Throws.TypeOf<AmazonS3Exception>());
    }

    [TestCase("s3:DataAccessPointArn", "arn:aws:s3:us-east-1:000000000000:accesspoint/photos")]
    [TestCase("s3:DataAccessPointAccount", "000000000000")]
    [TestCase("s3:AccessPointNetworkOrigin", "Internet")]
    public async Task A_bucket_may_demand_an_access_point(string key, string value)
    {
        await PutBucketPolicyAsync($$"""{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{TheBucket}}/*","Condition":{"StringNotEquals":{"{{key}}":"{{value}}"} } }""");
        Assert.That(await MayReadAsync(S3, TheBucket, "alice/key"), Is.False);
        Assert.That(await MayReadAsync(S3, ArnOf("photos"), "alice/key"), Is.True);
    }

    [Test]
    public async Task Its_policy_may_deny_what_the_bucket_allows()
    {
        await PutPointPolicyAsync("photos", """{"Effect":"Deny","Principal":"*","Action":["s3:GetObject","s3:DeleteObject"],"Resource":"ARN/object/bob/*"}""");
        Assert.That(await MayReadAsync(S3, ArnOf("photos"), "alice/key"), Is.True);
        Assert.That(await MayReadAsync(S3, ArnOf("photos"), "bob/key"), Is.False);
        Assert.That(await MayReadAsync(S3, TheBucket, "bob/key"), Is.True);

        var refused = Assert.ThrowsAsync<DeleteObjectsException>(() => S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = ArnOf("photos"), Objects = [new() { Key = "alice/key" }, new() { Key = "bob/key" }] }));
        Assert.That(refused!.Response.DeleteErrors.Select(error => (error.Key, error.Code)), Is.EqualTo(new[] { ("bob/key", "AccessDenied") }));

        Assert.That((await ErrorOf(() => S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = ArnOf("photos"), SourceKey = "bob/key", DestinationBucket = TheBucket, DestinationKey = "copy" }))).ErrorCode, Is.EqualTo("AccessDenied"));
        await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "bob/key", DestinationBucket = ArnOf("photos"), DestinationKey = "copy" });
    }

    [Test]
    public async Task Tags_of_the_object_are_known_to_its_policy()
    {
        await PutAsync("tagged", "data", put => put.TagSet = [new() { Key = "data", Value = "finance" }]);
        await PutBucketPolicyAsync(Delegation);
        await PutPointPolicyAsync("photos", """{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:user/alice"},"Action":"s3:GetObject","Resource":"ARN/object/*","Condition":{"StringEquals":{"s3:ExistingObjectTag/data":"finance"}}}""");
        Assert.That(await MayReadAsync(_alice, ArnOf("photos"), "tagged"), Is.True);
        Assert.That(await MayReadAsync(_alice, ArnOf("photos"), "alice/key"), Is.False);
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html")]
    public async Task Its_own_block_keeps_a_public_policy_to_its_account(bool restricts, bool mayRead)
    {
        await CreateAccessPointAsync("public", $"<PublicAccessBlockConfiguration><RestrictPublicBuckets>{(restricts ? "true" : "false")}</RestrictPublicBuckets></PublicAccessBlockConfiguration>");
        await PutPointPolicyAsync("public", """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"ARN/object/*"}""");
        await PutBucketPolicyAsync(Delegation);
        Assert.That(await MayReadAsync(_bob, ArnOf("public"), "bob/key"), Is.EqualTo(mayRead));
        Assert.That(await MayReadAsync(_alice, ArnOf("public"), "bob/key"), Is.True);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html")]
    public async Task Its_own_block_refuses_public_ACLs()
    {
        await S3.PutBucketOwnershipControlsAsync(new PutBucketOwnershipControlsRequest { BucketName = TheBucket, OwnershipControls = new OwnershipControls { Rules = [new OwnershipControlsRule { ObjectOwnership = ObjectOwnership.ObjectWriter }] } });
        await S3.DeletePublicAccessBlockAsync(new DeletePublicAccessBlockRequest { BucketName = TheBucket });
        await PutAsync("public", "data", put => put.CannedACL = S3CannedACL.PublicRead);
        Assert.That((await ErrorOf(() => PutAsync("public", "data", put => (put.BucketName, put.CannedACL) = (ArnOf("photos"), S3CannedACL.PublicRead)))).ErrorCode, Is.EqualTo("AccessDenied"));
        await CreateAccessPointAsync("open", "<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls></PublicAccessBlockConfiguration>");
        await PutAsync("public", "data", put => (put.BucketName, put.CannedACL) = (ArnOf("open"), S3CannedACL.PublicRead));
    }

    private Task PutBucketPolicyAsync(string statement) => S3.PutBucketPolicyAsync(TheBucket, $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""");

    private async Task PutPointPolicyAsync(string name, string statement)
    {
        var policy = $$"""{"Version":"2012-10-17","Statement":[{{statement.Replace("ARN", ArnOf(name))}}]}""";
        var (status, document) = await ControlAsync(HttpMethod.Put, $"/accesspoint/{name}/policy", new XElement("PutAccessPointPolicyRequest", new XElement("Policy", policy)).ToString());
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), document.ToString());
    }

    private static async Task<bool> MayReadAsync(AmazonS3Client client, string address, string key)
    {
        try
        {
            using var response = await client.GetObjectAsync(address, key);
            return true;
        }
        catch (AmazonS3Exception error) when (error.ErrorCode == "AccessDenied")
        {
            return false;
        }
    }
}
