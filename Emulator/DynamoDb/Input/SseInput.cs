namespace Emulator.DynamoDb.Input;

/// <summary>SSESpecification of a table.</summary>
/// <remarks>Source of the texts: DDB-TABLE-031, 036, 044 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal sealed record SseInput(bool? Enabled, string? SSEType, string? KMSMasterKeyId)
{
    public static SseInput Decode(ref InputReader json)
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

    /// <summary>Whether it asks for a key of KMS.</summary>
    public bool UsesKms => Enabled ?? (SSEType is not null);

    public void AddTo(ref Constraints constraints)
    {
        constraints.OneOf(SSEType, "sSESpecification.sSEType", Enums.SseType);
        constraints.Length(KMSMasterKeyId, "sSESpecification.kMSMasterKeyId", 1, int.MaxValue);
    }

    public void Check()
    {
        if (Enabled == false && SSEType is not null) throw DynamoDbErrors.Invalid("SSEType can not be specified if Enabled is false");
        if (Enabled == false && KMSMasterKeyId is not null) throw DynamoDbErrors.Invalid("KMSMasterKeyId can not be specified if Enabled is false");
        if (SSEType == "AES256") throw DynamoDbErrors.Invalid("SSEType AES256 is not supported");
        if (KMSMasterKeyId is not null && SSEType is null) throw DynamoDbErrors.Invalid("SSEType KMS is required if KMSMasterKeyId is specified");
    }
}
