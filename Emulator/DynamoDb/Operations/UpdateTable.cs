using Emulator.DynamoDb.GlobalTables;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.ReplicaScaling;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Operations;

/// <summary>Changes the settings of a table, one matter a request; they hold at once, but the answer tells what takes AWS time as it was before.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html</remarks>
internal static class UpdateTable
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, UpdateTableInput input) => ExecuteAsync(service, call, input, service.Transitions);

    /// <param name="transitions">How long what it changes is on its way.</param>
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, UpdateTableInput input, Transitions transitions)
    {
        UpdateTableRules.Check(input);
        var name = TableName.Parse(call, input.TableName!);
        var description = await ApplyAsync(service, name, input, call.Now, (transaction, before, replicas) =>
        {
            ReplicaRules.Check(transaction, before, replicas, call.Now);
            if (replicas.Exists(update => update!.Create is not null)) WriteScaling.Require(service, before);
            return ReplicaUpdates.Apply(service, call, transaction, before, replicas, transitions);
        });
        foreach (var update in input.ReplicaUpdates ?? [])
        {
            if (update!.Create is { RegionName: { } region } && service.Tables.Find(name) is { } table) await WriteScaling.CopyAsync(service, table, region);
        }
        return AwsJson.Encode(new TableDescriptionOutput(description), DynamoDbJson.Default.TableDescriptionOutput);
    }

    /// <summary>Provisions other units of a table or of one of its global indexes, for Application Auto Scaling.</summary>
    public static async ValueTask ProvisionAsync(DynamoDbService service, TableName name, string? index, ThroughputInput units, DateTimeOffset now) =>
        await ApplyAsync(service, name, UpdateTableInput.Of(index, units), now, null);

    /// <param name="updateReplicas">Null where it is no request but scaling, which leaves the reads of other regions as they are (observed: DDB-TABLE-314 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller).</param>
    private static async ValueTask<TableDescription> ApplyAsync(DynamoDbService service, TableName name, UpdateTableInput input, DateTimeOffset now,
        Func<IWriteTransaction, Table, List<ReplicaUpdateInput?>, TableDescription>? updateReplicas)
    {
        var description = await service.Store.WriteAsync(transaction =>
        {
            var before = TransitionRules.Require(transaction, name, now);
            TransitionRules.CheckUpdate(before, input, now);
            UpdateTableRules.Check(input, before);
            if (input.ReplicaUpdates is { } replicas) return updateReplicas!(transaction, before, replicas);
            var after = IndexUpdates.Apply(transaction, before, Changed(before, input, now), input, now);
            if (input.StreamSpecification is { } stream) after = stream.Apply(transaction, after, service.Ids.Uuid(), now);
            TableStore.Put(transaction, service.Transitions.Updated(before, after, input, now));
            if (after.GlobalTable is not null && updateReplicas is not null) ReplicaSettings.FollowRequest(transaction, before, after, now);
            return after.DescribeUpdating(before, input, transaction, now, input.IsAtOnce ? "ACTIVE" : "UPDATING");
        });
        if (input.StreamSpecification is not null) service.Trimmer.Arm();
        return description;
    }

    private static Table Changed(Table table, UpdateTableInput input, DateTimeOffset now)
    {
        table = ThroughputChange.Apply(table, input, now);
        if (input.SSESpecification is { } encryption) table = table.WithEncryption(encryption, now);
        if (input.TableClass is { } tableClass) table = table.WithClass(tableClass, now);
        return table with
        {
            WarmReadUnitsPerSecond = input.WarmThroughput?.ReadUnitsPerSecond ?? table.WarmRead,
            WarmWriteUnitsPerSecond = input.WarmThroughput?.WriteUnitsPerSecond ?? table.WarmWrite,
            SettingsReplication = input.GlobalTableSettingsReplicationMode ?? table.SettingsReplication,
            DeletionProtectionEnabled = input.DeletionProtectionEnabled ?? table.DeletionProtectionEnabled,
        };
    }
}

internal sealed class UpdateTableInput
{
    public string? TableName { get; private set; }
    public List<AttributeDefinition?>? AttributeDefinitions { get; private set; }
    public string? BillingMode { get; private set; }
    public ThroughputInput? ProvisionedThroughput { get; private set; }
    public WarmThroughputInput? WarmThroughput { get; private set; }
    public OnDemandThroughputInput? OnDemandThroughput { get; private set; }
    public StreamSpecification? StreamSpecification { get; private set; }
    public SseInput? SSESpecification { get; private set; }
    public List<IndexUpdateInput?>? GlobalSecondaryIndexUpdates { get; private set; }
    public string? TableClass { get; private set; }
    public bool? DeletionProtectionEnabled { get; private set; }

    public List<ReplicaUpdateInput?>? ReplicaUpdates { get; private set; }
    public string? GlobalTableSettingsReplicationMode { get; private set; }

    /// <summary>Whether it changes nothing that takes the table time: it stays ACTIVE.</summary>
    public bool IsAtOnce => this is { BillingMode: null, ProvisionedThroughput: null, StreamSpecification: null, TableClass: null } && GlobalSecondaryIndexUpdates?.Exists(update => update!.Update is null) != true;

    /// <summary>The first parameter that AWS honours and this operation does not.</summary>
    public string? NotBuilt { get; private set; }

    /// <param name="index">Null for the units of the table.</param>
    public static UpdateTableInput Of(string? index, ThroughputInput units) => index is null
        ? new() { ProvisionedThroughput = units }
        : new() { GlobalSecondaryIndexUpdates = [new(null, IndexInput.Of(index, units), null)] };

    public static UpdateTableInput Decode(ref InputReader json)
    {
        var input = new UpdateTableInput();
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) input.TableName = json.String();
            else if (json.Is("AttributeDefinitions"u8)) input.AttributeDefinitions = json.Structs("AttributeDefinition", KeyInputs.Definition);
            else if (json.Is("BillingMode"u8)) input.BillingMode = json.String();
            else if (json.Is("ProvisionedThroughput"u8)) input.ProvisionedThroughput = json.Struct("ProvisionedThroughput", ThroughputInput.Decode);
            else if (json.Is("WarmThroughput"u8)) input.WarmThroughput = json.Struct("WarmThroughput", WarmThroughputInput.Decode);
            else if (json.Is("OnDemandThroughput"u8)) input.OnDemandThroughput = json.Struct("OnDemandThroughput", OnDemandThroughputInput.Decode);
            else if (json.Is("StreamSpecification"u8)) input.StreamSpecification = json.Struct("StreamSpecification", StreamSpecification.Decode);
            else if (json.Is("SSESpecification"u8)) input.SSESpecification = json.Struct("SSESpecification", SseInput.Decode);
            else if (json.Is("GlobalSecondaryIndexUpdates"u8)) input.GlobalSecondaryIndexUpdates = json.Structs("GlobalSecondaryIndexUpdate", IndexUpdateInput.Decode);
            else if (json.Is("TableClass"u8)) input.TableClass = json.String();
            else if (json.Is("DeletionProtectionEnabled"u8)) input.DeletionProtectionEnabled = json.Boolean();
            else if (json.Is("ReplicaUpdates"u8)) input.ReplicaUpdates = json.Structs("ReplicationGroupUpdate", ReplicaUpdateInput.Decode);
            else if (json.Is("GlobalTableSettingsReplicationMode"u8)) input.GlobalTableSettingsReplicationMode = json.String();
            else input.DecodeOther(ref json);
        }
        return input;
    }

    private void DecodeOther(ref InputReader json)
    {
        foreach (var name in (ReadOnlySpan<string>)["MultiRegionConsistency", "GlobalTableWitnessUpdates"])
        {
            if (!json.Is(System.Text.Encoding.UTF8.GetBytes(name))) continue;
            if (!json.SkipIsNull()) NotBuilt ??= name;
            return;
        }
        json.Skip();
    }
}
