using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ContributorInsights;

/// <summary>Tells whether contributor insights of a table or a global index are on, and the names of their rules.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContributorInsights.html</remarks>
internal static class DescribeContributorInsights
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, UpdateContributorInsightsInput input)
    {
        TableNameRules.Check(input.TableName);
        input.CheckIndex();
        var name = TableName.Parse(call, input.TableName!);
        var table = service.Tables.Find(name) ?? throw DynamoDbErrors.TableNotFound(name.Name);
        return new(AwsJson.Encode(Of(table, input.IndexName, InsightsSetting.Of(table, input.IndexName)), ControlJson.Default.DescribeContributorInsightsOutput));
    }

    private static DescribeContributorInsightsOutput Of(Table table, string? index, InsightsSetting? setting)
    {
        if (setting is null) return new(table.Name, index, "DISABLED");
        var keys = index is null ? table.KeySchema : table.Indexes!.First(present => present.Name == index).KeySchema;
        return new(table.Name, index, setting.Status, setting.Mode, setting.Rules(table.Name, index, keys.Any(key => key.KeyType == "RANGE")), setting.ChangedAt.EpochSeconds());
    }
}

internal sealed record DescribeContributorInsightsOutput(
    string TableName,
    string? IndexName,
    string ContributorInsightsStatus,
    string? ContributorInsightsMode = null,
    IReadOnlyList<string>? ContributorInsightsRuleList = null,
    double? LastUpdateDateTime = null);
