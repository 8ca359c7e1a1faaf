using Emulator.DynamoDb.Operations;
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
        var table = service.Tables.Find(name) ?? throw DynamoDbErrors.TableNotFound(name.Name);
        return new(AwsJson.Encode(new DescribeTimeToLiveOutput(TimeToLiveDescription.Of(table)), ControlJson.Default.DescribeTimeToLiveOutput));
    }
}

internal sealed record DescribeTimeToLiveOutput(TimeToLiveDescription TimeToLiveDescription);

internal sealed record TimeToLiveDescription(string TimeToLiveStatus, string? AttributeName)
{
    public static TimeToLiveDescription Of(Table table) => table.TimeToLive?.AttributeName is { } attribute ? new("ENABLED", attribute) : new("DISABLED", null);
}
