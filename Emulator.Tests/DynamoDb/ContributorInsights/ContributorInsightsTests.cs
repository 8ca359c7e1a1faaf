using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.ContributorInsights;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContributorInsights.html")]
[Observed("2026-10: DDB-TABLE-089 to 095, 112, 341, 343 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller")]
internal sealed class ContributorInsightsTests : DynamoDbFixture
{
    private const string Indexed = "Indexed";
    private const string Global = "byDate";
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [SetUp]
    public async Task CreateIndexedAsync()
    {
        Aws.Clock.Freeze();
        Aws.Clock.Set(Start);
        await DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = Indexed,
            AttributeDefinitions = [new("p", ScalarAttributeType.S), new("c", ScalarAttributeType.S), new("date", ScalarAttributeType.S)],
            KeySchema = [new("p", KeyType.HASH), new("c", KeyType.RANGE)],
            GlobalSecondaryIndexes = [new() { IndexName = Global, KeySchema = [new("date", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL } }],
            LocalSecondaryIndexes = [new() { IndexName = "local", KeySchema = [new("p", KeyType.HASH), new("date", KeyType.RANGE)], Projection = new() { ProjectionType = ProjectionType.ALL } }],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
    }

    [Test]
    public async Task A_table_that_was_never_configured_has_a_status_and_nothing_else()
    {
        var answer = await DescribeAsync(Hash);
        Assert.That((answer.TableName, answer.ContributorInsightsStatus.Value, answer.ContributorInsightsMode, answer.ContributorInsightsRuleList?.Count ?? 0, answer.LastUpdateDateTime),
            Is.EqualTo((Hash, "DISABLED", (ContributorInsightsMode?)null, 0, (DateTime?)null)));
        Assert.That(Changed(await UpdateAsync(Hash, "DISABLE")), Is.EqualTo(("DISABLED", (string?)null)));
    }

    [Test]
    public async Task Insights_are_turned_on_and_off_and_keep_their_mode()
    {
        Assert.That(Changed(await UpdateAsync(Indexed, "ENABLE")), Is.EqualTo(("ENABLING", "ACCESSED_AND_THROTTLED_KEYS")));
        Assert.That(Changed(await UpdateAsync(Indexed, "ENABLE")), Is.EqualTo(("ENABLED", "ACCESSED_AND_THROTTLED_KEYS")), "so already");

        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(Changed(await UpdateAsync(Indexed, "DISABLE")), Is.EqualTo(("DISABLING", "ACCESSED_AND_THROTTLED_KEYS")));
        var answer = await DescribeAsync(Indexed);
        Assert.That((answer.ContributorInsightsStatus.Value, answer.ContributorInsightsMode.Value, answer.ContributorInsightsRuleList?.Count ?? 0), Is.EqualTo(("DISABLED", "ACCESSED_AND_THROTTLED_KEYS", 0)));
        Assert.That(answer.LastUpdateDateTime!.Value.ToUniversalTime(), Is.EqualTo(Start.AddMinutes(1).UtcDateTime));
    }

    [Test]
    public async Task Each_kind_of_key_has_rules_whose_names_a_narrower_mode_keeps()
    {
        var at = Start.ToUnixTimeMilliseconds();
        await UpdateAsync(Indexed, "ENABLE");
        Assert.That((await DescribeAsync(Indexed)).ContributorInsightsRuleList, Is.EqualTo(new[] { "PKC", "PKT", "SKC", "SKT" }.Select(kind => $"DynamoDBContributorInsights-{kind}-Indexed-{at}")));

        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(Changed(await UpdateAsync(Indexed, "ENABLE", mode: ContributorInsightsMode.THROTTLED_KEYS)), Is.EqualTo(("ENABLING", "THROTTLED_KEYS")));
        Assert.That((await DescribeAsync(Indexed)).ContributorInsightsRuleList, Is.EqualTo(new[] { "PKT", "SKT" }.Select(kind => $"DynamoDBContributorInsights-{kind}-Indexed-{at}")));
    }

    [Test]
    public async Task A_global_index_has_insights_of_its_own()
    {
        await UpdateAsync(Indexed, "ENABLE", Global);
        var answer = await DescribeAsync(Indexed, Global);
        Assert.That((answer.IndexName, answer.ContributorInsightsStatus.Value), Is.EqualTo((Global, "ENABLED")));
        Assert.That(answer.ContributorInsightsRuleList, Is.EqualTo(new[] { "PKC", "PKT" }.Select(kind => $"DynamoDBContributorInsights-{kind}-Indexed-byDate-{Start.ToUnixTimeMilliseconds()}")));
        Assert.That((await DescribeAsync(Indexed)).ContributorInsightsStatus.Value, Is.EqualTo("DISABLED"));
    }

    [Test]
    public async Task What_is_on_is_listed_page_by_page_each_table_before_its_indexes()
    {
        Assert.That(await ListAsync(null, null), Is.Empty);
        await UpdateAsync(Indexed, "ENABLE", Global);
        await UpdateAsync(Indexed, "ENABLE");
        await UpdateAsync(Range, "ENABLE");
        await UpdateAsync(Hash, "ENABLE");
        await UpdateAsync(Hash, "DISABLE");

        (string, string?)[] all = [(Indexed, null), (Indexed, Global), (Range, null)];
        Assert.That(await ListAsync(null, null), Is.EqualTo(all));
        Assert.That(await ListAsync(null, 1), Is.EqualTo(all));
        Assert.That(await ListAsync(Indexed, 1), Is.EqualTo(all[..2]));
        Assert.That(await ListAsync(Hash, null), Is.Empty);
    }

    [TestCase("local")]
    [TestCase("none")]
    public void What_is_no_global_index_is_not_found(string index)
    {
        var message = $"Requested resource not found: Index: {index} not found for table: Indexed";
        Fails(() => UpdateAsync(Indexed, "ENABLE", index), "ResourceNotFoundException", message);
        Fails(() => DescribeAsync(Indexed, index), "ResourceNotFoundException", message);
    }

    [Test]
    public void Wrong_words_are_refused()
    {
        Refuses(() => UpdateAsync(Hash, "ON"), "1 validation error detected: Value 'ON' at 'contributorInsightsAction' failed to satisfy constraint: Member must satisfy enum value set: [ENABLE, DISABLE]");
        Refuses(() => UpdateAsync(Hash, "ENABLE", mode: new ContributorInsightsMode("ALL")), "1 validation error detected: Value 'ALL' at 'contributorInsightsMode' failed to satisfy constraint: Member must satisfy enum value set: [THROTTLED_KEYS, ACCESSED_AND_THROTTLED_KEYS]");
        Refuses(() => UpdateAsync(Hash, "ENABLE", "x"), "IndexName must be at least 3 characters long and at most 255 characters long");
        Fails(() => UpdateAsync("None", "ENABLE"), "ResourceNotFoundException", "Requested resource not found: Table: None not found");
        Fails(() => ListAsync("None", null), "ResourceNotFoundException", "Requested resource not found: Table: None not found");
    }

    private static (string, string?) Changed(UpdateContributorInsightsResponse answer) => (answer.ContributorInsightsStatus.Value, answer.ContributorInsightsMode?.Value);

    private Task<UpdateContributorInsightsResponse> UpdateAsync(string table, string action, string? index = null, ContributorInsightsMode? mode = null) => DynamoDb.UpdateContributorInsightsAsync(new UpdateContributorInsightsRequest
    {
        TableName = table,
        IndexName = index,
        ContributorInsightsAction = new(action),
        ContributorInsightsMode = mode,
    });

    private Task<DescribeContributorInsightsResponse> DescribeAsync(string table, string? index = null) =>
        DynamoDb.DescribeContributorInsightsAsync(new DescribeContributorInsightsRequest { TableName = table, IndexName = index });

    private async Task<List<(string, string?)>> ListAsync(string? table, int? page)
    {
        var found = new List<(string, string?)>();
        string? token = null;
        do
        {
            var answer = await DynamoDb.ListContributorInsightsAsync(new ListContributorInsightsRequest { TableName = table, MaxResults = page, NextToken = token });
            found.AddRange((answer.ContributorInsightsSummaries ?? []).Select(summary => (summary.TableName, (string?)summary.IndexName)));
            token = answer.NextToken;
        }
        while (token is not null);
        return found;
    }
}
