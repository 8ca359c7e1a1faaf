namespace Emulator.DynamoDb.Tables;

/// <summary>Describes a table as its operations answer it.</summary>
/// <remarks>Which members stand where: recorded answers of AWS (test_table_crud, test_gsi_with_billing_mode, test_table_warm_throughput, test_dynamodb_create_table_with_partial_sse_specification).</remarks>
internal static class TableDescriber
{
    // Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html; what an on-demand table can do from the start.
    private const long OnDemandReadUnits = 12000;
    private const long OnDemandWriteUnits = 4000;

    public static TableDescription Describe(this Table table, TableStatistics statistics) =>
        Describe(table, statistics, "ACTIVE") with
        {
            WarmThroughput = new(
                table.WarmReadUnitsPerSecond ?? (table.OnDemand ? OnDemandReadUnits : table.ReadCapacityUnits),
                table.WarmWriteUnitsPerSecond ?? (table.OnDemand ? OnDemandWriteUnits : table.WriteCapacityUnits), "ACTIVE"),
        };

    /// <summary>The answer of CreateTable: the table is still being created, and nothing is told of warm throughput unless it was asked for.</summary>
    public static TableDescription DescribeCreating(this Table table) =>
        Describe(table, default, "CREATING") with
        {
            BillingModeSummary = table.OnDemand ? new("PAY_PER_REQUEST", null) : null,
            WarmThroughput = table is { WarmReadUnitsPerSecond: { } read, WarmWriteUnitsPerSecond: { } write } ? new(read, write, "UPDATING") : null,
        };

    /// <summary>The answer of DeleteTable, which leaves out keys and times.</summary>
    public static TableDescription DescribeDeleting(this Table table, TableStatistics statistics) =>
        Describe(table, statistics, "DELETING") with { AttributeDefinitions = null, KeySchema = null, CreationDateTime = null };

    private static TableDescription Describe(Table table, TableStatistics statistics, string status) => new()
    {
        AttributeDefinitions = table.AttributeDefinitions,
        TableName = table.Name,
        KeySchema = table.KeySchema,
        TableStatus = status,
        CreationDateTime = EpochSeconds(table.Created),
        ProvisionedThroughput = new(0, table.ReadCapacityUnits, table.WriteCapacityUnits),
        TableSizeBytes = statistics.SizeBytes,
        ItemCount = statistics.ItemCount,
        TableArn = table.Arn,
        TableId = table.Id.ToString(),
        BillingModeSummary = table.OnDemand ? new("PAY_PER_REQUEST", EpochSeconds(table.Created)) : null,
        SSEDescription = table.KmsKeyArn is { } key ? new("ENABLED", "KMS", key) : null,
        TableClassSummary = table.TableClass is { } tableClass ? new(tableClass) : null,
        DeletionProtectionEnabled = table.DeletionProtectionEnabled,
    };

    /// <summary>Seconds with three decimals.</summary>
    private static double EpochSeconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
