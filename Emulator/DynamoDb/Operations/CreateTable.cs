using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Creates a table, which is there at once: its first description says ACTIVE.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html</remarks>
internal static class CreateTable
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, CreateTableInput input)
    {
        CreateTableRules.Check(input);
        var table = NewTable(service, call, input);
        await service.Store.WriteAsync(transaction =>
        {
            if (TableStore.Read(transaction, new(table.Account, table.Region, table.Name)) is not null) throw DynamoDbErrors.TableExists(table.Name);
            TableStore.Put(transaction, table);
            return table;
        });
        return AwsJson.Encode(new TableDescriptionOutput(table.DescribeCreating()), DynamoDbJson.Default.TableDescriptionOutput);
    }

    private static Table NewTable(DynamoDbService service, Call call, CreateTableInput input)
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
            TableClass = input.TableClass,
            DeletionProtectionEnabled = input.DeletionProtectionEnabled ?? false,
            WarmReadUnitsPerSecond = input.WarmThroughput?.ReadUnitsPerSecond,
            WarmWriteUnitsPerSecond = input.WarmThroughput?.WriteUnitsPerSecond,
            KmsKeyArn = input.SSESpecification is { Enabled: true } sse ? KmsKeyArn(call, sse.KMSMasterKeyId) : null,
            Tags = input.Tags?.ToDictionary(tag => tag!.Key!, tag => tag!.Value!, StringComparer.Ordinal) ?? [],
        };
    }

    /// <summary>The key of the request, or the one that KMS keeps for DynamoDB in each account.</summary>
    private static string KmsKeyArn(Call call, string? key) =>
        key is not null && key.StartsWith("arn:", StringComparison.Ordinal)
            ? key
            : $"arn:aws:kms:{call.Region}:{call.Account}:key/{key ?? StableId.Uuid("kms-key", call.Account, call.Region, "alias/aws/dynamodb").ToString()}";
}

internal sealed record TableDescriptionOutput(TableDescription TableDescription);

internal sealed record ThroughputInput(long? ReadCapacityUnits, long? WriteCapacityUnits);

internal sealed record WarmThroughputInput(long? ReadUnitsPerSecond, long? WriteUnitsPerSecond);

internal sealed record SseInput(bool? Enabled, string? SSEType, string? KMSMasterKeyId);

internal sealed record TagInput(string? Key, string? Value);

internal sealed class CreateTableInput
{
    public string? TableName { get; private set; }
    public List<AttributeDefinition?>? AttributeDefinitions { get; private set; }
    public List<KeySchemaElement?>? KeySchema { get; private set; }
    public string? BillingMode { get; private set; }
    public ThroughputInput? ProvisionedThroughput { get; private set; }
    public WarmThroughputInput? WarmThroughput { get; private set; }
    public string? TableClass { get; private set; }
    public bool? DeletionProtectionEnabled { get; private set; }
    public SseInput? SSESpecification { get; private set; }
    public List<TagInput?>? Tags { get; private set; }

    /// <summary>The first parameter that AWS honours and this operation does not.</summary>
    public string? NotBuilt { get; private set; }

    public static CreateTableInput Decode(ref InputReader json)
    {
        var input = new CreateTableInput();
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) input.TableName = json.String();
            else if (json.Is("AttributeDefinitions"u8)) input.AttributeDefinitions = json.Structs("AttributeDefinition", DecodeDefinition);
            else if (json.Is("KeySchema"u8)) input.KeySchema = json.Structs("KeySchemaElement", DecodeKey);
            else if (json.Is("BillingMode"u8)) input.BillingMode = json.String();
            else if (json.Is("ProvisionedThroughput"u8)) input.ProvisionedThroughput = json.Struct("ProvisionedThroughput", DecodeThroughput);
            else if (json.Is("WarmThroughput"u8)) input.WarmThroughput = json.Struct("WarmThroughput", DecodeWarmThroughput);
            else if (json.Is("TableClass"u8)) input.TableClass = json.String();
            else if (json.Is("DeletionProtectionEnabled"u8)) input.DeletionProtectionEnabled = json.Boolean();
            else if (json.Is("SSESpecification"u8)) input.SSESpecification = json.Struct("SSESpecification", DecodeSse);
            else if (json.Is("Tags"u8)) input.Tags = json.Structs("Tag", DecodeTag);
            else if (json.Is("StreamSpecification"u8)) input.RefuseIf("StreamSpecification", json.BeginStruct("StreamSpecification") && DecodeStreamEnabled(ref json));
            else input.DecodeOther(ref json);
        }
        return input;
    }

    private void DecodeOther(ref InputReader json)
    {
        foreach (var name in (ReadOnlySpan<string>)["GlobalSecondaryIndexes", "LocalSecondaryIndexes", "ResourcePolicy", "OnDemandThroughput", "GlobalTableSourceArn", "GlobalTableSettingsReplicationMode"])
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

    private static AttributeDefinition DecodeDefinition(ref InputReader json)
    {
        string? name = null, type = null;
        while (json.NextMember())
        {
            if (json.Is("AttributeName"u8)) name = json.String();
            else if (json.Is("AttributeType"u8)) type = json.String();
            else json.Skip();
        }
        return new(name, type);
    }

    private static KeySchemaElement DecodeKey(ref InputReader json)
    {
        string? name = null, type = null;
        while (json.NextMember())
        {
            if (json.Is("AttributeName"u8)) name = json.String();
            else if (json.Is("KeyType"u8)) type = json.String();
            else json.Skip();
        }
        return new(name, type);
    }

    private static ThroughputInput DecodeThroughput(ref InputReader json)
    {
        long? read = null, write = null;
        while (json.NextMember())
        {
            if (json.Is("ReadCapacityUnits"u8)) read = json.Long();
            else if (json.Is("WriteCapacityUnits"u8)) write = json.Long();
            else json.Skip();
        }
        return new(read, write);
    }

    private static WarmThroughputInput DecodeWarmThroughput(ref InputReader json)
    {
        long? read = null, write = null;
        while (json.NextMember())
        {
            if (json.Is("ReadUnitsPerSecond"u8)) read = json.Long();
            else if (json.Is("WriteUnitsPerSecond"u8)) write = json.Long();
            else json.Skip();
        }
        return new(read, write);
    }

    private static SseInput DecodeSse(ref InputReader json)
    {
        bool? enabled = null;
        string? type = null, key = null;
        while (json.NextMember())
        {
            if (json.Is("Enabled"u8)) enabled = json.Boolean();
            else if (json.Is("SSEType"u8)) type = json.String();
            else if (json.Is("KMSMasterKeyId"u8)) key = json.String();
            else json.Skip();
        }
        return new(enabled, type, key);
    }

    private static TagInput DecodeTag(ref InputReader json)
    {
        string? key = null, value = null;
        while (json.NextMember())
        {
            if (json.Is("Key"u8)) key = json.String();
            else if (json.Is("Value"u8)) value = json.String();
            else json.Skip();
        }
        return new(key, value);
    }

    private static bool DecodeStreamEnabled(ref InputReader json)
    {
        var enabled = false;
        while (json.NextMember())
        {
            if (json.Is("StreamEnabled"u8)) enabled = json.Boolean() == true;
            else json.Skip();
        }
        return enabled;
    }
}
