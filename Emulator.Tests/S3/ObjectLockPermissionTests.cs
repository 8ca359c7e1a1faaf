using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html")]
internal sealed class ObjectLockPermissionTests : VersioningFixture
{
    protected override void Configure(AwsEmulatorOptions options) => options.Iam = IamEnforcement.Enforce;

    [SetUp]
    public async Task LockAsync()
    {
        await S3.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest { BucketName = TheBucket, ObjectLockConfiguration = new() { ObjectLockEnabled = ObjectLockEnabled.Enabled } });
        await PutAsync("key", "data");
        await S3.PutObjectRetentionAsync(new PutObjectRetentionRequest { BucketName = TheBucket, Key = "key", Retention = new() { Mode = ObjectLockRetentionMode.Governance, RetainUntilDate = Aws.Clock.GetUtcNow().UtcDateTime.AddDays(1) } });
    }

    [TestCase("", HttpStatusCode.Forbidden)]
    [TestCase(",\"s3:BypassGovernanceRetention\"", HttpStatusCode.NoContent)]
    public async Task Governance_is_bypassed_by_who_may(string action, HttpStatusCode status)
    {
        await AllowAsync($"\"s3:DeleteObjectVersion\"{action}");
        var version = (await S3.GetObjectMetadataAsync(TheBucket, "key")).VersionId;
        var (response, body) = await SendAsync(HttpMethod.Delete, $"/{TheBucket}/key?versionId={version}", null, ("x-amz-bypass-governance-retention", "true"));
        Assert.That(response.StatusCode, Is.EqualTo(status));
        if (status == HttpStatusCode.Forbidden) Assert.That(body, Does.Contain("Access Denied because object protected by object lock."));
    }

    [TestCase("", false)]
    [TestCase(",\"s3:GetObjectRetention\"", true)]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html")]
    public async Task A_lock_is_told_to_who_may_know_it(string action, bool isTold)
    {
        await AllowAsync($"\"s3:GetObject\"{action}");
        var (response, _) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key");
        Assert.That((response.StatusCode, response.Headers.Contains("x-amz-object-lock-mode")), Is.EqualTo((HttpStatusCode.OK, isTold)));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html")]
    public async Task An_upload_that_locks_needs_the_permission_to_lock()
    {
        await AllowAsync("\"s3:PutObject\"");
        (string, string)[] hold = [("x-amz-object-lock-legal-hold", "ON"), ("x-amz-checksum-crc32", "rfPzYw==")];
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/new", "data", hold)).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await AllowAsync("\"s3:PutObject\",\"s3:PutObjectLegalHold\"");
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/new", "data", hold)).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys")]
    public async Task A_policy_may_limit_the_days_of_a_retention()
    {
        await PutPolicyAsync($$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":["s3:PutObject","s3:PutObjectRetention"],"Resource":"arn:aws:s3:::{{{TheBucket}}}/*","Condition":{"NumericLessThanEquals":{"s3:object-lock-remaining-retention-days":"10"} } }]}""");
        Assert.That(await PutForAsync(9), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await PutForAsync(12), Is.EqualTo(HttpStatusCode.Forbidden));

        async Task<HttpStatusCode> PutForAsync(int days) => (await SendAsync(HttpMethod.Put, $"/{TheBucket}/new", "data", ("x-amz-object-lock-mode", "GOVERNANCE"),
            ("x-amz-object-lock-retain-until-date", Aws.Clock.GetUtcNow().AddDays(days).ToString("O")), ("x-amz-checksum-crc32", "rfPzYw=="))).Response.StatusCode;
    }

    private Task AllowAsync(string actions) => PutPolicyAsync($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":[{{actions}}],"Resource":"arn:aws:s3:::{{TheBucket}}/*"}]}""");
}
