using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.TimeToLive;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html")]
internal sealed class TimeToLiveTests : DynamoDbFixture
{
    private const string Quirks = "docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS in October 2026: ";

    [SetUp]
    public void StopTheClock() => Aws.Clock.Freeze();

    [Test]
    public async Task An_item_is_deleted_after_its_time_and_read_until_then()
    {
        await SetAsync(Hash, enabled: true);
        await PutAsync(Hash, ("p", S("soon")), ("expires", In(60)));
        await PutAsync(Hash, ("p", S("later")), ("expires", In(3600)));
        await PutAsync(Hash, ("p", S("never")));
        var start = await KeysAsync();
        Aws.Clock.Advance(TimeSpan.FromSeconds(59));
        var before = await KeysAsync();
        Aws.Clock.Advance(TimeSpan.FromSeconds(3));
        var after = await KeysAsync();
        Aws.Clock.Advance(TimeSpan.FromDays(1));
        var last = await KeysAsync();
        Assert.That((start, before, after, last), Is.EqualTo(("later never soon", "later never soon", "later never", "never")));
    }

    [Test]
    public async Task The_attribute_as_it_is_now_decides()
    {
        await SetAsync(Hash, enabled: true);
        await PutAsync(Hash, ("p", S("kept")), ("expires", In(60)));
        await PutAsync(Hash, ("p", S("shortened")), ("expires", In(6000)));
        await PutAsync(Hash, ("p", S("freed")), ("expires", In(60)));
        await PutAsync(Hash, ("p", S("kept")), ("expires", In(600)));
        await PutAsync(Hash, ("p", S("shortened")), ("expires", In(60)));
        await PutAsync(Hash, ("p", S("freed")));
        Aws.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.That(await KeysAsync(), Is.EqualTo("freed kept"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html")]
    public async Task Only_a_number_of_no_more_than_five_years_ago_expires()
    {
        await SetAsync(Hash, enabled: true);
        await PutAsync(Hash, ("p", S("text")), ("expires", S("1")));
        await PutAsync(Hash, ("p", S("old")), ("expires", N("1")));
        await PutAsync(Hash, ("p", S("negative")), ("expires", N("-5")));
        await PutAsync(Hash, ("p", S("huge")), ("expires", N("1e100")));
        await PutAsync(Hash, ("p", S("beyond the calendar")), ("expires", N("999999999999999999")));
        await PutAsync(Hash, ("p", S("fraction")), ("expires", N($"{Aws.Clock.GetUtcNow().ToUnixTimeSeconds() - 10}.5")));
        Aws.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await KeysAsync(), Is.EqualTo("beyond the calendar huge negative old text"));
    }

    [Test]
    public async Task Items_that_were_there_before_expire_too()
    {
        for (var item = 0; item < 30; item++) await PutAsync(Hash, ("p", S($"{item:D2}")), ("expires", In(item < 29 ? 10 : 10000)));
        await SetAsync(Hash, enabled: true);
        Aws.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.That(await KeysAsync(), Is.EqualTo("29"));
        Assert.That((await DynamoDb.DescribeTableAsync(Hash)).Table.ItemCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Nothing_expires_once_it_is_disabled()
    {
        await SetAsync(Hash, enabled: true);
        await PutAsync(Hash, ("p", S("a")), ("expires", In(7200)));
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        await SetAsync(Hash, enabled: false);
        Aws.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await KeysAsync(), Is.EqualTo("a"));
    }

    [Test]
    public async Task A_fork_goes_on_by_itself()
    {
        await SetAsync(Hash, enabled: true);
        await PutAsync(Hash, ("p", S("a")), ("expires", In(60)));
        await using var fork = Aws.Fork();
        fork.Clock.Advance(TimeSpan.FromMinutes(2));
        using var client = fork.CreateClient<AmazonDynamoDBClient>();
        Assert.That((await client.ScanAsync(new ScanRequest(Hash))).Count, Is.Zero);
        Assert.That(await KeysAsync(), Is.EqualTo("a"));
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-143, 144, 146, 147; tests of scylladb/scylladb test/alternator/test_ttl.py")]
    public async Task What_cannot_be_set_is_refused()
    {
        var never = await DescribeAsync();
        Refuses(() => SetAsync(Hash, enabled: false), "TimeToLive is already disabled");
        await SetAsync(Hash, enabled: true);
        var enabled = await DescribeAsync();
        Assert.Multiple(() =>
        {
            Assert.That((never.TimeToLiveStatus.Value, never.AttributeName), Is.EqualTo(("DISABLED", (string?)null)));
            Assert.That((enabled.TimeToLiveStatus.Value, enabled.AttributeName), Is.EqualTo(("ENABLED", "expires")));
            Refuses(() => SetAsync(Hash, enabled: true), "TimeToLive is already enabled");
            Refuses(() => SetAsync(Hash, enabled: true, "other"), "TimeToLive is active on a different AttributeName: current AttributeName is expires");
            Refuses(() => SetAsync(Hash, enabled: false, "other"), "TimeToLive is active on a different AttributeName: current AttributeName is expires");
            Refuses(() => SetAsync(Hash, enabled: false), "Time to live has been modified multiple times within a fixed interval");
            Refuses(() => SetAsync(Range, enabled: true, ""), "1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length greater than or equal to 1");
            Fails(() => SetAsync("absent", enabled: true), "ResourceNotFoundException", "Requested resource not found: Table: absent not found");
        });
        Aws.Clock.Advance(TimeSpan.FromMinutes(31));
        await SetAsync(Hash, enabled: false);
        Assert.That((await DescribeAsync()).TimeToLiveStatus.Value, Is.EqualTo("DISABLED"));
    }

    private AttributeValue In(int seconds) => N($"{Aws.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds}");

    private Task SetAsync(string table, bool enabled, string attribute = "expires") =>
        DynamoDb.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest { TableName = table, TimeToLiveSpecification = new() { AttributeName = attribute, Enabled = enabled } });

    private async Task<TimeToLiveDescription> DescribeAsync() => (await DynamoDb.DescribeTimeToLiveAsync(Hash)).TimeToLiveDescription;

    private async Task<string> KeysAsync() =>
        string.Join(' ', ((await DynamoDb.ScanAsync(new ScanRequest(Hash))).Items ?? []).Select(item => item["p"].S).Order(StringComparer.Ordinal));
}
