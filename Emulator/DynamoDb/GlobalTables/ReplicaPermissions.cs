using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.GlobalTables;

/// <summary>What UpdateTable asks permission for: in the regions of its replicas too.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html</remarks>
internal static class ReplicaPermissions
{
    private static readonly string[] OfCreate = ["CreateTable", "CreateTableReplica", "Scan", "Query", "UpdateItem", "PutItem", "GetItem", "DeleteItem", "BatchWriteItem"];
    private static readonly string[] OfDelete = ["DeleteTable", "DeleteTableReplica"];

    public static IReadOnlyList<Permission> Of(string action, DynamoDbService service, Call call, UpdateTableInput input) =>
    [
        new(action, Arns.Table(call, input.TableName)),
        .. (input.ReplicaUpdates ?? []).SelectMany(update => Actions(update).Select(replica => new Permission($"dynamodb:{replica}", ReplicaArn(call, input.TableName, update!.Action.RegionName)))),
    ];

    private static string[] Actions(ReplicaUpdateInput? update) => update switch
    {
        { Create.RegionName: not null } => OfCreate,
        { Delete.RegionName: not null } => OfDelete,
        _ => [],
    };

    private static string ReplicaArn(Call call, string? table, string? region)
    {
        var parts = Arns.Table(call, table).Split(':', 6);
        return parts.Length == 6 ? $"arn:aws:dynamodb:{region}:{parts[4]}:{parts[5]}" : "*";
    }
}
