using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.TimeToLive;

namespace Emulator.DynamoDb.Backups;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BackupDescription.html</summary>
internal sealed record BackupDescription(BackupDetails BackupDetails, SourceTableDetails SourceTableDetails, SourceTableFeatureDetails SourceTableFeatureDetails);

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BackupDetails.html</summary>
internal sealed record BackupDetails
{
    public required string BackupArn { get; init; }
    public required string BackupName { get; init; }
    public required long BackupSizeBytes { get; init; }
    public required string BackupStatus { get; init; }
    public required string BackupType { get; init; }
    public required double BackupCreationDateTime { get; init; }
    public double? BackupExpiryDateTime { get; init; }
}

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BackupSummary.html</summary>
internal sealed record BackupSummary
{
    public required string TableName { get; init; }
    public required string TableId { get; init; }
    public required string TableArn { get; init; }
    public required string BackupArn { get; init; }
    public required string BackupName { get; init; }
    public required double BackupCreationDateTime { get; init; }
    public double? BackupExpiryDateTime { get; init; }
    public required string BackupStatus { get; init; }
    public required string BackupType { get; init; }
    public required long BackupSizeBytes { get; init; }
}

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SourceTableDetails.html</summary>
internal sealed record SourceTableDetails
{
    public required string TableName { get; init; }
    public required string TableId { get; init; }
    public required string TableArn { get; init; }
    public required long TableSizeBytes { get; init; }
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }
    public required double TableCreationDateTime { get; init; }
    public required ProvisionedThroughput ProvisionedThroughput { get; init; }
    public OnDemandThroughputDescription? OnDemandThroughput { get; init; }
    public required long ItemCount { get; init; }
    public required string BillingMode { get; init; }
}

internal sealed record ProvisionedThroughput(long ReadCapacityUnits, long WriteCapacityUnits);

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SourceTableFeatureDetails.html</summary>
internal sealed record SourceTableFeatureDetails
{
    public IReadOnlyList<LocalSecondaryIndexInfo>? LocalSecondaryIndexes { get; init; }
    public IReadOnlyList<GlobalSecondaryIndexInfo>? GlobalSecondaryIndexes { get; init; }
    public StreamSpecification? StreamDescription { get; init; }
    public TimeToLiveDescription? TimeToLiveDescription { get; init; }
    public SseDescription? SSEDescription { get; init; }
}

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_LocalSecondaryIndexInfo.html</summary>
internal sealed record LocalSecondaryIndexInfo(string IndexName, IReadOnlyList<KeySchemaElement> KeySchema, ProjectionDescription Projection);

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GlobalSecondaryIndexInfo.html</summary>
internal sealed record GlobalSecondaryIndexInfo(
    string IndexName, IReadOnlyList<KeySchemaElement> KeySchema, ProjectionDescription Projection, ProvisionedThroughput ProvisionedThroughput, OnDemandThroughputDescription? OnDemandThroughput);
