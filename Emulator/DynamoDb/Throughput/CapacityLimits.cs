using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Throughput;

/// <summary>How much may be read or written of a table or index in a second.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
/// </remarks>
internal readonly record struct CapacityLimits
{
    /// <summary>More partitions than these make no difference that could be seen.</summary>
    private const int MostPartitions = 1024;

    public required double PerSecond { get; init; }

    /// <summary>What can be saved up.</summary>
    public required double Burst { get; init; }

    /// <summary>Which limit it is that the whole reaches.</summary>
    public required CapacityLimit WholeIs { get; init; }

    public required bool OnDemand { get; init; }

    /// <summary>One partition may use all that the table has, up to this.</summary>
    public required double PartitionPerSecond { get; init; }

    /// <summary>What the partitions together can do from the start.</summary>
    public required double Warm { get; init; }

    /// <summary>The partitions of a table, given the units a second of its former peak.</summary>
    public int Partitions(double peak) => (int)Math.Clamp(Math.Ceiling(Math.Max(Warm, OnDemand ? 2 * peak : 0) / PartitionPerSecond), 1, MostPartitions);

    public static CapacityLimits Of(Table table, SecondaryIndex? index, bool write)
    {
        var partition = write ? DynamoDbLimits.PartitionWriteUnits : DynamoDbLimits.PartitionReadUnits;
        var warm = write ? index is null ? table.WarmWriteUnitsPerSecond : index.WarmWriteUnitsPerSecond : index is null ? table.WarmReadUnitsPerSecond : index.WarmReadUnitsPerSecond;
        if (!table.OnDemand)
        {
            var units = write ? index?.WriteCapacityUnits ?? table.WriteCapacityUnits : index?.ReadCapacityUnits ?? table.ReadCapacityUnits;
            return new()
            {
                PerSecond = units,
                Burst = units * DynamoDbLimits.BurstSeconds,
                WholeIs = CapacityLimit.ProvisionedThroughput,
                OnDemand = false,
                PartitionPerSecond = partition,
                Warm = Math.Max(units, warm ?? 0),
            };
        }
        var maximum = write ? index is null ? table.MaxWriteRequestUnits : index.MaxWriteRequestUnits : index is null ? table.MaxReadRequestUnits : index.MaxReadRequestUnits;
        var most = maximum ?? DynamoDbLimits.TableUnits;
        return new()
        {
            PerSecond = most,
            Burst = most,
            WholeIs = maximum is null ? CapacityLimit.AccountLimit : CapacityLimit.MaxOnDemandThroughput,
            OnDemand = true,
            PartitionPerSecond = partition,
            Warm = Math.Max(write ? DynamoDbLimits.OnDemandWriteUnits : DynamoDbLimits.OnDemandReadUnits, warm ?? 0),
        };
    }
}
