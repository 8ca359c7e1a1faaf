using System.Net;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html")]
internal sealed class VersionPermissionTests : VersioningFixture
{
    protected override void Configure(AwsEmulatorOptions options) => options.Iam = IamEnforcement.Enforce;

    [TestCase("s3:GetObject", "GET", "key", 200)]
    [TestCase("s3:GetObject", "GET", "key?versionId=", 403)]
    [TestCase("s3:GetObjectVersion", "GET", "key?versionId=", 200)]
    [TestCase("s3:GetObjectVersion", "GET", "key", 403)]
    [TestCase("s3:GetObjectTagging", "GET", "key?tagging&versionId=", 403)]
    [TestCase("s3:GetObjectVersionTagging", "GET", "key?tagging&versionId=", 200)]
    [TestCase("s3:DeleteObject", "DELETE", "key?versionId=", 403)]
    [TestCase("s3:DeleteObjectVersion", "DELETE", "key?versionId=", 204)]
    [TestCase("s3:DeleteObjectVersion", "DELETE", "key", 403)]
    [TestCase("s3:DeleteObject", "DELETE", "key", 204)]
    [TestCase("s3:ListBucket", "GET", "?versions", 403)]
    [TestCase("s3:ListBucketVersions", "GET", "?versions", 200)]
    public async Task A_version_has_actions_of_its_own(string action, string method, string target, int status)
    {
        var version = await PutVersionAsync("key", "data");
        await AllowAsync(action);
        var (response, _) = await SendAsync(new HttpMethod(method), $"/{TheBucket}/{target}{(target.EndsWith('=') ? version : "")}");
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_policy_may_name_a_version_and_look_at_its_tags()
    {
        var old = (await PutAsync("key", "old", put => put.TagSet = [new() { Key = "public", Value = "yes" }])).VersionId;
        var current = await PutVersionAsync("key", "new");
        await AllowAsync("s3:GetObjectVersion", $$$""","Condition":{"StringEquals":{"s3:VersionId":"{{{current}}}"}}""");
        Assert.That(await StatusAsync(old), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(current), Is.EqualTo(HttpStatusCode.OK));
        await AllowAsync("s3:GetObjectVersion", ""","Condition":{"StringEquals":{"s3:ExistingObjectTag/public":"yes"}}""");
        Assert.That(await StatusAsync(old), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(current), Is.EqualTo(HttpStatusCode.Forbidden));

        async Task<HttpStatusCode> StatusAsync(string version) => (await SendAsync(HttpMethod.Get, $"/{TheBucket}/key?versionId={version}")).Response.StatusCode;
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html")]
    public async Task A_policy_may_demand_conditions_of_what_makes_objects()
    {
        await AllowAsync("s3:PutObject", ""","Condition":{"Null":{"s3:if-none-match":"false"}}},{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::the-bucket/*","Condition":{"Bool":{"s3:ObjectCreationOperation":"false"}}""");
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/key", "data")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/key", "data", ("If-None-Match", "*"))).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        // Nobody may begin an upload in parts; another account may, if the policy lets it.
        (string, string)[] signed = [("Authorization", S3Signing.RootKey.Replace("AKIAIOSFODNN7EXAMPLE", "111111111111", StringComparison.Ordinal)), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD")];
        var (response, body) = await SendAsync(HttpMethod.Post, $"/{TheBucket}/parts?uploads", null, signed);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var upload = $"/{TheBucket}/parts?uploadId={body.Split("<UploadId>")[1].Split('<')[0]}";
        var (part, _) = await SendAsync(HttpMethod.Put, upload + "&partNumber=1", "data", signed);
        var complete = $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.Headers.ETag!.Tag}</ETag></Part></CompleteMultipartUpload>";
        Assert.That((await SendAsync(HttpMethod.Post, upload, complete, signed)).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await SendAsync(HttpMethod.Post, upload, complete, [.. signed, ("If-None-Match", "*")])).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("s3:GetObjectTagging", HttpStatusCode.Forbidden)]
    [TestCase("s3:GetObject", HttpStatusCode.OK)]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html")]
    public async Task Who_compares_ETags_must_be_allowed_to_read(string action, HttpStatusCode status)
    {
        var etag = (await PutAsync("key", "data")).ETag;
        await AllowAsync("s3:PutObject\",\"" + action, "");
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/key", "data")).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await SendAsync(HttpMethod.Put, $"/{TheBucket}/key", "data", ("If-Match", etag))).Response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Of_many_deletes_each_has_its_version_and_its_condition()
    {
        var put = await PutAsync("key", "data");
        await AllowAsync("s3:Delete*", $$$""","Condition":{"StringEquals":{"s3:VersionId":"{{{put.VersionId}}}"}}""");
        var (_, body) = await SendDocumentAsync(HttpMethod.Post, $"/{TheBucket}?delete", $"<Delete><Object><Key>key</Key></Object><Object><Key>key</Key><VersionId>{put.VersionId}</VersionId></Object></Delete>");
        Assert.That(body, Does.Contain($"<Error><Key>key</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error><Deleted><Key>key</Key><VersionId>{put.VersionId}</VersionId></Deleted>"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_Permissions")]
    public async Task Who_may_not_list_the_bucket_is_not_told_what_is_absent()
    {
        var version = await PutVersionAsync("other", "data");
        await DeleteAsync("key");
        await AllowAsync("s3:GetObject*");
        foreach (var target in new[] { "key", $"key?versionId={version}" })
        {
            var (response, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/{target}");
            Assert.That((response.StatusCode, response.Headers.Contains("x-amz-delete-marker")), Is.EqualTo((HttpStatusCode.Forbidden, false)));
            Assert.That(body, Does.Contain("<Code>AccessDenied</Code>"));
        }
    }

    /// <summary>Allows everybody the action.</summary>
    private Task AllowAsync(string action, string condition = "") => PutPolicyAsync(
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":["{{action}}"],"Resource":["arn:aws:s3:::{{TheBucket}}","arn:aws:s3:::{{TheBucket}}/*"]{{condition}}}]}""");
}
