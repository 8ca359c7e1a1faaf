namespace Emulator.DynamoDb.Input;

/// <summary>A tag of a table.</summary>
internal sealed record TagInput(string? Key, string? Value)
{
    public static TagInput Decode(ref InputReader json)
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
}
