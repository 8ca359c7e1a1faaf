using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.ContributorInsights;

/// <summary>Whether contributor insights of a table or a global index are on, as it is stored with it.</summary>
/// <param name="Mode">ACCESSED_AND_THROTTLED_KEYS or THROTTLED_KEYS.</param>
/// <param name="EnabledAt">What the names of the rules end with: a change of the mode keeps it.</param>
/// <remarks>There is no CloudWatch: nothing is counted. Source: DDB-TABLE-089 to 095, 112, 341 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal sealed record InsightsSetting(bool IsEnabled, string Mode, DateTimeOffset EnabledAt, DateTimeOffset ChangedAt)
{
    public const string All = "ACCESSED_AND_THROTTLED_KEYS";
    public const string Throttled = "THROTTLED_KEYS";

    public string Status => IsEnabled ? "ENABLED" : "DISABLED";

    /// <summary>The rules of CloudWatch: of partition keys and, where there are sort keys, of items; consumed and throttled.</summary>
    public IReadOnlyList<string>? Rules(string table, string? index, bool hasSortKey)
    {
        if (!IsEnabled) return null;
        string[] kinds = Mode == Throttled ? hasSortKey ? ["PKT", "SKT"] : ["PKT"] : hasSortKey ? ["PKC", "PKT", "SKC", "SKT"] : ["PKC", "PKT"];
        return [.. kinds.Select(kind => $"DynamoDBContributorInsights-{kind}-{table}-{(index is null ? "" : $"{index}-")}{EnabledAt.ToUnixTimeMilliseconds()}")];
    }

    /// <summary>The setting of a table or of its index; null where none was ever made.</summary>
    public static InsightsSetting? Of(Table table, string? index) => index is null ? table.Insights : Require(table, index).Insights;

    public static Table Put(Table table, string? index, InsightsSetting setting) =>
        index is null ? table with { Insights = setting } : table with { Indexes = [.. table.Indexes!.Select(present => present.Name == index ? present with { Insights = setting } : present)] };

    private static SecondaryIndex Require(Table table, string name) =>
        table.Indexes?.FirstOrDefault(index => !index.IsLocal && index.Name == name)
        ?? throw DynamoDbErrors.IndexNotFound(name, table.Name);
}
