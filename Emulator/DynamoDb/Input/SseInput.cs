namespace Emulator.DynamoDb.Input;

/// <summary>SSESpecification of a table.</summary>
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

    public void AddTo(ref Constraints constraints) => constraints.OneOf(SSEType, "sSESpecification.sSEType", Enums.SseType);
}
