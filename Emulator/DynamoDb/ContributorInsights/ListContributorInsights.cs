using System.Text;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ContributorInsights;

/// <summary>Lists the tables and indexes whose contributor insights are on: of one table, or of all in the order of their names, each before its indexes.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListContributorInsights.html</remarks>
internal static class ListContributorInsights
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ListContributorInsightsInput input)
    {
        var constraints = new Constraints();
        if (input.TableName is not null) constraints.Table(input.TableName);
        constraints.Most(input.MaxResults, "maxResults", DynamoDbLimits.ListInsightsPage);
        constraints.Require();

        var most = input.MaxResults is > 0 and var asked ? asked : DynamoDbLimits.ListInsightsPage;
        var (table, skipped) = input.NextToken is { } token ? Read(token) : (null, 0);
        var (page, next) = Page(Tables(service, call, input.TableName, table), table, skipped, most);
        return new(AwsJson.Encode(new ListContributorInsightsOutput(page, next), ControlJson.Default.ListContributorInsightsOutput));
    }

    private static IEnumerable<Table> Tables(DynamoDbService service, Call call, string? only, string? from)
    {
        if (only is not null)
        {
            var name = TableName.Parse(call, only);
            return [service.Tables.Find(name) ?? throw DynamoDbErrors.TableNotFound(name.Name)];
        }
        // The table that the page begins in is read again: it may have indexes yet to come.
        var names = service.Tables.Names(call.Account, call.Region, from);
        return (from is null ? names : names.Prepend(from)).Select(name => service.Tables.Find(new(call.Account, call.Region, name))).OfType<Table>();
    }

    private static (List<InsightsSummary> Page, string? Next) Page(IEnumerable<Table> tables, string? from, int skipped, int most)
    {
        var page = new List<InsightsSummary>();
        foreach (var table in tables)
        {
            var told = table.Name == from ? skipped : 0;
            foreach (var summary in Enabled(table).Skip(told))
            {
                if (page.Count == most) return (page, Token(table.Name, told));
                page.Add(summary);
                told++;
            }
        }
        return (page, null);
    }

    private static IEnumerable<InsightsSummary> Enabled(Table table)
    {
        if (table.Insights is { IsEnabled: true } own) yield return new(table.Name, null, own.Status, own.Mode);
        foreach (var index in table.Indexes ?? [])
        {
            if (index.Insights is { IsEnabled: true } setting) yield return new(table.Name, index.Name, setting.Status, setting.Mode);
        }
    }

    private static string Token(string table, int told) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{told}:{table}"));

    private static (string Table, int Told) Read(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':') is [var told, var table] && int.TryParse(told, out var count)
            ? (table, count)
            : throw DynamoDbErrors.Validation("Invalid NextToken");
    }
}

internal sealed record ListContributorInsightsInput(string? TableName, string? NextToken, int? MaxResults)
{
    public static ListContributorInsightsInput Decode(ref InputReader json)
    {
        string? table = null, token = null;
        int? most = null;
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) table = json.String();
            else if (json.Is("NextToken"u8)) token = json.String();
            else if (json.Is("MaxResults"u8)) most = json.Integer();
            else json.Skip();
        }
        return new(table, token, most);
    }
}

internal sealed record ListContributorInsightsOutput(IReadOnlyList<InsightsSummary> ContributorInsightsSummaries, string? NextToken);

internal sealed record InsightsSummary(string TableName, string? IndexName, string ContributorInsightsStatus, string ContributorInsightsMode);
