using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.TimeToLive;

/// <summary>Tells whether and by which attribute the items of a table expire.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html</remarks>
internal static class DescribeTimeToLive
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, TableNameInput input)
    {
        TableNameRules.Check(input.TableName);
        var name = TableName.Parse(call, input.TableName!);
        using var snapshot = service.Store.Snapshot();
        if (DepartingTables.Find(snapshot, name, call.Now) is not null) throw NotActive("DELETING");
        var table = TableStore.ReadAny(snapshot, name) ?? throw DynamoDbErrors.TableNotFound(name.Name);
        if (table.IsCreatingAt(call.Now)) throw NotActive(Transition.Creating);
        return new(AwsJson.Encode(new DescribeTimeToLiveOutput(TimeToLiveDescription.Of(table)), ControlJson.Default.DescribeTimeToLiveOutput));
    }

    // Observed: DDB-TABLE-442 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.
    private static AwsException NotActive(string status) => DynamoDbErrors.Validation($"Cannot describe time to live while table is in {status} state: Current table state is {status}");
}

internal sealed record DescribeTimeToLiveOutput(TimeToLiveDescription TimeToLiveDescription);

internal sealed record TimeToLiveDescription(string TimeToLiveStatus, string? AttributeName)
{
    public static TimeToLiveDescription Of(Table table) => table.TimeToLive?.AttributeName is { } attribute ? new("ENABLED", attribute) : new("DISABLED", null);
}
