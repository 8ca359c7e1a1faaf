using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.GlobalTables;

/// <summary>The operations of version 2017.11.29 of global tables, of which AWS lets nobody make new ones: so none is found.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables.V1.html
/// Observed: DDB-GLOBALTABLE-001 to 004 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.
/// </remarks>
internal static class LegacyGlobalTables
{
    public static IReadOnlyList<Permission> Permissions(string action, DynamoDbService service, Call call, LegacyGlobalTableInput input) => [new(action, $"arn:aws:dynamodb::{call.Account}:global-table/{input.GlobalTableName ?? "*"}")];

    public static ValueTask<ReadOnlyMemory<byte>> CreateAsync(DynamoDbService service, Call call, LegacyGlobalTableInput input)
    {
        input.Check(input.ReplicationGroup, "replicationGroup");
        throw NotSupported();
    }

    public static ValueTask<ReadOnlyMemory<byte>> UpdateAsync(DynamoDbService service, Call call, LegacyGlobalTableInput input)
    {
        input.Check(input.ReplicaUpdates, "replicaUpdates");
        if (input.ReplicaUpdates!.Count == 0) throw DynamoDbErrors.Validation("One or more parameter values were invalid");
        throw input.ReplicaUpdates.Exists(update => update?.Create is not null) ? NotSupported() : NotFound($"Global table with name: '{input.GlobalTableName}' does not exist.");
    }

    public static ValueTask<ReadOnlyMemory<byte>> DescribeAsync(DynamoDbService service, Call call, LegacyGlobalTableInput input)
    {
        input.Check();
        throw NotFound($"Global table not found: Global table with name: '{input.GlobalTableName}' does not exist.");
    }

    /// <summary>DescribeGlobalTableSettings and UpdateGlobalTableSettings.</summary>
    public static ValueTask<ReadOnlyMemory<byte>> SettingsAsync(DynamoDbService service, Call call, LegacyGlobalTableInput input)
    {
        input.Check();
        throw NotFound($"Global table with name: '{input.GlobalTableName}' does not exist.");
    }

    public static ValueTask<ReadOnlyMemory<byte>> ListAsync(DynamoDbService service, Call call, EmptyInput input) => new("{\"GlobalTables\":[]}"u8.ToArray());

    private static AwsException NotSupported() => DynamoDbErrors.Invalid("DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 (Legacy).");

    private static AwsException NotFound(string message) => new("GlobalTableNotFoundException", message);
}

internal sealed record LegacyGlobalTableInput(string? GlobalTableName, List<ReplicaInput?>? ReplicationGroup, List<ReplicaUpdateInput?>? ReplicaUpdates)
{
    public static LegacyGlobalTableInput Decode(ref InputReader json)
    {
        string? name = null;
        List<ReplicaInput?>? group = null;
        List<ReplicaUpdateInput?>? updates = null;
        while (json.NextMember())
        {
            if (json.Is("GlobalTableName"u8)) name = json.String();
            else if (json.Is("ReplicationGroup"u8)) group = json.Structs("Replica", ReplicaInput.Decode);
            else if (json.Is("ReplicaUpdates"u8)) updates = json.Structs("ReplicaUpdate", ReplicaUpdateInput.Decode);
            else json.Skip();
        }
        return new(name, group, updates);
    }

    public void Check()
    {
        var constraints = new Constraints();
        AddTo(ref constraints);
        constraints.Require();
    }

    public void Check(object? required, string path)
    {
        var constraints = new Constraints();
        AddTo(ref constraints);
        constraints.NotNull(required, path);
        constraints.Require();
    }

    private void AddTo(ref Constraints constraints)
    {
        if (GlobalTableName is null) constraints.NotNull(GlobalTableName, "globalTableName");
        else constraints.Name(GlobalTableName, "globalTableName");
    }
}
