using Emulator.DynamoDb.Streams;
using Emulator.Storage;

namespace Emulator.DynamoDb.Tables;

/// <summary>Describes a table as its operations answer it.</summary>
/// <remarks>Which members stand where: recorded answers of AWS (test_table_crud, test_gsi_with_billing_mode, test_table_warm_throughput, test_dynamodb_create_table_with_partial_sse_specification).</remarks>
internal static class TableDescriber
{
    public static TableDescription Describe(this Table table, IReader reader, DateTimeOffset now) =>
        Describe(table, TableStatistics.Read(reader, table), now, "ACTIVE").WithIndexes(table, reader, now) with { WarmThroughput = Warm(table, "ACTIVE") };

    /// <summary>The answer of CreateTable: the table is still being created, and nothing is told of warm throughput unless it was asked for.</summary>
    public static TableDescription DescribeCreating(this Table table) =>
        Describe(table, default, table.Created, "CREATING").WithIndexesCreating(table) with
        {
            BillingModeSummary = table.OnDemand ? new("PAY_PER_REQUEST", null) : null,
            WarmThroughput = table is { WarmReadUnitsPerSecond: { } read, WarmWriteUnitsPerSecond: { } write } ? new(read, write, "UPDATING") : null,
        };

    /// <summary>The answer of UpdateTable: new in what takes effect at once, old in what takes time.</summary>
    /// <remarks>Source: "should triple rates and then reduce if requested" in test/updateTable.js of architect/dynalite; recorded answer test_dynamodb_create_table_with_partial_sse_specification.</remarks>
    public static TableDescription DescribeUpdating(this Table table, Table before, IReader reader, DateTimeOffset now) =>
        Describe(table, TableStatistics.Read(reader, table), now, "UPDATING").WithIndexes(table, reader, now) with
        {
            ProvisionedThroughput = Provisioned(table.OnDemand == before.OnDemand ? table with { ReadCapacityUnits = before.ReadCapacityUnits, WriteCapacityUnits = before.WriteCapacityUnits } : table, before.Throughput.DecreasesOn(now)),
            BillingModeSummary = table.OnDemand && !before.OnDemand ? new("PAY_PER_REQUEST", null) : Billing(table),
            SSEDescription = table.KmsKeyArn == before.KmsKeyArn ? Encryption(table) : new("UPDATING", "KMS", table.KmsKeyArn ?? before.KmsKeyArn),
            TableClassSummary = ClassSummary(before),
            WarmThroughput = Warm(table, table.WarmReadUnitsPerSecond == before.WarmReadUnitsPerSecond && table.WarmWriteUnitsPerSecond == before.WarmWriteUnitsPerSecond ? "ACTIVE" : "UPDATING"),
        };

    /// <summary>The answer of DeleteTable, which leaves out keys and times.</summary>
    public static TableDescription DescribeDeleting(this Table table, IReader reader, DateTimeOffset now) =>
        Describe(table, TableStatistics.Read(reader, table), now, "DELETING").WithIndexesDeleting(table, reader) with { AttributeDefinitions = null, KeySchema = null, CreationDateTime = null };

    private static TableDescription Describe(Table table, TableStatistics statistics, DateTimeOffset now, string status) => new()
    {
        // Observed: finding DDB-TABLE-125 of ack-api-quirks.
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
        OnDemandThroughput = table is { MaxReadRequestUnits: null, MaxWriteRequestUnits: null } ? null : new(table.MaxReadRequestUnits, table.MaxWriteRequestUnits),
        StreamSpecification = StreamSpecification.Of(table),
        LatestStreamLabel = table.LatestStream?.Label,
        LatestStreamArn = table.LatestStream?.Arn,
    };

    private static ProvisionedThroughputDescription Provisioned(Table table, int decreasesToday) => Provisioned(table.Throughput, decreasesToday, table.ReadCapacityUnits, table.WriteCapacityUnits);

    public static ProvisionedThroughputDescription Provisioned(ThroughputHistory history, int decreasesToday, long readUnits, long writeUnits) =>
        new(EpochSeconds(history.LastIncrease), EpochSeconds(history.LastDecrease), decreasesToday, readUnits, writeUnits);

    /// <summary>Told of a table that is or was on demand.</summary>
    private static BillingModeSummary? Billing(Table table) =>
        table.OnDemand ? new("PAY_PER_REQUEST", EpochSeconds(table.OnDemandSince ?? table.Created))
        : table.OnDemandSince is { } since ? new("PROVISIONED", EpochSeconds(since))
        : null;

    /// <summary>null where AWS owns the key.</summary>
    public static SseDescription? Encryption(Table table) => table.KmsKeyArn is { } key ? new("ENABLED", "KMS", key) : null;

    private static TableClassSummary? ClassSummary(Table table) => table.TableClass is { } tableClass ? new(tableClass, EpochSeconds(table.TableClassUpdated)) : null;

    private static WarmThroughputDescription Warm(Table table, string status) => new(
        table.WarmReadUnitsPerSecond ?? (table.OnDemand ? DynamoDbLimits.OnDemandReadUnits : table.ReadCapacityUnits),
        table.WarmWriteUnitsPerSecond ?? (table.OnDemand ? DynamoDbLimits.OnDemandWriteUnits : table.WriteCapacityUnits), status);

    private static double? EpochSeconds(DateTimeOffset? time) => time is { } value ? EpochSeconds(value) : null;

    /// <summary>Seconds with three decimals.</summary>
    public static double EpochSeconds(this DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
