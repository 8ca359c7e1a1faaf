using System.Net;
using System.Text.Json;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Policies and tags.</summary>
internal sealed class SettingsTests : S3Fixture
{
    private const string Policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{TheBucket}}/*"}]}""";

    protected override void Configure(AwsEmulatorOptions options) => options.Iam = IamEnforcement.Enforce;

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html")]
    public async Task A_policy_opens_the_objects_to_everyone()
    {
        await PutAsync("key", "public");
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/key")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await PutPolicyAsync(Policy);
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/key")).Body, Is.EqualTo("public"));
        Assert.That(JsonDocument.Parse((await S3.GetBucketPolicyAsync(TheBucket)).Policy).RootElement.GetProperty("Version").GetString(), Is.EqualTo("2012-10-17"));
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/key", "defaced")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html")]
    public async Task Who_may_not_list_is_not_told_that_a_key_is_absent()
    {
        await PutPolicyAsync(Policy);
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/absent")).Body, Does.Contain("<Code>AccessDenied</Code>"));
        Assert.That((await ErrorOf(() => S3.GetObjectAsync(TheBucket, "absent"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task Of_many_deletes_each_is_allowed_or_refused_on_its_own()
    {
        foreach (var key in new[] { "mine/a", "yours/b" }) await PutAsync(key);
        await PutPolicyAsync($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::{{TheBucket}}/yours/*"}]}""");
        var (_, body) = await SendDocumentAsync(HttpMethod.Post, $"/{TheBucket}?delete", "<Delete><Object><Key>mine/a</Key></Object><Object><Key>yours/b</Key></Object></Delete>");
        Assert.That(body, Does.Contain("<Error><Key>mine/a</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error><Deleted><Key>yours/b</Key></Deleted>"));
    }

    [TestCase("", "Policies must be valid JSON and the first byte must be '{'")]
    [TestCase("invalid json", "Policies must be valid JSON and the first byte must be '{'")]
    [TestCase("{}", "Missing required field Statement")]
    [TestCase("{not json", "This policy contains invalid Json")]
    [TestCase("""{"Version":"2012-10-18","Statement":[]}""", "The policy must contain a valid version string")]
    [TestCase("""{"Statement":[]}""", "Could not parse the policy: Statement is empty!")]
    [TestCase("""{"Statement":[{"Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*"}]}""", "Missing required field Effect")]
    [TestCase("""{"Statement":[{"Effect":"allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*"}]}""", "Invalid effect: allow")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*"}]}""", "Missing required field Principal")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"somebody","Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*"}]}""", "Invalid principal in policy")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/*"},"Action":"s3:*","Resource":"arn:aws:s3:::the-bucket/*"}]}""", "Invalid principal in policy")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Resource":"arn:aws:s3:::the-bucket/*"}]}""", "Missing required field Action")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"ec2:Describe*","Resource":"arn:aws:s3:::the-bucket/*"}]}""", "Policy has invalid action")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}]}""", "Missing required field Resource")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}""", "Policy has invalid resource")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::other*"}]}""", "Policy has invalid resource")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::the-bucket"}]}""", "Action does not apply to any resource(s) in statement")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::the-bucket/*"}]}""", "Action does not apply to any resource(s) in statement")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetBucket*","Resource":"arn:aws:s3:::the-bucket/*"}]}""", "Action does not apply to any resource(s) in statement")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::the-bucket","Condition":{"StringLike":{"s3:prefix":"a"}}}]}""", "Conditions do not apply to combination of actions and resources in statement")]
    [TestCase("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::other/*"}]}""", "Policy has invalid resource")]
    [Observed("2024, recorded answers: test_bucket_policy_exc")]
    [Source("https://github.com/versity/versitygw/blob/main/tests/integration/PutBucketPolicy.go")]
    [Source("https://github.com/humanmade/S3-Uploads/issues/239")]
    public async Task A_policy_must_be_one(string policy, string message)
    {
        var (response, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}?policy", policy, ("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(body, Does.Contain($"<Code>MalformedPolicy</Code><Message>{message}</Message>"));
    }

    [TestCase("\"s3:*\"", "\"arn:aws:s3:::the-bucket\"")]
    [TestCase("\"s3:List*\"", "\"arn:aws:s3:::the-bucket\"")]
    [TestCase("\"s3:Get*\"", "\"arn:aws:s3:::the-bucket/*\"")]
    [TestCase("[\"s3:getobject\",\"s3:ListBucket\"]", "[\"arn:aws:s3:::the-bucket\",\"arn:aws:s3:::the-*/*\"]")]
    [TestCase("\"*\"", "\"arn:aws:s3:::the-bucket/${aws:username}/*\"")]
    public async Task A_policy_of_any_pattern_is_taken(string action, string resource)
    {
        var policy = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":["111111111111","arn:aws:iam::222222222222:root"]},"Action":{{action}},"Resource":{{resource}} } }""";
        await S3.PutBucketPolicyAsync(TheBucket, policy);
        Assert.That((await S3.GetBucketPolicyAsync(TheBucket)).Policy, Is.EqualTo(policy));
    }

    [Test]
    public async Task A_policy_is_deleted()
    {
        await PutPolicyAsync(Policy);
        await S3.DeleteBucketPolicyAsync(TheBucket);
        Assert.That((await S3.GetBucketPolicyAsync(TheBucket)).Policy, Does.Contain("<Code>NoSuchBucketPolicy</Code><Message>The bucket policy does not exist</Message>")); // this SDK takes the error for the policy
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html")]
    public async Task Tags_of_objects_are_kept_and_counted()
    {
        await PutAsync("key", "x", put => put.TagSet = [new() { Key = "tag2", Value = "b" }, new() { Key = "tag1", Value = "" }]);
        Assert.That((await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = TheBucket, Key = "key" })).Tagging.Select(tag => tag.Key), Is.EqualTo(new[] { "tag1", "tag2" }));
        await S3.PutObjectTaggingAsync(new PutObjectTaggingRequest { BucketName = TheBucket, Key = "key", Tagging = new() { TagSet = [new() { Key = "tag3", Value = "c" }] } });
        using (var got = await S3.GetObjectAsync(TheBucket, "key")) Assert.That(got.TagCount, Is.EqualTo(1));
        await S3.DeleteObjectTaggingAsync(new DeleteObjectTaggingRequest { BucketName = TheBucket, Key = "key" });
        Assert.That((await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = TheBucket, Key = "key" })).Tagging, Is.Null.Or.Empty);
    }

    [TestCase("Key1,Key2", "v", "The TagKey you have provided is invalid")]
    [TestCase("Key1", "Val1,Val2", "The TagValue you have provided is invalid")]
    [TestCase("aws:prefixed", "v", "Your TagKey cannot be prefixed with aws:")]
    [Observed("2024, recorded answers: test_tagging_validation")]
    public async Task A_tag_must_be_one(string key, string value, string message)
    {
        await PutAsync("key");
        await FailsAsync(() => S3.PutObjectTaggingAsync(new PutObjectTaggingRequest { BucketName = TheBucket, Key = "key", Tagging = new() { TagSet = [new() { Key = key, Value = value }] } }), "InvalidTag", message, HttpStatusCode.BadRequest);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html")]
    public async Task Tags_of_buckets_are_kept()
    {
        await FailsAsync(() => S3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = TheBucket }), "NoSuchTagSet", "The TagSet does not exist", HttpStatusCode.NotFound);
        await S3.PutBucketTaggingAsync(TheBucket, [new() { Key = "a", Value = "1" }]);
        Assert.That((await S3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = TheBucket })).TagSet.Single().Value, Is.EqualTo("1"));
        await S3.DeleteBucketTaggingAsync(TheBucket);
        Assert.That((await ErrorOf(() => S3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = TheBucket }))).ErrorCode, Is.EqualTo("NoSuchTagSet"));
    }
}
