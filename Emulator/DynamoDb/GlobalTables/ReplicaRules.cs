using Emulator.DynamoDb.Tables;
using Emulator.Identifiers;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.GlobalTables;

/// <summary>What UpdateTable asks of its ReplicaUpdates, in AWS's order.</summary>
/// <remarks>Source of order and texts: DDB-TABLE-203, 223, 225, 265, 267, 294, 297, 307, 309, 313 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal static class ReplicaRules
{
    /// <summary>What can be seen without the table.</summary>
    public static void Check(List<ReplicaUpdateInput?> updates)
    {
        if (updates.Exists(update => update!.Actions == 0 || update.Update is { IsEmpty: true })) throw DynamoDbErrors.Validation("There are no actions specified in the Replica Update Action of the request.");
        if (updates.Exists(update => update!.Actions > 1) || updates.DistinctBy(Kind).Count() > 1) throw DynamoDbErrors.Validation("Update table operation with more than one type of replica actions not allowed.");
        if (updates[0]!.Update is null && updates.DistinctBy(update => update!.Action.RegionName).Count() > 1) throw DynamoDbErrors.Validation("Update table operation with more than one create or delete replica actions not allowed");
        foreach (var update in updates) TableClassRules.Check(update!.Action.TableClassOverride);
    }

    /// <summary>What depends on the table as it is.</summary>
    public static void Check(IReader reader, Table table, List<ReplicaUpdateInput?> updates, DateTimeOffset now)
    {
        foreach (var update in updates)
        {
            var region = update!.Action.RegionName!;
            if (region == table.Region) throw DynamoDbErrors.Validation("Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.");
            GlobalTableRegions.Require(region);
            if (update.Create is { } create) CheckCreate(reader, table, create, now);
            else if (Replica(table, region) is not { } replica) throw DynamoDbErrors.Validation($"Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [{region}].");
            else if (update.Update is { } change) CheckChange(table, change);
            else CheckRemoval(replica, now);
        }
    }

    /// <summary>Whether a table may leave its global table, if it belongs to one, and be gone.</summary>
    public static void CheckRemoval(Table table, DateTimeOffset now)
    {
        if (table.GlobalTable is not { } global)
        {
            if (table.DeletionProtectionEnabled) throw DynamoDbErrors.DeletionProtected();
            return;
        }
        if (table.DeletionProtectionEnabled) throw DynamoDbErrors.Validation($"Cannot delete table {table.Name} in region {table.Region} because it has deletion protection enabled. Disable deletion protection first.");
        if (global.IsRecentSource(table.Region, now)) throw DynamoDbErrors.Validation("Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.");
    }

    public static Table? Replica(Table table, string region) => table.Replicas.FirstOrDefault(replica => replica.Region == region);

    /// <summary>The key of a new replica: all replicas are encrypted with keys of one kind, each with one of its own region.</summary>
    public static string? KeyOf(Table table, ReplicaInput create)
    {
        var managed = ManagedKey(table, create.RegionName!);
        if (create.KMSMasterKeyId is null && table.KmsKeyArn == ManagedKey(table, table.Region)) return managed;
        if (table.KmsKeyArn is null != create.KMSMasterKeyId is null) throw KeyRequired();
        if (create.KMSMasterKeyId is not { } id) return null;
        var key = KmsKeys.Arn(table.Account, create.RegionName!, id);
        if (key == managed != (table.KmsKeyArn == ManagedKey(table, table.Region))) throw DynamoDbErrors.Invalid("All replica keys must either be Customer Managed CMK or AWS Managed CMK.");
        return key;
    }

    public static AwsException KeyRequired() => DynamoDbErrors.Invalid("KMSMasterKeyId must be specified for each replica.");

    private static void CheckCreate(IReader reader, Table table, ReplicaInput create, DateTimeOffset now)
    {
        if (TableStore.IsTaken(reader, new(table.Account, create.RegionName!, table.Name), now)) throw DynamoDbErrors.Validation($"Failed to create a the new replica of table with name: ‘{table.Name}’ because one or more replicas already existed as tables.");
        KeyOf(table, create);
    }

    private static void CheckChange(Table table, ReplicaInput change)
    {
        if (change.KMSMasterKeyId is not null) throw KeyRequired();
        if (table.OnDemand && Reads(change).Any(reads => reads.ReadCapacityUnits is not null)) throw DynamoDbErrors.Validation("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        if (!table.OnDemand && Reads(change).Any(reads => reads.MaxReadRequestUnits is not null)) throw DynamoDbErrors.Validation("MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED");
    }

    private static IEnumerable<ReadOverride> Reads(ReplicaInput change) => [change.Reads, .. (change.GlobalSecondaryIndexes ?? []).Select(index => index!.Reads)];

    private static string ManagedKey(Table table, string region) => KmsKeys.Arn(table.Account, region, KmsKeys.DynamoDbAlias);

    private static string Kind(ReplicaUpdateInput? update) => update!.Create is not null ? "create" : update.Update is not null ? "update" : "delete";
}
