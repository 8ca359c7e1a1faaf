using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Backups;

/// <summary>What a restored table shall have in place of what its source has.</summary>
internal abstract class RestoreOverrides
{
    public string? TargetTableName { get; private set; }
    public string? BillingMode { get; private set; }
    public ThroughputInput? ProvisionedThroughput { get; private set; }
    public OnDemandThroughputInput? OnDemandThroughput { get; private set; }
    public SseInput? SSESpecification { get; private set; }
    public List<IndexInput?>? GlobalSecondaryIndexes { get; private set; }
    public List<IndexInput?>? LocalSecondaryIndexes { get; private set; }

    protected bool TryDecode(ref InputReader json)
    {
        if (json.Is("TargetTableName"u8)) TargetTableName = json.String();
        else if (json.Is("BillingModeOverride"u8)) BillingMode = json.String();
        else if (json.Is("ProvisionedThroughputOverride"u8)) ProvisionedThroughput = json.Struct("ProvisionedThroughput", ThroughputInput.Decode);
        else if (json.Is("OnDemandThroughputOverride"u8)) OnDemandThroughput = json.Struct("OnDemandThroughput", OnDemandThroughputInput.Decode);
        else if (json.Is("SSESpecificationOverride"u8)) SSESpecification = json.Struct("SSESpecification", SseInput.Decode);
        else if (json.Is("GlobalSecondaryIndexOverride"u8)) GlobalSecondaryIndexes = json.Structs("GlobalSecondaryIndex", IndexInput.DecodeGlobal);
        else if (json.Is("LocalSecondaryIndexOverride"u8)) LocalSecondaryIndexes = json.Structs("LocalSecondaryIndex", IndexInput.DecodeLocal);
        else return false;
        return true;
    }

    protected void AddTo(ref Constraints constraints)
    {
        constraints.NotNull(TargetTableName, "targetTableName");
        if (TargetTableName is not null) constraints.Name(TargetTableName, "targetTableName");
        constraints.OneOf(BillingMode, "billingModeOverride", Enums.BillingMode);
        for (var i = 0; i < GlobalSecondaryIndexes?.Count; i++) IndexInput.AddTo(ref constraints, GlobalSecondaryIndexes[i], $"globalSecondaryIndexOverride.{i + 1}.member", isLocal: false);
        for (var i = 0; i < LocalSecondaryIndexes?.Count; i++) IndexInput.AddTo(ref constraints, LocalSecondaryIndexes[i], $"localSecondaryIndexOverride.{i + 1}.member", isLocal: true);
        ProvisionedThroughput?.AddTo(ref constraints, "provisionedThroughputOverride");
        constraints.OneOf(SSESpecification?.SSEType, "sSESpecificationOverride.sSEType", Enums.SseType);
    }

    /// <summary>The table to be: what AWS takes over from the source, which is not its tags, stream, policies, time to live and recovery.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html#howitworks_restoring</remarks>
    public Table TableOf(DynamoDbService service, Call call, Table source, RestoreSource restoredFrom)
    {
        var onDemand = BillingMode is null ? source.OnDemand : BillingMode == "PAY_PER_REQUEST";
        CheckThroughput(source, onDemand);
        var indexes = RestoredIndexes.Of(source, this, onDemand);
        return new Table
        {
            Name = TargetTableName!,
            Account = call.Account,
            Region = call.Region,
            Id = service.Ids.Uuid(),
            Created = call.Now,
            AttributeDefinitions = RestoredIndexes.Definitions(source, indexes),
            KeySchema = source.KeySchema,
            OnDemand = onDemand,
            OnDemandSince = onDemand ? call.Now : null,
            ReadCapacityUnits = onDemand ? 0 : ProvisionedThroughput?.ReadCapacityUnits ?? source.ReadCapacityUnits,
            WriteCapacityUnits = onDemand ? 0 : ProvisionedThroughput?.WriteCapacityUnits ?? source.WriteCapacityUnits,
            MaxReadRequestUnits = onDemand ? ThroughputChange.Limit(OnDemandThroughput?.MaxReadRequestUnits ?? source.MaxReadRequestUnits) : null,
            MaxWriteRequestUnits = onDemand ? ThroughputChange.Limit(OnDemandThroughput?.MaxWriteRequestUnits ?? source.MaxWriteRequestUnits) : null,
            TableClass = source.TableClass,
            Indexes = indexes,
            KmsKeyArn = SSESpecification is null ? source.KmsKeyArn : TableEncryption.KeyArn(call.Account, call.Region, SSESpecification),
            RestoredFrom = restoredFrom,
        };
    }

    private void CheckThroughput(Table source, bool onDemand)
    {
        if (onDemand && ProvisionedThroughput is not null) throw DynamoDbErrors.Invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        if (!onDemand && source.OnDemand && ProvisionedThroughput is null) throw DynamoDbErrors.Invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        ProvisionedThroughput?.RequireInBounds();
        OnDemandThroughput?.Check(onDemand, "BillingMode is PROVISIONED");
    }
}
