using Emulator.DynamoDb.Tables;
using Emulator.Integration;

namespace Emulator.DynamoDb.Throughput;

/// <summary>Tables and global indexes as Application Auto Scaling sees them.</summary>
internal sealed class ScalableTables(DynamoDbService service) : IScalableTables
{
    /// <inheritdoc/>
    public void Count(bool isWanted) => service.Throughput.Count(isWanted);

    /// <inheritdoc/>
    public long? Provisioned(in ScalableCapacity capacity)
    {
        if (Find(capacity) is not { } table) return null;
        if (capacity.Index is not { } name) return capacity.IsWrite ? table.WriteCapacityUnits : table.ReadCapacityUnits;
        return IndexOf(table, name) is { } index ? capacity.IsWrite ? index.WriteCapacityUnits : index.ReadCapacityUnits : null;
    }

    /// <inheritdoc/>
    public int Consumed(in ScalableCapacity capacity, DateTimeOffset minute, Span<double> units) =>
        Find(capacity) is { } table ? service.Throughput.Consumed(table, capacity.Index, capacity.IsWrite, minute, units) : 0;

    /// <inheritdoc/>
    public async ValueTask ProvisionAsync(ScalableCapacity capacity, long units) => await service.Store.WriteAsync(transaction =>
    {
        var table = TableStore.Read(transaction, NameOf(capacity), service.Clock.GetUtcNow()) ?? throw DynamoDbErrors.TableNotFound(capacity.Table);
        ThroughputChange.RequireWithin(units, capacity.IsWrite ? "WriteCapacityUnits" : "ReadCapacityUnits", capacity.Region);
        TableStore.Put(transaction, Changed(table, capacity, units, service.Clock.GetUtcNow()));
        return true;
    });

    private static Table Changed(Table table, ScalableCapacity capacity, long units, DateTimeOffset now)
    {
        if (capacity.Index is null)
        {
            return capacity.IsWrite ? ThroughputChange.ToUnits(table, table.ReadCapacityUnits, units, now) : ThroughputChange.ToUnits(table, units, table.WriteCapacityUnits, now);
        }
        var index = IndexOf(table, capacity.Index) ?? throw DynamoDbErrors.ResourceNotFound();
        var changed = capacity.IsWrite ? ThroughputChange.ToUnits(index, index.ReadCapacityUnits, units, now) : ThroughputChange.ToUnits(index, units, index.WriteCapacityUnits, now);
        return table with { Indexes = [.. table.Indexes!.Select(present => present == index ? changed : present)] };
    }

    private Table? Find(in ScalableCapacity capacity) => service.Tables.Find(NameOf(capacity));

    private static TableName NameOf(in ScalableCapacity capacity) => new(capacity.Account, capacity.Region, capacity.Table);

    private static SecondaryIndex? IndexOf(Table table, string name) => table.Indexes?.FirstOrDefault(index => !index.IsLocal && index.Name == name);
}
