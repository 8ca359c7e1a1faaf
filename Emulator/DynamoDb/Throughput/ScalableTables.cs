using Emulator.DynamoDb.Operations;
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
    public ValueTask ProvisionAsync(ScalableCapacity capacity, long units)
    {
        var table = Find(capacity) ?? throw DynamoDbErrors.TableNotFound(capacity.Table);
        var index = capacity.Index is { } name ? IndexOf(table, name) ?? throw DynamoDbErrors.ResourceNotFound() : null;
        var (read, write) = index is null ? (table.ReadCapacityUnits, table.WriteCapacityUnits) : (index.ReadCapacityUnits, index.WriteCapacityUnits);
        return UpdateTable.ProvisionAsync(service, NameOf(capacity), capacity.Index, capacity.IsWrite ? new(read, units) : new(units, write), service.Clock.GetUtcNow());
    }

    private Table? Find(in ScalableCapacity capacity) => service.Tables.Find(NameOf(capacity));

    private static TableName NameOf(in ScalableCapacity capacity) => new(capacity.Account, capacity.Region, capacity.Table);

    private static SecondaryIndex? IndexOf(Table table, string name) => table.Indexes?.FirstOrDefault(index => !index.IsLocal && index.Name == name);
}
