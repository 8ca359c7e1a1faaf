using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ContributorInsights;

/// <summary>Turns contributor insights of a table or a global index on or off. What is so already is answered as it is; a change answers the status on the way, which then is reached.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContributorInsights.html</remarks>
internal static class UpdateContributorInsights
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, UpdateContributorInsightsInput input)
    {
        input.Check();
        var name = TableName.Parse(call, input.TableName!);
        var output = await service.Store.WriteAsync(transaction =>
        {
            var table = TableStore.Read(transaction, name, call.Now) ?? throw DynamoDbErrors.TableNotFound(name.Name);
            var present = InsightsSetting.Of(table, input.IndexName);
            var changed = Change(present, input, call.Now);
            if (changed is null || changed == present) return new UpdateContributorInsightsOutput(table.Name, input.IndexName, present?.Status ?? "DISABLED", present?.Mode);
            TableStore.Put(transaction, InsightsSetting.Put(table, input.IndexName, changed));
            return new(table.Name, input.IndexName, changed.IsEnabled ? "ENABLING" : "DISABLING", changed.Mode);
        });
        return AwsJson.Encode(output, ControlJson.Default.UpdateContributorInsightsOutput);
    }

    /// <summary>Enabling without a mode is enabling with all keys.</summary>
    private static InsightsSetting? Change(InsightsSetting? present, UpdateContributorInsightsInput input, DateTimeOffset now)
    {
        if (input.Action == "DISABLE") return present is { IsEnabled: true } ? present with { IsEnabled = false, ChangedAt = now } : present;
        var mode = input.Mode ?? InsightsSetting.All;
        return present is not { IsEnabled: true } ? new(true, mode, now, now) : present.Mode == mode ? present : present with { Mode = mode, ChangedAt = now };
    }
}

/// <remarks>Also the input of DescribeContributorInsights, which has no action.</remarks>
internal sealed record UpdateContributorInsightsInput(string? TableName, string? IndexName, string? Action, string? Mode)
{
    public static UpdateContributorInsightsInput Decode(ref InputReader json)
    {
        string? table = null, index = null, action = null, mode = null;
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) table = json.String();
            else if (json.Is("IndexName"u8)) index = json.String();
            else if (json.Is("ContributorInsightsAction"u8)) action = json.String();
            else if (json.Is("ContributorInsightsMode"u8)) mode = json.String();
            else json.Skip();
        }
        return new(table, index, action, mode);
    }

    public void Check()
    {
        if (TableName is null) throw TableNameRules.Required();
        var constraints = new Constraints();
        constraints.Table(TableName);
        constraints.NotNull(Action, "contributorInsightsAction");
        constraints.OneOf(Action, "contributorInsightsAction", "ENABLE, DISABLE");
        constraints.OneOf(Mode, "contributorInsightsMode", "THROTTLED_KEYS, ACCESSED_AND_THROTTLED_KEYS");
        constraints.Require();
        CheckIndex();
    }

    public void CheckIndex()
    {
        if (IndexName?.Length is < 3 or > 255) throw DynamoDbErrors.Validation("IndexName must be at least 3 characters long and at most 255 characters long");
    }
}

internal sealed record UpdateContributorInsightsOutput(string TableName, string? IndexName, string ContributorInsightsStatus, string? ContributorInsightsMode);
