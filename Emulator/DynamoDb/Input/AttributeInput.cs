using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Input;

/// <summary>A map of attributes from a request, and what is wrong with the first of its values that is wrong: AWS tells it only after the constraints of the shape are checked.</summary>
internal sealed record AttributeInput(AttributeMap Map, string? Problem)
{
    /// <summary>Refuses the first value that is wrong.</summary>
    public void Require()
    {
        if (Problem is not null) throw DynamoDbErrors.Validation(Problem);
    }

    /// <summary>Decodes an item or a key; null where it is absent.</summary>
    public static AttributeInput? Decode(ref InputReader json, bool isElement = false)
    {
        if (!json.BeginMap("AttributeValue", isElement)) return null;
        using var decoder = new AttributeValueDecoder();
        decoder.Entries(ref json, depth: 1);
        return new(new(decoder.Written()), decoder.Problem);
    }
}

/// <summary>A single value from a request, and what is wrong with it.</summary>
internal sealed record ValueInput(AttributeValue Value, string? Problem)
{
    public static ValueInput? Decode(ref InputReader json, bool isElement = false)
    {
        if (!json.BeginStruct("AttributeValue", isElement)) return null;
        using var decoder = new AttributeValueDecoder();
        decoder.Value(ref json, depth: 1);
        return new(new(decoder.Written()), decoder.Problem);
    }

    /// <summary>A list of values; null where it is absent.</summary>
    public static List<ValueInput>? DecodeList(ref InputReader json)
    {
        if (!json.BeginList()) return null;
        var list = new List<ValueInput>();
        while (json.NextElement()) list.Add(Decode(ref json, isElement: true) ?? new(default, AttributeValueDecoder.Empty));
        return list;
    }

    /// <summary>A map of values by name (ExpressionAttributeValues); null where it is absent.</summary>
    public static Dictionary<string, ValueInput>? DecodeMap(ref InputReader json)
    {
        if (!json.BeginMap("AttributeValue")) return null;
        var map = new Dictionary<string, ValueInput>(StringComparer.Ordinal);
        while (json.NextMember())
        {
            var name = json.Name();
            map[name] = Decode(ref json, isElement: true) ?? new(default, AttributeValueDecoder.Empty);
        }
        return map;
    }
}
