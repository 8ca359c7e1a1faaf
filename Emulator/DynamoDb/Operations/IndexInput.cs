using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Operations;

/// <summary>An index as CreateTable asks for it, or UpdateTable.</summary>
internal sealed class IndexInput
{
    public string? IndexName { get; private set; }
    public List<KeySchemaElement?>? KeySchema { get; private set; }
    public ProjectionInput? Projection { get; private set; }
    public ThroughputInput? ProvisionedThroughput { get; private set; }
    public OnDemandThroughputInput? OnDemandThroughput { get; private set; }
    public WarmThroughputInput? WarmThroughput { get; private set; }

    public static IndexInput Of(string name, ThroughputInput units) => new() { IndexName = name, ProvisionedThroughput = units };

    public static IndexInput DecodeLocal(ref InputReader json)
    {
        var input = new IndexInput();
        while (json.NextMember())
        {
            if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }

    public static IndexInput DecodeGlobal(ref InputReader json)
    {
        var input = new IndexInput();
        while (json.NextMember())
        {
            if (json.Is("ProvisionedThroughput"u8)) input.ProvisionedThroughput = json.Struct("ProvisionedThroughput", ThroughputInput.Decode);
            else if (json.Is("OnDemandThroughput"u8)) input.OnDemandThroughput = json.Struct("OnDemandThroughput", OnDemandThroughputInput.Decode);
            else if (json.Is("WarmThroughput"u8)) input.WarmThroughput = json.Struct("WarmThroughput", WarmThroughputInput.Decode);
            else if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }

    /// <summary>The constraints of its shape.</summary>
    public static void AddTo(ref Constraints constraints, IndexInput? index, string path, bool isLocal)
    {
        if (index is null) constraints.NotNull(null, $"{path}.indexName");
        else index.AddNameTo(ref constraints, path);
        index?.ProvisionedThroughput?.AddTo(ref constraints, $"{path}.provisionedThroughput");
        // Observed: only the key schema of a global index may be longer than two (DDB-TABLE-123 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller).
        constraints.KeySchema(index?.KeySchema, $"{path}.keySchema", isLocal ? 2 : int.MaxValue);
        constraints.NotNull(index?.Projection, $"{path}.projection");
        constraints.OneOf(index?.Projection?.ProjectionType, $"{path}.projection.projectionType", Enums.ProjectionType);
        constraints.Names(index?.Projection?.NonKeyAttributes, $"{path}.projection.nonKeyAttributes", DynamoDbLimits.NonKeyAttributes);
    }

    public void AddNameTo(ref Constraints constraints, string path)
    {
        constraints.NotNull(IndexName, $"{path}.indexName");
        if (IndexName is not null) constraints.Name(IndexName, $"{path}.indexName");
    }

    /// <summary>The index, whose rules are checked.</summary>
    public SecondaryIndex ToIndex(bool isLocal, byte number, bool onDemand) => new()
    {
        Name = IndexName!,
        IsLocal = isLocal,
        Number = number,
        KeySchema = KeySchema!.ConvertAll(element => element!),
        ProjectionType = Projection!.ProjectionType!,
        // Observed: they come back sorted (DDB-TABLE-125 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller).
        NonKeyAttributes = Projection.NonKeyAttributes?.ConvertAll(name => name!).Order(StringComparer.Ordinal).ToList(),
        ReadCapacityUnits = ProvisionedThroughput?.ReadCapacityUnits ?? 0,
        WriteCapacityUnits = ProvisionedThroughput?.WriteCapacityUnits ?? 0,
        MaxReadRequestUnits = OnDemandThroughput?.MaxReadRequestUnits,
        MaxWriteRequestUnits = OnDemandThroughput?.MaxWriteRequestUnits,
        WarmReadUnitsPerSecond = WarmThroughput?.ReadUnitsPerSecond ?? (onDemand ? DynamoDbLimits.OnDemandReadUnits : ProvisionedThroughput?.ReadCapacityUnits),
        WarmWriteUnitsPerSecond = WarmThroughput?.WriteUnitsPerSecond ?? (onDemand ? DynamoDbLimits.OnDemandWriteUnits : ProvisionedThroughput?.WriteCapacityUnits),
    };

    private bool TryDecode(ref InputReader json)
    {
        if (json.Is("IndexName"u8)) IndexName = json.String();
        else if (json.Is("KeySchema"u8)) KeySchema = json.Structs("KeySchemaElement", KeyInputs.Element);
        else if (json.Is("Projection"u8)) Projection = json.Struct("Projection", ProjectionInput.Decode);
        else return false;
        return true;
    }
}

internal sealed record ProjectionInput(string? ProjectionType, List<string?>? NonKeyAttributes)
{
    public static ProjectionInput Decode(ref InputReader json)
    {
        string? type = null;
        List<string?>? attributes = null;
        while (json.NextMember())
        {
            if (json.Is("ProjectionType"u8)) type = json.String();
            else if (json.Is("NonKeyAttributes"u8)) attributes = json.Strings();
            else json.Skip();
        }
        return new(type, attributes);
    }
}
