using System.Net;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Lifecycle;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html")]
[Observed("2026, recorded answers: TestS3BucketLifecycle")]
internal sealed class LifecycleConfigurationTests : LifecycleFixture
{
    private const string Header = "x-amz-transition-default-minimum-object-size";

    [Test]
    public async Task A_bucket_without_rules_says_so_and_forgets_them_when_asked()
    {
        await HasNoneAsync();
        await S3.DeleteLifecycleConfigurationAsync(TheBucket);
        await SetRulesAsync(Expiring(7));
        Assert.That(await GetRulesAsync(), Has.Count.EqualTo(1));
        await S3.DeleteLifecycleConfigurationAsync(TheBucket);
        await HasNoneAsync();
    }

    [Test]
    public async Task Rules_go_with_their_bucket()
    {
        await SetRulesAsync(Expiring(7));
        await S3.DeleteBucketAsync(TheBucket);
        await S3.PutBucketAsync(TheBucket);
        await HasNoneAsync();
    }

    [Test]
    public async Task A_document_comes_back_with_all_that_it_says()
    {
        const string Rules =
            "<Rule><ID>a</ID><Filter><And><Prefix>p/</Prefix><Tag><Key>k</Key><Value>v</Value></Tag><Tag><Key>l</Key><Value></Value></Tag><ObjectSizeGreaterThan>5</ObjectSizeGreaterThan><ObjectSizeLessThan>53687091200000</ObjectSizeLessThan></And></Filter>" +
            "<Status>Enabled</Status><Transition><Days>0</Days><StorageClass>GLACIER</StorageClass></Transition><Transition><Days>90</Days><StorageClass>DEEP_ARCHIVE</StorageClass></Transition><Expiration><Days>100</Days></Expiration>" +
            "<NoncurrentVersionTransition><NoncurrentDays>30</NoncurrentDays><StorageClass>STANDARD_IA</StorageClass><NewerNoncurrentVersions>2</NewerNoncurrentVersions></NoncurrentVersionTransition>" +
            "<NoncurrentVersionExpiration><NoncurrentDays>60</NoncurrentDays><NewerNoncurrentVersions>3</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule>" +
            "<Rule><ID>b</ID><Prefix>old/</Prefix><Status>Disabled</Status><Expiration><Date>2032-01-01T00:00:00.000Z</Date></Expiration><AbortIncompleteMultipartUpload><DaysAfterInitiation>3</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>" +
            "<Rule><ID>c</ID><Filter></Filter><Status>Enabled</Status><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>";
        Assert.That((await PutAsync($"<LifecycleConfiguration>{Rules}</LifecycleConfiguration>")).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var (response, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}?lifecycle");
        Assert.That(body, Does.Contain($"<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{Rules}</LifecycleConfiguration>"));
        Assert.That(response.Headers.GetValues(Header), Is.EqualTo(new[] { "all_storage_classes_128K" }));
    }

    [Test]
    public async Task A_rule_without_an_id_is_given_one()
    {
        await PutAsync("<LifecycleConfiguration><Rule><Prefix>a/</Prefix><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule><Rule><ID></ID><Prefix>b/</Prefix><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>");
        var rules = await GetRulesAsync();
        Assert.That(rules.Select(rule => rule.Id), Is.Unique.And.All.Match("^[A-Za-z0-9+/]{48}$"));
    }

    [Test]
    public async Task The_least_size_for_transitions_is_told_and_kept()
    {
        Assert.That((await PutAsync(Document("<Expiration><Days>7</Days></Expiration>"), (Header, "varies_by_storage_class"))).Response.Headers.GetValues(Header), Is.EqualTo(new[] { "varies_by_storage_class" }));
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}?lifecycle")).Response.Headers.GetValues(Header), Is.EqualTo(new[] { "varies_by_storage_class" }));
        Assert.That((await PutAsync(Document("<Expiration><Days>7</Days></Expiration>"), (Header, "value"))).Body, Does.Contain("<Code>InvalidRequest</Code><Message>Invalid TransitionDefaultMinimumObjectSize found: value</Message>"));
    }

    [TestCase("<Rule><ID>no-filter</ID><Status>Enabled</Status><Expiration><Days>7</Days></Expiration></Rule>")]
    [TestCase("<Rule><Prefix/><Filter/><Status>Enabled</Status><Expiration><Days>7</Days></Expiration></Rule>")]
    [TestCase("<Rule><Filter/><Status>Enabled</Status><NoncurrentVersionExpiration/></Rule>")]
    [TestCase("<Rule><Filter><And><Prefix>a</Prefix></And><Prefix>b</Prefix></Filter><Status>Enabled</Status><Expiration><Days>7</Days></Expiration></Rule>")]
    [TestCase("<Rule><Filter><And><Prefix>a</Prefix></And><ObjectSizeLessThan>5</ObjectSizeLessThan></Filter><Status>Enabled</Status><Expiration><Days>7</Days></Expiration></Rule>")]
    [TestCase("<Rule><Filter/><Status>Enabled</Status><Expiration><Days>1</Days><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>")]
    [TestCase("<Rule><Filter/><Status>enabled</Status><Expiration><Days>1</Days></Expiration></Rule>")]
    [TestCase("<Rule><Filter/><Status>Enabled</Status><Expiration><Date>someday</Date></Expiration></Rule>")]
    [TestCase("<Rule><Filter/><Status>Enabled</Status><Transition><Days>1</Days><StorageClass>STANDARD</StorageClass></Transition></Rule>")]
    [TestCase("<Rule><Filter><ObjectSizeLessThan>-5</ObjectSizeLessThan></Filter><Status>Enabled</Status><Expiration><Days>7</Days></Expiration></Rule>")]
    [TestCase("")]
    public async Task What_is_not_of_the_shape_is_malformed(string rules) =>
        Assert.That((await PutAsync($"<LifecycleConfiguration>{rules}</LifecycleConfiguration>")).Body, Does.Contain("<Code>MalformedXML</Code>"));

    [TestCase("<Expiration><Date>2031-07-02T07:00:00Z</Date></Expiration>", "InvalidArgument", "'Date' must be at midnight GMT</Message><ArgumentName>Date</ArgumentName><ArgumentValue>2031-07-02T07:00:00Z</ArgumentValue>")]
    [TestCase("<Expiration><Days>0</Days></Expiration>", "InvalidArgument", "'Days' for Expiration action must be a positive integer")]
    [TestCase("<NoncurrentVersionExpiration><NoncurrentDays>0</NoncurrentDays></NoncurrentVersionExpiration>", "InvalidArgument", "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer")]
    [TestCase("<Transition><Days>29</Days><StorageClass>STANDARD_IA</StorageClass></Transition>", "InvalidArgument", "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'")]
    [TestCase("<Transition><Days>7</Days><StorageClass>GLACIER</StorageClass></Transition><Expiration><Days>7</Days></Expiration>", "InvalidArgument", "'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action")]
    [TestCase("", "InvalidRequest", "At least one action needs to be specified in a rule.")]
    public async Task Rules_keep_to_sense(string actions, string code, string message) =>
        Assert.That((await PutAsync(Document(actions))).Body, Does.Contain($"<Code>{code}</Code><Message>{message}"));

    [Test]
    public async Task Ids_are_unique_and_of_255_characters_at_most()
    {
        await FailsAsync(() => SetRulesAsync(Expiring(1), Expiring(2)), "InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule", HttpStatusCode.BadRequest);
        await FailsAsync(() => SetRulesAsync(Rule("", rule => (rule.Id, rule.Expiration) = (new('a', 256), new() { Days = 1 }))), "InvalidArgument", "ID length should not exceed allowed limit of 255", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task A_tag_is_named_once() =>
        Assert.That((await PutAsync("<LifecycleConfiguration><Rule><Filter><And><Tag><Key>k</Key><Value>a</Value></Tag><Tag><Key>k</Key><Value>b</Value></Tag></And></Filter><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>")).Body,
            Does.Contain("<Code>InvalidRequest</Code><Message>Duplicate Tag Keys are not allowed.</Message>"));

    // The SDK takes this error for an empty configuration.
    private async Task HasNoneAsync()
    {
        var (response, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}?lifecycle");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(body, Does.Contain($"<Code>NoSuchLifecycleConfiguration</Code><Message>The lifecycle configuration does not exist</Message><BucketName>{TheBucket}</BucketName>"));
    }

    private async Task<List<LifecycleRule>> GetRulesAsync() => (await S3.GetLifecycleConfigurationAsync(TheBucket)).Configuration.Rules;

    private Task<(HttpResponseMessage Response, string Body)> PutAsync(string document, params (string, string)[] headers) => SendDocumentAsync(HttpMethod.Put, $"/{TheBucket}?lifecycle", document, headers);

    private static string Document(string actions) => $"<LifecycleConfiguration><Rule><ID>a</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status>{actions}</Rule></LifecycleConfiguration>";
}
