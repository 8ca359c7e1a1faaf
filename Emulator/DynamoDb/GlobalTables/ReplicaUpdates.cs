using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.GlobalTables;

/// <summary>Creates, changes and deletes the replicas of a table in other regions. A replica is a table of its region with its own settings; its items are those of all replicas.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html</remarks>
internal static class ReplicaUpdates
{
    /// <summary>Carries out what is checked; the answer tells the replicas as they were.</summary>
    public static TableDescription Apply(DynamoDbService service, Call call, IWriteTransaction transaction, Table before, List<ReplicaUpdateInput?> updates, Transitions transitions)
    {
        var table = before;
        foreach (var update in updates.DistinctBy(update => update!.Action.RegionName))
        {
            var region = update!.Action.RegionName!;
            if (update.Create is { } create) table = Create(service, call, transaction, table, create, transitions);
            else if (update.Update is { } change) TableStore.Put(transaction, transitions.Updated(Changed(ReplicaRules.Replica(table, region)!, change, call.Now), call.Now));
            else TableRemoval.Remove(service, call, transaction, ReplicaRules.Replica(table, region)!);
        }
        return table.Describe(transaction, call.Now) with
        {
            TableStatus = "UPDATING",
            Replicas = ReplicaDescriber.Replicas(before, call.Now) ?? [],
        };
    }

    private static Table Create(DynamoDbService service, Call call, IWriteTransaction transaction, Table table, ReplicaInput create, Transitions transitions)
    {
        // Observed: DDB-TABLE-221 and 305: a stream that is enabled stays as it is, whatever it tells.
        if (table.LatestStream is not { IsEnabled: true }) table = StreamStore.Enable(transaction, table, "NEW_AND_OLD_IMAGES", service.Ids.Uuid(), call.Now);
        var global = table.GlobalTable ?? new([new(table.Region, null, table.Created)]);
        table = table with { GlobalTable = global.With(create.RegionName!, table.Region, call.Now) };
        var replica = Replica(service, call, table, create);
        replica = StreamStore.Enable(transaction, replica, table.LatestStream!.ViewType, service.Ids.Uuid(), call.Now);
        TableStore.PutAlone(transaction, transitions.Created(Changed(replica, create, call.Now), call.Now));
        TableStore.Put(transaction, transitions.Updated(table, call.Now));
        return table;
    }

    /// <summary>A new replica has the settings of the table but for those that belong to a region.</summary>
    /// <remarks>Observed: DDB-TABLE-230 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
    private static Table Replica(DynamoDbService service, Call call, Table table, ReplicaInput create) => new()
    {
        Name = table.Name,
        Account = table.Account,
        Region = create.RegionName!,
        Id = service.Ids.Uuid(),
        Created = call.Now,
        GlobalTable = table.GlobalTable,
        ItemPlace = table.ItemPlace ?? new(table.Region, table.Id),
        AttributeDefinitions = table.AttributeDefinitions,
        KeySchema = table.KeySchema,
        OnDemand = table.OnDemand,
        OnDemandSince = table.OnDemand ? call.Now : null,
        ReadCapacityUnits = table.ReadCapacityUnits,
        WriteCapacityUnits = table.WriteCapacityUnits,
        MaxReadRequestUnits = table.MaxReadRequestUnits,
        MaxWriteRequestUnits = table.MaxWriteRequestUnits,
        WarmReadUnitsPerSecond = table.WarmReadUnitsPerSecond,
        WarmWriteUnitsPerSecond = table.WarmWriteUnitsPerSecond,
        TableClass = table.TableClass,
        KmsKeyArn = ReplicaRules.KeyOf(table, create),
        TimeToLive = table.TimeToLive,
        Indexes = table.Indexes is null ? null : [.. table.Indexes.Select(index => index with { Insights = null })],
    };

    /// <summary>A replica with what is named for it alone: of indexes that there are not nothing is said.</summary>
    private static Table Changed(Table replica, ReplicaInput change, DateTimeOffset now)
    {
        if (change.TableClassOverride is { } tableClass) replica = WithClass(replica, tableClass, now);
        return replica with
        {
            ReadCapacityUnits = replica.OnDemand ? 0 : change.Reads.ReadCapacityUnits ?? replica.ReadCapacityUnits,
            MaxReadRequestUnits = ThroughputChange.Limit(change.Reads.MaxReadRequestUnits ?? replica.MaxReadRequestUnits),
            Indexes = replica.Indexes is null ? null : [.. replica.Indexes.Select(index => Changed(replica, index, change))],
        };
    }

    private static SecondaryIndex Changed(Table replica, SecondaryIndex index, ReplicaInput change) =>
        change.GlobalSecondaryIndexes?.Find(named => named!.IndexName == index.Name) is { Reads: var reads } && !index.IsLocal
            ? index with
            {
                ReadCapacityUnits = replica.OnDemand ? 0 : reads.ReadCapacityUnits ?? index.ReadCapacityUnits,
                MaxReadRequestUnits = ThroughputChange.Limit(reads.MaxReadRequestUnits ?? index.MaxReadRequestUnits),
            }
            : index;

    /// <summary>A class that is named is told, also where it is the one that tables have without.</summary>
    private static Table WithClass(Table replica, string tableClass, DateTimeOffset now) =>
        (replica.Created == now ? replica : replica.WithClass(tableClass, now)) with { TableClass = tableClass };
}
