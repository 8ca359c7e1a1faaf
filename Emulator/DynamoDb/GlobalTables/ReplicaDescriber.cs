using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.GlobalTables;

/// <summary>Describes the replicas of a table, as the table of each region sees the others: what is like its own is left out.</summary>
/// <remarks>Which members stand where: DDB-TABLE-201, 229, 250, 252, 294, 309 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS.</remarks>
internal static class ReplicaDescriber
{
    /// <summary>null for a regional table.</summary>
    public static List<ReplicaDescription>? Replicas(Table table, DateTimeOffset now) => table.GlobalTable is null ? null : [.. table.Replicas.Select(replica => Describe(table, replica, now))];

    private static ReplicaDescription Describe(Table table, Table replica, DateTimeOffset now) => new()
    {
        RegionName = replica.Region,
        ReplicaStatus = replica.Transition.StatusAt(now),
        KMSMasterKeyId = replica.KmsKeyArn,
        ProvisionedThroughputOverride = Units(table.ReadCapacityUnits, replica.ReadCapacityUnits),
        OnDemandThroughputOverride = Limit(table.MaxReadRequestUnits, replica.MaxReadRequestUnits),
        WarmThroughput = new(replica.WarmRead, replica.WarmWrite, "ACTIVE"),
        GlobalSecondaryIndexes = Indexes(table, replica),
        ReplicaTableClassSummary = TableDescriber.ClassSummary(replica),
        GlobalTableSettingsReplicationMode = GlobalTable.SettingsReplication,
    };

    /// <summary>In an answer that comes before the replicas follow, an index that comes or goes is not told.</summary>
    private static List<ReplicaIndexDescription>? Indexes(Table table, Table replica)
    {
        var indexes = (replica.Indexes ?? []).Where(index => !index.IsLocal && table.FindIndex(index.Name) is not null).Select(index => Describe(table, table.FindIndex(index.Name)!.Index, index)).ToList();
        return indexes.Count > 0 ? indexes : null;
    }

    private static ReplicaIndexDescription Describe(Table table, SecondaryIndex own, SecondaryIndex replica) => new(
        replica.Name,
        Units(own.ReadCapacityUnits, replica.ReadCapacityUnits),
        Limit(own.MaxReadRequestUnits, replica.MaxReadRequestUnits),
        new(replica.WarmRead(table.OnDemand), replica.WarmWrite(table.OnDemand), "ACTIVE"));

    private static ReadUnits? Units(long own, long replica) => own == replica ? null : new(replica);

    private static ReadLimit? Limit(long? own, long? replica) => own == replica || replica is null ? null : new(replica.Value);
}

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicaDescription.html</summary>
internal sealed record ReplicaDescription
{
    public required string RegionName { get; init; }
    public required string ReplicaStatus { get; init; }
    public string? KMSMasterKeyId { get; init; }
    public ReadUnits? ProvisionedThroughputOverride { get; init; }
    public ReadLimit? OnDemandThroughputOverride { get; init; }
    public WarmThroughputDescription? WarmThroughput { get; init; }
    public IReadOnlyList<ReplicaIndexDescription>? GlobalSecondaryIndexes { get; init; }
    public TableClassSummary? ReplicaTableClassSummary { get; init; }
    public string? GlobalTableSettingsReplicationMode { get; init; }
}

internal sealed record ReplicaIndexDescription(string IndexName, ReadUnits? ProvisionedThroughputOverride, ReadLimit? OnDemandThroughputOverride, WarmThroughputDescription? WarmThroughput);

internal sealed record ReadUnits(long ReadCapacityUnits);

internal sealed record ReadLimit(long MaxReadRequestUnits);
