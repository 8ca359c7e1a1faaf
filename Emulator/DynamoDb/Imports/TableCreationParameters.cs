using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Imports;

/// <summary>The table of an import, described as it was asked for.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableCreationParameters.html</remarks>
internal sealed record TableCreationParameters
{
    public required string TableName { get; init; }
    public required IReadOnlyList<AttributeDefinition> AttributeDefinitions { get; init; }
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }
    public string? BillingMode { get; init; }
    public ThroughputInput? ProvisionedThroughput { get; init; }
    public OnDemandThroughputInput? OnDemandThroughput { get; init; }
    public SseInput? SSESpecification { get; init; }
    public IReadOnlyList<ImportedIndex>? GlobalSecondaryIndexes { get; init; }

    public static TableCreationParameters Of(CreateTableInput input) => new()
    {
        TableName = input.TableName!,
        AttributeDefinitions = input.AttributeDefinitions!.ConvertAll(definition => definition!),
        KeySchema = input.KeySchema!.ConvertAll(element => element!),
        BillingMode = input.BillingMode,
        ProvisionedThroughput = input.ProvisionedThroughput,
        OnDemandThroughput = input.OnDemandThroughput,
        SSESpecification = input.SSESpecification,
        GlobalSecondaryIndexes = input.GlobalSecondaryIndexes?.ConvertAll(index => new ImportedIndex(index!.IndexName!, index.KeySchema!.ConvertAll(element => element!),
            new(index.Projection!.ProjectionType!, index.Projection.NonKeyAttributes?.ConvertAll(name => name!)), index.ProvisionedThroughput, index.OnDemandThroughput)),
    };
}

internal sealed record ImportedIndex(
    string IndexName, IReadOnlyList<KeySchemaElement> KeySchema, ProjectionDescription Projection, ThroughputInput? ProvisionedThroughput, OnDemandThroughputInput? OnDemandThroughput);
