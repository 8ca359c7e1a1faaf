using Emulator.DynamoDb.Tables;
using Emulator.Identifiers;
using Emulator.Storage;

namespace Emulator.DynamoDb.GlobalTables;

/// <summary>Keeps alike what all replicas of a global table have in common.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html#V2globaltables_HowItWorks.setting-synchronization
/// Observed: DDB-TABLE-230, 251, 294 to 297, 321 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.
/// </remarks>
internal static class ReplicaSettings
{
    /// <summary>Gives the other replicas what a table that has changed has in common with them.</summary>
    public static void Follow(IWriteTransaction transaction, Table table)
    {
        foreach (var region in table.GlobalTable!.Others(table.Region))
        {
            if (TableStore.ReadAlone(transaction, new(table.Account, region, table.Name)) is { } replica) TableStore.PutAlone(transaction, Shared(table, replica));
        }
    }

    /// <summary>Gives those that have not their own what a request changed of reads and class: what differed before stays.</summary>
    public static void FollowRequest(IWriteTransaction transaction, Table before, Table after, DateTimeOffset now)
    {
        foreach (var region in after.GlobalTable!.Others(after.Region))
        {
            if (TableStore.ReadAlone(transaction, new(after.Account, region, after.Name)) is not { } replica) continue;
            if (after.TableClass != before.TableClass && replica.TableClass == before.TableClass) replica = replica.WithClass(after.TableClass!, now);
            TableStore.PutAlone(transaction, replica with
            {
                ReadCapacityUnits = replica.ReadCapacityUnits == before.ReadCapacityUnits ? after.ReadCapacityUnits : replica.ReadCapacityUnits,
                MaxReadRequestUnits = replica.MaxReadRequestUnits == before.MaxReadRequestUnits ? after.MaxReadRequestUnits : replica.MaxReadRequestUnits,
                Indexes = replica.Indexes is null ? null : [.. replica.Indexes.Select(index => Inherited(index, Of(before, index), Of(after, index)))],
            });
        }
    }

    private static SecondaryIndex Inherited(SecondaryIndex index, SecondaryIndex? before, SecondaryIndex? after) =>
        before is null || after is null ? index : index with
        {
            ReadCapacityUnits = index.ReadCapacityUnits == before.ReadCapacityUnits ? after.ReadCapacityUnits : index.ReadCapacityUnits,
            MaxReadRequestUnits = index.MaxReadRequestUnits == before.MaxReadRequestUnits ? after.MaxReadRequestUnits : index.MaxReadRequestUnits,
        };

    private static Table Shared(Table table, Table replica)
    {
        var ownReads = replica.OnDemand == table.OnDemand;
        return replica with
        {
            GlobalTable = table.GlobalTable,
            AttributeDefinitions = table.AttributeDefinitions,
            OnDemand = table.OnDemand,
            OnDemandSince = ownReads ? replica.OnDemandSince : table.OnDemandSince,
            ReadCapacityUnits = ownReads ? replica.ReadCapacityUnits : table.ReadCapacityUnits,
            WriteCapacityUnits = table.WriteCapacityUnits,
            MaxReadRequestUnits = ownReads ? replica.MaxReadRequestUnits : table.MaxReadRequestUnits,
            MaxWriteRequestUnits = table.MaxWriteRequestUnits,
            Throughput = table.Throughput,
            WarmReadUnitsPerSecond = table.WarmReadUnitsPerSecond,
            WarmWriteUnitsPerSecond = table.WarmWriteUnitsPerSecond,
            TimeToLive = table.TimeToLive,
            KmsKeyArn = Key(table, replica),
            Indexes = table.Indexes is null ? null : [.. table.Indexes.Select(index => Shared(index, Of(replica, index), ownReads))],
        };
    }

    private static SecondaryIndex Shared(SecondaryIndex index, SecondaryIndex? own, bool ownReads) => index with
    {
        ReadCapacityUnits = ownReads && own is not null ? own.ReadCapacityUnits : index.ReadCapacityUnits,
        MaxReadRequestUnits = ownReads && own is not null ? own.MaxReadRequestUnits : index.MaxReadRequestUnits,
        Insights = own?.Insights,
    };

    /// <summary>The kind of key is the same in all regions, the key that of each region.</summary>
    private static string? Key(Table table, Table replica)
    {
        if (table.KmsKeyArn is null) return null;
        var isManaged = table.KmsKeyArn == KmsKeys.Arn(table.Account, table.Region, KmsKeys.DynamoDbAlias);
        return isManaged || replica.KmsKeyArn is null ? KmsKeys.Arn(replica.Account, replica.Region, KmsKeys.DynamoDbAlias) : replica.KmsKeyArn;
    }

    private static SecondaryIndex? Of(Table table, SecondaryIndex index) => table.Indexes?.FirstOrDefault(other => other.Name == index.Name && other.Number == index.Number);
}
