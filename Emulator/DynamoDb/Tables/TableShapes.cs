using Emulator.DynamoDb.GlobalTables;
using Emulator.DynamoDb.Streams;

namespace Emulator.DynamoDb.Tables;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html</summary>
internal sealed record AttributeDefinition(string? AttributeName, string? AttributeType);

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_KeySchemaElement.html</summary>
internal sealed record KeySchemaElement(string? AttributeName, string? KeyType)
{
    /// <summary>As AWS writes it into its errors.</summary>
    public override string ToString() => $"KeySchemaElement(attributeName={AttributeName}, keyType={KeyType})";
}

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html</summary>
internal sealed record TableDescription
{
    public IReadOnlyList<AttributeDefinition>? AttributeDefinitions { get; init; }
    public required string TableName { get; init; }
    public IReadOnlyList<KeySchemaElement>? KeySchema { get; init; }
    public required string TableStatus { get; init; }
    public double? CreationDateTime { get; init; }
    public required ProvisionedThroughputDescription ProvisionedThroughput { get; init; }
    public required long TableSizeBytes { get; init; }
    public required long ItemCount { get; init; }
    public required string TableArn { get; init; }
    public required string TableId { get; init; }
    public BillingModeSummary? BillingModeSummary { get; init; }
    public IReadOnlyList<LocalSecondaryIndexDescription>? LocalSecondaryIndexes { get; init; }
    public IReadOnlyList<GlobalSecondaryIndexDescription>? GlobalSecondaryIndexes { get; init; }
    public RestoreSummary? RestoreSummary { get; init; }
    public SseDescription? SSEDescription { get; init; }
    public TableClassSummary? TableClassSummary { get; init; }
    public required bool DeletionProtectionEnabled { get; init; }
    public OnDemandThroughputDescription? OnDemandThroughput { get; init; }
    public WarmThroughputDescription? WarmThroughput { get; init; }
    public StreamSpecification? StreamSpecification { get; init; }
    public string? LatestStreamLabel { get; init; }
    public string? LatestStreamArn { get; init; }
    public string? GlobalTableVersion { get; init; }
    public IReadOnlyList<ReplicaDescription>? Replicas { get; init; }
    public string? GlobalTableSettingsReplicationMode { get; init; }
}

internal sealed record ProvisionedThroughputDescription(double? LastIncreaseDateTime, double? LastDecreaseDateTime, long NumberOfDecreasesToday, long ReadCapacityUnits, long WriteCapacityUnits);

internal sealed record BillingModeSummary(string BillingMode, double? LastUpdateToPayPerRequestDateTime);

internal sealed record SseDescription(string Status, string? SSEType, string? KMSMasterKeyArn);

internal sealed record TableClassSummary(string TableClass, double? LastUpdateDateTime);

internal sealed record OnDemandThroughputDescription(long? MaxReadRequestUnits, long? MaxWriteRequestUnits);

internal sealed record WarmThroughputDescription(long ReadUnitsPerSecond, long WriteUnitsPerSecond, string Status);

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreSummary.html</summary>
internal sealed record RestoreSummary(string? SourceBackupArn, string? SourceTableArn, double RestoreDateTime, bool RestoreInProgress);
