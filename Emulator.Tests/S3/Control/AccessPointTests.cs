using System.Net;
using System.Xml.Linq;
using NUnit.Framework;

namespace Emulator.Tests.S3.Control;

/// <summary>Access points: create, describe, list, delete.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateAccessPoint.html")]
[Observed("2024-05, recorded: TestS3ControlAccessPoint")]
internal sealed class AccessPointTests : S3ControlFixture
{
    private const string Absent = "The specified accesspoint does not exist";

    [Test]
    public async Task One_is_described_as_it_was_made()
    {
        var alias = await CreateAccessPointAsync("photos");
        Assert.That(alias, Does.Match("^photos-[0-9a-z]{34}-s3alias$"));
        var (_, document) = await ControlAsync(HttpMethod.Get, "/accesspoint/photos");
        var date = document.Element("CreationDate")!;
        Assert.That(DateTimeOffset.Parse(date.Value, System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(Aws.Clock.GetUtcNow()).Within(TimeSpan.FromMinutes(5)));
        date.Remove();
        Assert.That(Text(document), Is.EqualTo(
            $"<GetAccessPointResult><Name>photos</Name><Bucket>{TheBucket}</Bucket><NetworkOrigin>Internet</NetworkOrigin>"
            + "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>"
            + $"<Alias>{alias}</Alias><AccessPointArn>{ArnOf("photos")}</AccessPointArn><Endpoints>"
            + "<entry><key>ipv4</key><value>s3-accesspoint.us-east-1.amazonaws.com</value></entry><entry><key>fips</key><value>s3-accesspoint-fips.us-east-1.amazonaws.com</value></entry>"
            + "<entry><key>fips_dualstack</key><value>s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com</value></entry><entry><key>dualstack</key><value>s3-accesspoint.dualstack.us-east-1.amazonaws.com</value></entry>"
            + $"</Endpoints><BucketAccountId>{Account}</BucketAccountId></GetAccessPointResult>"));
    }

    [Test]
    public async Task One_may_be_for_one_network_alone()
    {
        await CreateAccessPointAsync("inside", "<VpcConfiguration><VpcId>vpc-1a2b3c</VpcId></VpcConfiguration>");
        var (_, document) = await ControlAsync(HttpMethod.Get, "/accesspoint/inside");
        Assert.That(((string?)document.Element("NetworkOrigin"), (string?)document.Element("VpcConfiguration")?.Element("VpcId")), Is.EqualTo(("VPC", "vpc-1a2b3c")));
    }

    [TestCase("<PublicAccessBlockConfiguration/>", "false false false false")]
    [TestCase("<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls></PublicAccessBlockConfiguration>", "false false false false")]
    [TestCase("<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>", "true false false false")]
    public async Task What_its_public_access_block_does_not_say_is_not_blocked(string block, string expected)
    {
        await CreateAccessPointAsync("photos", block);
        var (_, document) = await ControlAsync(HttpMethod.Get, "/accesspoint/photos");
        Assert.That(string.Join(' ', document.Element("PublicAccessBlockConfiguration")!.Elements().Select(element => element.Value)), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_deleted_one_is_absent()
    {
        await CreateAccessPointAsync("photos");
        Assert.That((await ControlAsync(HttpMethod.Delete, "/accesspoint/photos")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await RefusesAsync(HttpMethod.Get, "/accesspoint/photos", null, "NoSuchAccessPoint", Absent, HttpStatusCode.NotFound);
        await RefusesAsync(HttpMethod.Delete, "/accesspoint/photos", null, "NoSuchAccessPoint", Absent, HttpStatusCode.NotFound);
        var (_, document) = await ControlAsync(HttpMethod.Get, "/accesspoint");
        Assert.That(Text(document), Is.EqualTo("<ListAccessPointsResult><AccessPointList></AccessPointList></ListAccessPointsResult>"));
    }

    [TestCase("xn-_test-alias", "InvalidURI", "Couldn't parse the specified URI.")]
    [TestCase("sa", "InvalidURI", "Couldn't parse the specified URI.")]
    [TestCase("a23456789012345678901234567890123456789012345678901", "InvalidURI", "Couldn't parse the specified URI.")]
    [TestCase("WRONG-casing", "InvalidURI", "Couldn't parse the specified URI.")]
    [TestCase("-hyphen-start", "InvalidRequest", "Your Amazon S3 AccessPoint name is invalid")]
    [TestCase("cannot-end-s3alias", "InvalidRequest", "Your Amazon S3 AccessPoint name is invalid")]
    [TestCase("cannot-have.dot", "InvalidRequest", "Your Amazon S3 AccessPoint name is invalid")]
    public Task A_name_follows_the_rules(string name, string code, string message) => RefusesAsync(HttpMethod.Put, $"/accesspoint/{name}", Request(TheBucket), code, message, HttpStatusCode.BadRequest);

    [Test]
    public async Task What_cannot_be_made_is_told()
    {
        await RefusesAsync(HttpMethod.Put, "/accesspoint/photos", Request("no-such-bucket"), "InvalidRequest", "Amazon S3 AccessPoint can only be created for existing bucket", HttpStatusCode.BadRequest);
        await CreateAccessPointAsync("photos");
        await RefusesAsync(HttpMethod.Put, "/accesspoint/photos", Request(TheBucket), "AccessPointAlreadyOwnedByYou", "Your previous request to create the named accesspoint succeeded and you already own it.", HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Lists_are_in_the_order_of_names_by_pages_and_by_bucket()
    {
        await S3.PutBucketAsync("another-bucket");
        foreach (var name in new[] { "ccc", "aaa", "bbb" }) await CreateAccessPointAsync(name, bucket: name == "bbb" ? "another-bucket" : TheBucket);
        Assert.That(NamesOf((await ControlAsync(HttpMethod.Get, "/accesspoint")).Document), Is.EqualTo("aaa bbb ccc"));
        Assert.That(NamesOf((await ControlAsync(HttpMethod.Get, $"/accesspoint?bucket={TheBucket}")).Document), Is.EqualTo("aaa ccc"));
        var names = new List<string>();
        for (string? token = ""; token is not null;)
        {
            var (_, page) = await ControlAsync(HttpMethod.Get, "/accesspoint?maxResults=1" + (token.Length == 0 ? "" : $"&nextToken={Uri.EscapeDataString(token)}"));
            names.Add(NamesOf(page));
            token = (string?)page.Element("NextToken");
        }
        Assert.That(names, Is.EqualTo(new[] { "aaa", "bbb", "ccc" }));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList")]
    public async Task A_bucket_that_has_one_is_not_deleted()
    {
        await CreateAccessPointAsync("photos");
        await FailsAsync(() => S3.DeleteBucketAsync(TheBucket), "BucketHasAccessPointsAttached", "The bucket you tried to delete has access points attached. Delete your access points before deleting your bucket.", HttpStatusCode.BadRequest);
        await ControlAsync(HttpMethod.Delete, "/accesspoint/photos");
        await S3.DeleteBucketAsync(TheBucket);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutAccessPointPolicy.html")]
    public async Task A_policy_is_put_told_and_deleted()
    {
        var policy = PolicyOf("photos", "\"AWS\":\"111111111111\"");
        await CreateAccessPointAsync("photos");
        await RefusesAsync(HttpMethod.Get, "/accesspoint/photos/policy", null, "NoSuchAccessPointPolicy", "The specified accesspoint policy does not exist", HttpStatusCode.NotFound);
        await RefusesAsync(HttpMethod.Get, "/accesspoint/photos/policyStatus", null, "NoSuchAccessPointPolicy", "The specified accesspoint policy does not exist", HttpStatusCode.NotFound);
        Assert.That((await ControlAsync(HttpMethod.Put, "/accesspoint/photos/policy", policy)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Text((await ControlAsync(HttpMethod.Get, "/accesspoint/photos/policy")).Document), Does.StartWith("<GetAccessPointPolicyResult><Policy>{\"Version\":"));
        Assert.That(Text((await ControlAsync(HttpMethod.Get, "/accesspoint/photos/policyStatus")).Document), Is.EqualTo("<GetAccessPointPolicyStatusResult><PolicyStatus><IsPublic>false</IsPublic></PolicyStatus></GetAccessPointPolicyStatusResult>"));
        Assert.That((await ControlAsync(HttpMethod.Delete, "/accesspoint/photos/policy")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await RefusesAsync(HttpMethod.Get, "/accesspoint/photos/policy", null, "NoSuchAccessPointPolicy", "The specified accesspoint policy does not exist", HttpStatusCode.NotFound);
        await RefusesAsync(HttpMethod.Put, "/accesspoint/absent/policy", PolicyOf("absent", "\"AWS\":\"111111111111\""), "NoSuchAccessPoint", Absent, HttpStatusCode.NotFound);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html")]
    public async Task A_public_policy_is_refused_unless_its_own_block_lets_it_be()
    {
        const string Open = "<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls></PublicAccessBlockConfiguration>";
        await CreateAccessPointAsync("closed");
        await CreateAccessPointAsync("open", Open);
        await CreateAccessPointAsync("inside", Open + "<VpcConfiguration><VpcId>vpc-1a2b3c</VpcId></VpcConfiguration>");
        var (status, refusal) = await ControlAsync(HttpMethod.Put, "/accesspoint/closed/policy", PolicyOf("closed", "\"AWS\":\"*\""));
        Assert.That((status, (string?)refusal.Element("Error")?.Element("Code")), Is.EqualTo((HttpStatusCode.Forbidden, "AccessDenied")));
        foreach (var (name, isPublic) in new[] { ("open", "true"), ("inside", "false") })
        {
            await ControlAsync(HttpMethod.Put, $"/accesspoint/{name}/policy", PolicyOf(name, "\"AWS\":\"*\""));
            Assert.That((await ControlAsync(HttpMethod.Get, $"/accesspoint/{name}/policyStatus")).Document.Value, Is.EqualTo(isPublic));
        }
    }

    [Test]
    public async Task A_policy_is_of_its_own_access_point()
    {
        await CreateAccessPointAsync("photos");
        await RefusesAsync(HttpMethod.Put, "/accesspoint/photos/policy", PolicyOf("films", "\"AWS\":\"111111111111\""), "MalformedPolicy", "Policy has invalid resource", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task What_is_not_built_is_refused_by_name() =>
        await RefusesAsync(HttpMethod.Get, "/mrap/instances/one/policy", null, "NotImplemented", "The emulator does not implement GetMultiRegionAccessPointPolicy.", HttpStatusCode.NotImplemented);

    private static string Request(string bucket) => $"<CreateAccessPointRequest><Bucket>{bucket}</Bucket></CreateAccessPointRequest>";

    private static string PolicyOf(string name, string principal) =>
        new XElement("PutAccessPointPolicyRequest", new XElement("Policy",
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{{{principal}}},"Action":"s3:GetObject","Resource":"{{ArnOf(name)}}/object/*"}]}""")).ToString(SaveOptions.DisableFormatting);

    private static string NamesOf(XElement list) => string.Join(' ', list.Descendants("Name").Select(name => name.Value));
}
