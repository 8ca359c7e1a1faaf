using Emulator.DynamoDb.GlobalTables;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Streams;
using Emulator.Storage;

namespace Emulator.DynamoDb.Tables;

/// <summary>Describes a table as its operations answer it.</summary>
/// <remarks>Which members stand where: recorded answers of AWS (test_table_crud, test_gsi_with_billing_mode, test_table_warm_throughput, test_dynamodb_create_table_with_partial_sse_specification).</remarks>
internal static class TableDescriber
{
    public static TableDescription Describe(this Table table, IReader reader, DateTimeOffset now)
    {
        if (table.IsCreatingAt(now)) return table.DescribeCreating() with { Replicas = ReplicaDescriber.Replicas(table, now) };
        var told = table.Transition is { ReadCapacityUnitsBefore: { } read, WriteCapacityUnitsBefore: { } write } transition && !transition.IsOver(now) ? table with { ReadCapacityUnits = read, WriteCapacityUnits = write } : table;
        return Describe(told, TableStatistics.Read(reader, table), now, table.Transition.StatusAt(now)).WithIndexes(table, reader, now) with { WarmThroughput = new(table.WarmRead, table.WarmWrite, "ACTIVE") };
    }

    /// <summary>The answer of CreateTable: the table is still being created, and nothing is told of warm throughput unless it was asked for.</summary>
    public static TableDescription DescribeCreating(this Table table, bool asksForWarmth = false) =>
        Describe(table, default, table.Created, "CREATING").WithIndexesCreating(table) with
        {
            BillingModeSummary = table.OnDemand ? new("PAY_PER_REQUEST", null) : null,
            WarmThroughput = asksForWarmth ? new(table.WarmRead, table.WarmWrite, "UPDATING") : null,
        };

    /// <summary>The answer of UpdateTable: new in what takes effect at once, old in what takes time.</summary>
    /// <param name="status">ACTIVE where the change leaves the table as usable as it was.</param>
    /// <remarks>Source: DDB-TABLE-060, 140, 178, 179, 183, 284 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller; test/updateTable.js of architect/dynalite; all taken from AWS.</remarks>
    public static TableDescription DescribeUpdating(this Table table, Table before, UpdateTableInput input, IReader reader, DateTimeOffset now, string status) =>
        Describe(table, TableStatistics.Read(reader, table), now, status).WithIndexesUpdating(table, before, input, reader, now) with
        {
            ProvisionedThroughput = Provisioned(table.OnDemand == before.OnDemand ? table with { ReadCapacityUnits = before.ReadCapacityUnits, WriteCapacityUnits = before.WriteCapacityUnits } : table, before.Throughput.DecreasesOn(now)),
            BillingModeSummary = table.OnDemand && !before.OnDemand ? new("PAY_PER_REQUEST", null) : Billing(table),
            OnDemandThroughput = Limits(input.OnDemandThroughput?.MaxReadRequestUnits ?? table.MaxReadRequestUnits, input.OnDemandThroughput?.MaxWriteRequestUnits ?? table.MaxWriteRequestUnits),
            SSEDescription = input.SSESpecification is null ? Encryption(table) : new("UPDATING", before.KmsKeyArn is null ? null : "KMS", before.KmsKeyArn),
            TableClassSummary = ClassSummary(before),
            WarmThroughput = new(before.WarmRead, before.WarmWrite, input.WarmThroughput is { IsEmpty: false } ? "UPDATING" : "ACTIVE"),
        };

    /// <summary>The answer of DeleteTable, which leaves out keys, indexes and times.</summary>
    /// <remarks>Observed: test_delete_table_description_with_si of scylladb/scylladb test/alternator.</remarks>
    public static TableDescription DescribeDeleting(this Table table, IReader reader, DateTimeOffset now) =>
        Describe(table, TableStatistics.Read(reader, table), now, "DELETING") with { AttributeDefinitions = null, KeySchema = null, CreationDateTime = null };

    private static TableDescription Describe(Table table, TableStatistics statistics, DateTimeOffset now, string status) => new()
    {
        // Observed: DDB-TABLE-125 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.
        AttributeDefinitions = [.. table.AttributeDefinitions.OrderBy(definition => definition.AttributeName, StringComparer.Ordinal)],
        TableName = table.Name,
        KeySchema = table.KeySchema,
        TableStatus = status,
        CreationDateTime = EpochSeconds(table.Created),
        ProvisionedThroughput = Provisioned(table, table.Throughput.DecreasesOn(now)),
        TableSizeBytes = statistics.SizeBytes,
        ItemCount = statistics.ItemCount,
        TableArn = table.Arn,
        TableId = table.Id.ToString(),
        BillingModeSummary = Billing(table),
        RestoreSummary = table.RestoredFrom?.Describe(status),
        SSEDescription = Encryption(table),
        TableClassSummary = ClassSummary(table),
        DeletionProtectionEnabled = table.DeletionProtectionEnabled,
        OnDemandThroughput = Limits(table.MaxReadRequestUnits, table.MaxWriteRequestUnits),
        StreamSpecification = StreamSpecification.Of(table),
        LatestStreamLabel = table.LatestStream?.Label,
        LatestStreamArn = table.LatestStream?.Arn,
        GlobalTableVersion = table.GlobalTable is null ? null : GlobalTable.Version,
        Replicas = ReplicaDescriber.Replicas(table, now),
        GlobalTableSettingsReplicationMode = table.GlobalTable is null ? table.SettingsReplication : GlobalTable.SettingsReplication,
    };

    private static ProvisionedThroughputDescription Provisioned(Table table, int decreasesToday) => Provisioned(table.Throughput, decreasesToday, table.ReadCapacityUnits, table.WriteCapacityUnits);

    public static ProvisionedThroughputDescription Provisioned(ThroughputHistory history, int decreasesToday, long readUnits, long writeUnits) =>
        new(EpochSeconds(history.LastIncrease), EpochSeconds(history.LastDecrease), decreasesToday, readUnits, writeUnits);

    private static OnDemandThroughputDescription? Limits(long? read, long? write) => read is null && write is null ? null : new(read, write);

    /// <summary>Told of a table that is or was on demand.</summary>
    private static BillingModeSummary? Billing(Table table) =>
        table.OnDemand ? new("PAY_PER_REQUEST", EpochSeconds(table.OnDemandSince ?? table.Created))
        : table.OnDemandSince is { } since ? new("PROVISIONED", EpochSeconds(since))
        : null;

    /// <summary>null where AWS owns the key.</summary>
    public static SseDescription? Encryption(Table table) => table.KmsKeyArn is { } key ? new("ENABLED", "KMS", key) : null;

    public static TableClassSummary? ClassSummary(Table table) =>
        table.TableClass is { } tableClass ? new(tableClass, table.TableClassChanges.Count == 0 ? null : EpochSeconds(table.TableClassChanges[^1])) : null;

    private static double? EpochSeconds(DateTimeOffset? time) => time is { } value ? EpochSeconds(value) : null;

    /// <summary>Seconds with three decimals.</summary>
    public static double EpochSeconds(this DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
