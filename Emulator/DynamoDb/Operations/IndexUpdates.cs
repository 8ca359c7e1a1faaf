using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Operations;

/// <summary>Creates, changes and deletes global indexes of a table that is there. An index that is created has its entries at once.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html</remarks>
internal static class IndexUpdates
{
    /// <summary>The table with the indexes that it shall have; its new entries are made and those of a deleted index are gone.</summary>
    /// <param name="before">The table before the request, which may also change its billing mode.</param>
    public static Table Apply(IWriteTransaction transaction, Table before, Table table, UpdateTableInput input, DateTimeOffset now)
    {
        if (table.OnDemand != before.OnDemand) table = WithBillingMode(table, now);
        foreach (var update in input.GlobalSecondaryIndexUpdates ?? [])
        {
            if (update!.Create is { } create) table = Create(transaction, table, create, input.AttributeDefinitions!);
            else if (update.Update is { } change) table = Replace(table, update.IndexName, index => Change(before, index, change, now));
            else table = Delete(transaction, table, update.IndexName);
        }
        return table;
    }

    private static Table Create(IWriteTransaction transaction, Table table, IndexInput create, List<AttributeDefinition?> definitions)
    {
        var number = Enumerable.Range(1, byte.MaxValue).First(free => table.Indexes?.Any(index => index.Number == free) != true);
        var added = definitions.Where(definition => create.KeySchema!.Exists(element => element!.AttributeName == definition!.AttributeName) && !table.AttributeDefinitions.Any(present => present.AttributeName == definition!.AttributeName));
        table = table with
        {
            AttributeDefinitions = [.. table.AttributeDefinitions, .. added.Select(definition => definition!)],
            Indexes = [.. table.Indexes ?? [], create.ToIndex(isLocal: false, (byte)number, table.OnDemand)],
        };
        IndexEntries.Backfill(transaction, table, table.FindIndex(create.IndexName!)!);
        return table;
    }

    /// <summary>Removes an index, and the definitions of attributes that were keys of it only.</summary>
    private static Table Delete(IWriteTransaction transaction, Table table, string name)
    {
        IndexEntries.Remove(transaction, table.FindIndex(name)!);
        var left = table.Indexes!.Where(index => index.Name != name).ToList();
        var used = left.SelectMany(index => index.KeySchema).Concat(table.KeySchema).Select(element => element.AttributeName).ToHashSet();
        return table with { Indexes = left.Count > 0 ? left : null, AttributeDefinitions = [.. table.AttributeDefinitions.Where(definition => used.Contains(definition.AttributeName))] };
    }

    private static SecondaryIndex Change(Table before, SecondaryIndex index, IndexInput change, DateTimeOffset now)
    {
        if (change.ProvisionedThroughput is { ReadCapacityUnits: { } read, WriteCapacityUnits: { } write })
        {
            ThroughputChange.RequireWithin(read, nameof(change.ProvisionedThroughput.ReadCapacityUnits), before.Region);
            ThroughputChange.RequireWithin(write, nameof(change.ProvisionedThroughput.WriteCapacityUnits), before.Region);
            // Leaving on demand is no increase of units that there were not.
            index = before.OnDemand ? ThroughputChange.ToUnits(index, read, write, now) with { Throughput = index.Throughput } : ThroughputChange.ToUnits(index, read, write, now);
        }
        change.OnDemandThroughput?.RequireWithin(before.Region, $"index : {index.Name}");
        return index with
        {
            MaxReadRequestUnits = ThroughputChange.Limit(change.OnDemandThroughput?.MaxReadRequestUnits ?? index.MaxReadRequestUnits),
            MaxWriteRequestUnits = ThroughputChange.Limit(change.OnDemandThroughput?.MaxWriteRequestUnits ?? index.MaxWriteRequestUnits),
            WarmReadUnitsPerSecond = change.WarmThroughput?.ReadUnitsPerSecond ?? index.WarmReadUnitsPerSecond,
            WarmWriteUnitsPerSecond = change.WarmThroughput?.WriteUnitsPerSecond ?? index.WarmWriteUnitsPerSecond,
        };
    }

    /// <summary>A table on demand has indexes without units; a provisioned one has them without limits.</summary>
    /// <remarks>Observed: DDB-TABLE-153 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller: the way to on demand is a decrease of each index.</remarks>
    private static Table WithBillingMode(Table table, DateTimeOffset now) => table.Indexes is null ? table : table with
    {
        Indexes = [.. table.Indexes.Select(index => index.IsLocal ? index : table.OnDemand ? ToOnDemand(index, now) : index with { MaxReadRequestUnits = null, MaxWriteRequestUnits = null })],
    };

    private static SecondaryIndex ToOnDemand(SecondaryIndex index, DateTimeOffset now) => index with
    {
        ReadCapacityUnits = 0,
        WriteCapacityUnits = 0,
        WarmReadUnitsPerSecond = Math.Max(index.WarmRead(onDemand: false), DynamoDbLimits.OnDemandReadUnits),
        WarmWriteUnitsPerSecond = Math.Max(index.WarmWrite(onDemand: false), DynamoDbLimits.OnDemandWriteUnits),
        Throughput = index.Throughput.Decreased(now),
    };

    private static Table Replace(Table table, string name, Func<SecondaryIndex, SecondaryIndex> change) =>
        table with { Indexes = [.. table.Indexes!.Select(index => index.Name == name ? change(index) : index)] };
}
