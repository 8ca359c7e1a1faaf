using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.ResourcePolicies;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Creates a table, which is there at once: its first description says ACTIVE.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html</remarks>
internal static class CreateTable
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, CreateTableInput input)
    {
        CreateTableRules.Check(input);
        CreateTableRules.CheckLimits(input, call.Region);
        var policy = input.ResourcePolicy is null ? null : PolicyForm.Of(input.ResourcePolicy);
        var table = NewTable(service, call, input);
        await service.Store.WriteAsync(transaction =>
        {
            TransitionRules.RequireFree(transaction, new(table.Account, table.Region, table.Name), call.Now);
            if (input.StreamSpecification is { } stream) table = stream.ApplyToNew(transaction, table, service.Ids.Uuid(), call.Now);
            TableStore.Put(transaction, service.Transitions.Created(table, call.Now));
            if (policy is not null) PolicyStore.Put(transaction, table.Arn, new(policy, PutResourcePolicy.NextRevision(null, call.Now)));
            return table;
        });
        if (table.LatestStream is not null) service.Trimmer.Arm();
        return AwsJson.Encode(new TableDescriptionOutput(table.DescribeCreating(input.WarmThroughput is { IsEmpty: false })), DynamoDbJson.Default.TableDescriptionOutput);
    }

    /// <summary>The table, whose rules are checked.</summary>
    public static Table NewTable(DynamoDbService service, Call call, CreateTableInput input)
    {
        var onDemand = input.BillingMode == "PAY_PER_REQUEST";
        return new Table
        {
            Name = input.TableName!,
            Account = call.Account,
            Region = call.Region,
            Id = service.Ids.Uuid(),
            Created = call.Now,
            AttributeDefinitions = input.AttributeDefinitions!.ConvertAll(definition => new AttributeDefinition(definition!.AttributeName, definition.AttributeType)),
            KeySchema = input.KeySchema!.ConvertAll(element => new KeySchemaElement(element!.AttributeName, element.KeyType)),
            OnDemand = onDemand,
            ReadCapacityUnits = input.ProvisionedThroughput?.ReadCapacityUnits ?? 0,
            WriteCapacityUnits = input.ProvisionedThroughput?.WriteCapacityUnits ?? 0,
            OnDemandSince = onDemand ? call.Now : null,
            MaxReadRequestUnits = input.OnDemandThroughput?.MaxReadRequestUnits,
            MaxWriteRequestUnits = input.OnDemandThroughput?.MaxWriteRequestUnits,
            TableClass = input.TableClass,
            DeletionProtectionEnabled = input.DeletionProtectionEnabled ?? false,
            WarmReadUnitsPerSecond = input.WarmThroughput?.ReadUnitsPerSecond ?? WarmThroughputInput.LeastRead(input.BillingMode, input.ProvisionedThroughput),
            WarmWriteUnitsPerSecond = input.WarmThroughput?.WriteUnitsPerSecond ?? WarmThroughputInput.LeastWrite(input.BillingMode, input.ProvisionedThroughput),
            Tags = input.Tags?.ToDictionary(tag => tag!.Key!, tag => tag!.Value!, StringComparer.Ordinal) ?? [],
            Indexes = Indexes(input),
            KmsKeyArn = TableEncryption.KeyArn(call.Account, call.Region, input.SSESpecification),
        };
    }

    private static List<SecondaryIndex>? Indexes(CreateTableInput input)
    {
        var local = (input.LocalSecondaryIndexes ?? []).Select(index => (Index: index!, IsLocal: true));
        var global = (input.GlobalSecondaryIndexes ?? []).Select(index => (Index: index!, IsLocal: false));
        return local.Concat(global).Select((index, at) => index.Index.ToIndex(index.IsLocal, number: (byte)(at + 1), onDemand: input.BillingMode == "PAY_PER_REQUEST")).ToList() is { Count: > 0 } indexes ? indexes : null;
    }
}

internal sealed record TableDescriptionOutput(TableDescription TableDescription);

internal sealed class CreateTableInput
{
    public string? TableName { get; private set; }
    public List<AttributeDefinition?>? AttributeDefinitions { get; private set; }
    public List<KeySchemaElement?>? KeySchema { get; private set; }
    public List<IndexInput?>? LocalSecondaryIndexes { get; private set; }
    public List<IndexInput?>? GlobalSecondaryIndexes { get; private set; }
    public string? BillingMode { get; private set; }
    public ThroughputInput? ProvisionedThroughput { get; private set; }
    public WarmThroughputInput? WarmThroughput { get; private set; }
    public OnDemandThroughputInput? OnDemandThroughput { get; private set; }
    public string? TableClass { get; private set; }
    public bool? DeletionProtectionEnabled { get; private set; }
    public SseInput? SSESpecification { get; private set; }
    public StreamSpecification? StreamSpecification { get; private set; }
    public List<TagInput?>? Tags { get; private set; }
    public string? ResourcePolicy { get; private set; }

    /// <summary>The first parameter that AWS honours and this operation does not.</summary>
    public string? NotBuilt { get; private set; }

    public static CreateTableInput Decode(ref InputReader json)
    {
        var input = new CreateTableInput();
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) input.TableName = json.String();
            else if (json.Is("AttributeDefinitions"u8)) input.AttributeDefinitions = json.Structs("AttributeDefinition", KeyInputs.Definition);
            else if (json.Is("KeySchema"u8)) input.KeySchema = json.Structs("KeySchemaElement", KeyInputs.Element);
            else if (json.Is("LocalSecondaryIndexes"u8)) input.LocalSecondaryIndexes = json.Structs("LocalSecondaryIndex", IndexInput.DecodeLocal);
            else if (json.Is("GlobalSecondaryIndexes"u8)) input.GlobalSecondaryIndexes = json.Structs("GlobalSecondaryIndex", IndexInput.DecodeGlobal);
            else if (json.Is("BillingMode"u8)) input.BillingMode = json.String();
            else if (json.Is("ProvisionedThroughput"u8)) input.ProvisionedThroughput = json.Struct("ProvisionedThroughput", ThroughputInput.Decode);
            else if (json.Is("WarmThroughput"u8)) input.WarmThroughput = json.Struct("WarmThroughput", WarmThroughputInput.Decode);
            else if (json.Is("TableClass"u8)) input.TableClass = json.String();
            else if (json.Is("DeletionProtectionEnabled"u8)) input.DeletionProtectionEnabled = json.Boolean();
            else if (json.Is("SSESpecification"u8)) input.SSESpecification = json.Struct("SSESpecification", SseInput.Decode);
            else if (json.Is("Tags"u8)) input.Tags = json.Structs("Tag", TagInput.Decode);
            else if (json.Is("StreamSpecification"u8)) input.StreamSpecification = json.Struct("StreamSpecification", StreamSpecification.Decode);
            else if (json.Is("OnDemandThroughput"u8)) input.OnDemandThroughput = json.Struct("OnDemandThroughput", OnDemandThroughputInput.Decode);
            else if (json.Is("ResourcePolicy"u8)) input.ResourcePolicy = json.String();
            else input.DecodeOther(ref json);
        }
        return input;
    }

    /// <summary>TableCreationParameters of ImportTable: those of these parameters that it has.</summary>
    public static CreateTableInput DecodeForImport(ref InputReader json)
    {
        var input = Decode(ref json);
        input.LocalSecondaryIndexes = null;
        input.WarmThroughput = null;
        input.TableClass = null;
        input.DeletionProtectionEnabled = null;
        input.StreamSpecification = null;
        input.Tags = null;
        input.NotBuilt = null;
        return input;
    }

    private void DecodeOther(ref InputReader json)
    {
        foreach (var name in (ReadOnlySpan<string>)["GlobalTableSourceArn", "GlobalTableSettingsReplicationMode"])
        {
            if (!json.Is(System.Text.Encoding.UTF8.GetBytes(name))) continue;
            RefuseIf(name, !json.SkipIsNull());
            return;
        }
        json.Skip();
    }

    private void RefuseIf(string parameter, bool isGiven)
    {
        if (isGiven) NotBuilt ??= parameter;
    }
}
