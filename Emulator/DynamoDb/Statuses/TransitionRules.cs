using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Statuses;

/// <summary>What cannot be changed while a table or one of its indexes is created, updated or deleted.</summary>
/// <remarks>Source of the texts: DDB-TABLE-163, 443, 444 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS; of some kinds of change only the pattern is known.</remarks>
internal static class TransitionRules
{
    /// <summary>A table that is to be changed or deleted; refused while it is created or deleted.</summary>
    public static Table Require(IReader reader, TableName name, DateTimeOffset now)
    {
        if (DepartingTables.Find(reader, name, now) is not null) throw InUse($"Table is being deleted: {name.Name}");
        var table = TableStore.ReadAny(reader, name) ?? throw DynamoDbErrors.TableNotFound(name.Name);
        return table.IsCreatingAt(now) ? throw InUse($"Table is being created: {name.Name}") : table;
    }

    /// <summary>Whether a name can be given to a new table.</summary>
    public static void RequireFree(IReader reader, TableName name, DateTimeOffset now)
    {
        if (TableStore.ReadAny(reader, name)?.IsCreatingAt(now) == true) throw InUse($"Table is being created: {name.Name}");
        if (TableStore.IsTaken(reader, name, now)) throw DynamoDbErrors.TableExists(name.Name);
    }

    public static void CheckDelete(Table table, DateTimeOffset now)
    {
        var isUpdating = table.Transition is { } change && !change.IsOver(now);
        if (table.GlobalTable is not null && isUpdating) throw ReplicaInUse();
        if (table.DepartingIndexes.Any(index => now < index.Until) || table.Indexes?.Any(index => index.Transition is { } own && !own.IsOver(now)) == true) throw InUse("Cannot delete table while indexes are being created, updated, or deleted.");
        if (!isUpdating) return;
        throw table.Transition!.Matter == Matter.Stream ? InUse("Cannot delete table while stream is being enabled/disabled.") : InUse($"Table: {table.Name} is in the process of being updated.");
    }

    public static void CheckUpdate(Table table, UpdateTableInput input, DateTimeOffset now)
    {
        var transition = table.Transition is { } present && !present.IsOver(now) ? present : null;
        if (transition is not null && table.GlobalTable is not null) throw ReplicaInUse();
        if (transition is not null && input.DeletionProtectionEnabled is not null) throw new AwsException("ResourceInUseException", "Table needs to be in ACTIVE status to modify deletion protection setting.");
        if (transition is not null && input.ReplicaUpdates is not null) throw ReplicaInUse();
        CheckMatter(table, input, transition);
        CheckIndexes(table, input, now);
    }

    private static void CheckMatter(Table table, UpdateTableInput input, Transition? transition)
    {
        if (transition is null || Wanted(input) is not { } wanted) return;
        if (input.OnDemandThroughput is not null && input.BillingMode is null)
        {
            throw InUse($"OnDemandThroughput cannot be updated while {transition.Matter switch { Matter.Stream => "stream status", Matter.TableClass => "TableClass", _ => "BillingMode" }} update is in progress");
        }
        switch (transition.Matter)
        {
            case Matter.Throughput when wanted == Matter.Throughput:
                throw InUse($"Table IOPS are currently being updated. Table: {table.Name}");
            case Matter.Throughput:
                throw InUse($"{Cannot(wanted)} while table IOPS are being updated. Table: {table.Name}");
            case Matter.Stream when wanted == Matter.Stream:
                throw InUse($"A stream status change is currently in progress. {Stream(table)}");
            case Matter.Stream:
                throw InUse($"{Cannot(wanted)} when stream status is being updated. {Stream(table)}");
            case Matter.TableClass:
                throw InUse($"{Cannot(wanted)} when a table class update is in progress. Table: {table.Name} TableClassUpdateInProgress: {table.TableClass}");
        }
    }

    private static void CheckIndexes(Table table, UpdateTableInput input, DateTimeOffset now)
    {
        var created = (table.Indexes ?? []).Where(index => index.Transition is { Status: Transition.Creating } own && !own.IsOver(now)).ToList();
        var allocated = created.Where(index => now < index.Transition!.Backfills).Select(index => index.Name).ToList();
        var departing = table.DepartingIndexes.Where(index => now < index.Until).Select(index => index.Index.Name).ToList();
        foreach (var update in input.GlobalSecondaryIndexUpdates ?? [])
        {
            var name = update!.IndexName;
            if (departing.Contains(name)) throw InUse($"Index is being deleted. Table: {table.Name} Index: {name}");
            if (update.Delete is not null && allocated.Contains(name)) throw InUse($"Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: {table.Name} Index: {name}");
            // Two blanks, as AWS writes them.
            if (update.Update is not null && allocated.Contains(name)) throw InUse($"Index is being created but is not backfilling yet. Table: {table.Name}  Index: {name}");
            if (update.Update is not null && table.FindIndex(name)?.Index.Transition is { Status: Transition.Updating } own && !own.IsOver(now)) throw InUse($"Index is being updated. Table: {table.Name} Index: {name}");
            if (update.Create is not null && created.Count + departing.Count > 0) throw DynamoDbErrors.LimitExceeded("Only 1 online index can be created or deleted simultaneously per table");
        }
        if (Wanted(input) is not (Matter.Throughput or Matter.Stream)) return;
        var what = Wanted(input) == Matter.Stream ? "Can't change stream status" : "Can't change table IOPS";
        if (allocated.Count > 0) throw InUse($"{what} when an index is being created. Table: {table.Name} Indexes: [{string.Join(", ", allocated)}]");
        if (departing.Count > 0) throw InUse($"{what} when an index is being deleted. Table: {table.Name} Indexes: [{string.Join(", ", departing)}]");
    }

    /// <summary>What of a table a request changes that takes time.</summary>
    public static Matter? Wanted(UpdateTableInput input) =>
        input.BillingMode is not null || input.ProvisionedThroughput is not null || input.OnDemandThroughput is not null ? Matter.Throughput
        : input.StreamSpecification is not null ? Matter.Stream
        : input.TableClass is not null ? Matter.TableClass
        : input.GlobalSecondaryIndexUpdates?.Exists(update => update!.Update is null) == true ? Matter.Indexes
        : null;

    private static string Cannot(Matter wanted) => wanted switch
    {
        Matter.Throughput => "Can't change table IOPS",
        Matter.Stream => "Can't enable or disable stream",
        Matter.TableClass => "Can't update table class",
        _ => "Can't create or delete index",
    };

    private static string Stream(Table table) => $"Table: {table.Name} Stream: {table.LatestStream?.Label} Operation: {(table.LatestStream?.IsEnabled == true ? "ENABLE" : "DISABLE")}";

    private static AwsException InUse(string why) => new("ResourceInUseException", $"Attempt to change a resource which is still in use: {why}");

    /// <summary>Tables with replicas do not tell why.</summary>
    private static AwsException ReplicaInUse() => new("ResourceInUseException", "The resource which you are attempting to change is in use.");
}
