using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Input;

/// <summary>AttributeDefinitions and the KeySchema of a table or index.</summary>
internal static class KeyInputs
{
    public static AttributeDefinition Definition(ref InputReader json)
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

    public static KeySchemaElement Element(ref InputReader json)
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

    public static void Definitions(this ref Constraints constraints, List<AttributeDefinition?>? definitions)
    {
        for (var i = 0; i < definitions?.Count; i++)
        {
            var (definition, path) = (definitions[i], $"attributeDefinitions.{i + 1}.member");
            constraints.NotNull(definition?.AttributeName, $"{path}.attributeName");
            constraints.Length(definition?.AttributeName, $"{path}.attributeName", 1, DynamoDbLimits.KeyNameBytes);
            constraints.NotNull(definition?.AttributeType, $"{path}.attributeType");
            constraints.OneOf(definition?.AttributeType, $"{path}.attributeType", Enums.ScalarType);
        }
    }

    /// <param name="path">As <c>keySchema</c>.</param>
    /// <param name="most">Elements that it may have.</param>
    public static void KeySchema(this ref Constraints constraints, List<KeySchemaElement?>? schema, string path, int most = 2)
    {
        constraints.NotNull(schema, path);
        constraints.Count(schema?.Count, () => $"[{string.Join(", ", schema!)}]", path, 1, most);
        for (var i = 0; i < schema?.Count; i++)
        {
            var element = schema[i];
            constraints.NotNull(element?.AttributeName, $"{path}.{i + 1}.member.attributeName");
            constraints.Length(element?.AttributeName, $"{path}.{i + 1}.member.attributeName", 1, DynamoDbLimits.KeyNameBytes);
            constraints.NotNull(element?.KeyType, $"{path}.{i + 1}.member.keyType");
            constraints.OneOf(element?.KeyType, $"{path}.{i + 1}.member.keyType", Enums.KeyType);
        }
    }
}
