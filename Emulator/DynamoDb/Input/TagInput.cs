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

    public static void AddTo(ref Constraints constraints, List<TagInput?>? tags)
    {
        for (var i = 0; i < tags?.Count; i++)
        {
            var (tag, path) = (tags[i], $"tags.{i + 1}.member");
            constraints.NotNull(tag?.Key, $"{path}.key");
            constraints.Length(tag?.Key, $"{path}.key", 1, DynamoDbLimits.TagKeyChars);
            constraints.NotNull(tag?.Value, $"{path}.value");
            constraints.Length(tag?.Value, $"{path}.value", 0, DynamoDbLimits.TagValueChars);
        }
    }
}
