using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using NUnit.Framework;

namespace Emulator.Tests.S3.Notifications;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html")]
[Observed("2025, texts in public reports")]
internal sealed class NotificationConfigurationTests : S3Fixture
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:on-event";
    private const string Overlap = "Configurations overlap. Configurations on the same bucket cannot share a common event type.";
    private const string Ambiguous = "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.";

    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();

    protected override void Configure(AwsEmulatorOptions options) => options.Functions = functions =>
        functions.Register<JsonElement>("on-event", (received, _) => _events.Writer.WriteAsync(received.Clone()).AsTask());

    [TestCase(Overlap, "|s3:ObjectCreated:*", "|s3:ObjectCreated:Put")]
    [TestCase(Overlap, "|s3:ObjectRemoved:Delete s3:ObjectRemoved:*")]
    [TestCase(Ambiguous, "prefix=in/|s3:ObjectCreated:*", "|s3:ObjectCreated:*")]
    [TestCase(Ambiguous, "suffix=.jpg|s3:ObjectCreated:*", "suffix=pg|s3:ObjectCreated:*")]
    [TestCase(null, "prefix=a|s3:ObjectCreated:*", "prefix=b|s3:ObjectCreated:*")]
    [TestCase(null, "prefix=a,suffix=.jpg|s3:ObjectCreated:*", "prefix=ab,suffix=.png|s3:ObjectCreated:*")]
    [TestCase(null, "|s3:ObjectCreated:*", "|s3:ObjectRemoved:*")]
    [TestCase("The event is not supported for notifications", "|s3:ObjectEaten:*")]
    [TestCase("filter rule name must be either prefix or suffix", "infix=a|s3:ObjectCreated:*")]
    [TestCase("Cannot specify more than one prefix rule in a filter.", "prefix=a,Prefix=b|s3:ObjectCreated:*")]
    public async Task Configurations_may_not_want_the_same_event_twice(string? refusal, params string[] configurations)
    {
        var (response, body) = await SetAsync([.. configurations.Select((one, i) => Configuration($"id{i}", Arn, one))]);
        if (refusal is null) Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        else Assert.That(body, Does.Contain($"<Code>InvalidArgument</Code><Message>{refusal}</Message>"));
    }

    [Test]
    public async Task Ids_are_unique_and_not_too_long()
    {
        Assert.That((await SetAsync(Configuration("same", Arn, "|s3:ObjectCreated:*"), Configuration("same", Arn, "|s3:ObjectRemoved:*"))).Body,
            Does.Contain("<Message>Same ID used for multiple configurations. IDs must be unique.</Message>"));
        Assert.That((await SetAsync(Configuration(new('x', 256), Arn, "|s3:ObjectCreated:*"))).Body, Does.Contain("<Message>ID length exceeded allowed limit of 255</Message>"));
        Assert.That((await SetAsync([.. Enumerable.Range(0, 101).Select(i => Configuration($"{i}", Arn, $"prefix=p{i}/|s3:ObjectCreated:*"))])).Body,
            Does.Contain("<Code>InvalidRequest</Code><Message>Too many configurations submitted. The maximum number of configurations is 100</Message>"));
    }

    [Test]
    public async Task An_id_that_is_missing_is_given()
    {
        await SetAsync(Configuration("", Arn, "|s3:ObjectCreated:*"));
        var id = (await S3.GetBucketNotificationAsync(TheBucket)).LambdaFunctionConfigurations.Single().Id;
        Assert.That(Guid.TryParse(Encoding.ASCII.GetString(Convert.FromBase64String(id)), out _), Is.True, id);
    }

    [TestCase("arn:aws:lambda:us-west-2:000000000000:function:on-event", "The notification destination service region is not valid for the bucket location constraint")]
    [TestCase("arn:aws:sqs:us-east-1:000000000000:on-event", "The ARN failed to satisfy constraint: Member must satisfy regular expression pattern: ")]
    [TestCase("on-event", "The ARN could not be parsed")]
    public async Task A_destination_is_a_function_in_the_region_of_the_bucket(string arn, string refusal) =>
        Assert.That((await SetAsync(Configuration("id", arn, "|s3:ObjectCreated:*"))).Body, Does.Contain($"<Code>InvalidArgument</Code><Message>{refusal}"));

    [TestCase("<Filter/>")]
    [TestCase("<Filter><S3Key/></Filter>")]
    [TestCase("<Filter><S3Key><FilterRule><Name>prefix</Name></FilterRule></S3Key></Filter>")]
    public async Task A_filter_has_rules(string filter) =>
        Assert.That((await SetAsync($"<CloudFunctionConfiguration><CloudFunction>{Arn}</CloudFunction><Event>s3:ObjectCreated:*</Event>{filter}</CloudFunctionConfiguration>")).Body, Does.Contain("<Code>MalformedXML</Code>"));

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html")]
    public async Task Filters_are_percent_encoded()
    {
        await SetAsync(Configuration("id", Arn, "prefix=a%20b/,suffix=%2Btxt|s3:ObjectCreated:*"));
        foreach (var key in new[] { "a%20b/1+txt", "a b/2%2Btxt", "a b/3+txt" }) await PutAsync(key);
        Assert.That(await NextKeyAsync(), Is.EqualTo("a+b/3%2Btxt"));
        var rules = (await S3.GetBucketNotificationAsync(TheBucket)).LambdaFunctionConfigurations.Single().Filter.S3KeyFilter.FilterRules;
        Assert.That(rules.Select(rule => rule.Value), Is.EqualTo(new[] { "a%20b/", "%2Btxt" }));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html")]
    public async Task Functions_get_no_test_event()
    {
        await SetAsync(Configuration("id", Arn, "|s3:ObjectCreated:*"));
        await PutAsync("the-first");
        Assert.That(await NextKeyAsync(), Is.EqualTo("the-first"));
    }

    private async Task<string?> NextKeyAsync()
    {
        var received = await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        return received.GetProperty("Records")[0].GetProperty("s3").GetProperty("object").GetProperty("key").GetString();
    }

    private Task<(HttpResponseMessage Response, string Body)> SetAsync(params string[] configurations) =>
        SendAsync(HttpMethod.Put, $"/{TheBucket}?notification", $"<NotificationConfiguration>{string.Concat(configurations)}</NotificationConfiguration>");

    /// <param name="wanted">Filter rules, a bar, events.</param>
    private static string Configuration(string id, string arn, string wanted)
    {
        var (filter, events) = (wanted.Split('|')[0], wanted.Split('|')[1]);
        var rules = string.Concat(filter.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(rule => $"<FilterRule><Name>{rule.Split('=')[0]}</Name><Value>{rule.Split('=')[1]}</Value></FilterRule>"));
        return $"<CloudFunctionConfiguration><Id>{id}</Id><CloudFunction>{arn}</CloudFunction>{string.Concat(events.Split(' ').Select(name => $"<Event>{name}</Event>"))}"
            + $"{(rules.Length > 0 ? $"<Filter><S3Key>{rules}</S3Key></Filter>" : "")}</CloudFunctionConfiguration>";
    }
}
