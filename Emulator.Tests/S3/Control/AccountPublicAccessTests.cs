using System.Net;
using System.Text.RegularExpressions;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Control;

/// <summary>The public access block of an account.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html")]
internal sealed partial class AccountPublicAccessTests : S3ControlFixture
{
    private const string Path = "/configuration/publicAccessBlock";

    protected override void Configure(AwsEmulatorOptions options) => options.Iam = IamEnforcement.Enforce;

    [Test]
    [Observed("2024-05, recorded: TestS3ControlPublicAccessBlock")]
    public async Task An_account_has_none_until_it_is_put()
    {
        const string Message = "The public access block configuration was not found";
        await RefusesAsync(HttpMethod.Get, Path, null, "NoSuchPublicAccessBlockConfiguration", Message, HttpStatusCode.NotFound);
        await PutAsync("<BlockPublicAcls>false</BlockPublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>");
        Assert.That(Text((await ControlAsync(HttpMethod.Get, Path)).Document), Is.EqualTo(
            "<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>"));
        for (var i = 0; i < 2; i++) Assert.That((await ControlAsync(HttpMethod.Delete, Path)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await RefusesAsync(HttpMethod.Get, Path, null, "NoSuchPublicAccessBlockConfiguration", Message, HttpStatusCode.NotFound);
    }

    [Test]
    [Observed("2024-05, recorded: test_empty_public_access_block")]
    public Task One_that_sets_nothing_is_refused() =>
        RefusesAsync(HttpMethod.Put, Path, "<PublicAccessBlockConfiguration/>", "InvalidRequest", "Must specify at least one configuration.", HttpStatusCode.BadRequest);

    [Test]
    [Source("https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html#operation-error-serialization")]
    public async Task An_error_is_wrapped_and_tells_its_ids_beside_it()
    {
        var (_, body) = await SendAsync(HttpMethod.Get, $"http://{Account}.s3-control.us-east-1.amazonaws.com/v20180820{Path}", null,
            ("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), ("x-amz-account-id", Account));
        Assert.That(Id().Replace(body, "<$1>?</$1>"), Is.EqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ErrorResponse><Error><Code>NoSuchPublicAccessBlockConfiguration</Code><Message>The public access block configuration was not found</Message>"
            + "<AccountId>000000000000</AccountId></Error><RequestId>?</RequestId><HostId>?</HostId></ErrorResponse>"));
    }

    [Test]
    public async Task Another_accounts_is_neither_read_nor_written()
    {
        var (status, document) = await ControlAsync(HttpMethod.Get, Path, account: "222222222222");
        Assert.That((status, (string?)document.Element("Error")?.Element("Code")), Is.EqualTo((HttpStatusCode.Forbidden, "AccessDenied")));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html")]
    public async Task It_is_in_force_in_each_bucket_beside_the_buckets_own()
    {
        const string Policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{TheBucket}}/*"}]}""";
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = TheBucket, Key = "key", ContentBody = "public" });
        await PutPolicyAsync(Policy);
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/key")).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await PutAsync("<BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>");
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/key")).Response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await ErrorOf(() => S3.PutBucketPolicyAsync(TheBucket, Policy))).ErrorCode, Is.EqualTo("AccessDenied"));
        // The bucket's own is described as it was: none.
        Assert.That((await ErrorOf(() => S3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = TheBucket }))).ErrorCode, Is.EqualTo("NoSuchPublicAccessBlockConfiguration"));
    }

    private async Task PutAsync(string members) =>
        Assert.That((await ControlAsync(HttpMethod.Put, Path, $"<PublicAccessBlockConfiguration>{members}</PublicAccessBlockConfiguration>")).Status, Is.EqualTo(HttpStatusCode.OK));

    [GeneratedRegex("<(RequestId|HostId)>[^<]+</(RequestId|HostId)>")]
    private static partial Regex Id();
}
