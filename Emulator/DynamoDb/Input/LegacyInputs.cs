using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Input;

/// <summary>An entry of QueryFilter, ScanFilter or KeyConditions.</summary>
internal sealed record ConditionInput(string? ComparisonOperator, List<ValueInput>? AttributeValueList)
{
    public ComparisonOperator Operator => Enum.Parse<ComparisonOperator>(ComparisonOperator!);

    public List<AttributeValue> Values => AttributeValueList?.ConvertAll(value => value.Value) ?? [];

    public static Dictionary<string, ConditionInput>? DecodeMap(ref InputReader json)
    {
        if (!json.BeginMap("Condition")) return null;
        var map = new Dictionary<string, ConditionInput>(StringComparer.Ordinal);
        while (json.NextMember())
        {
            var name = json.Name();
            map[name] = json.BeginStruct("Condition", isElement: true) ? Decode(ref json) : new(null, null);
        }
        return map;
    }

    private static ConditionInput Decode(ref InputReader json)
    {
        string? comparison = null;
        List<ValueInput>? values = null;
        while (json.NextMember())
        {
            if (json.Is("ComparisonOperator"u8)) comparison = json.String();
            else if (json.Is("AttributeValueList"u8)) values = ValueInput.DecodeList(ref json);
            else json.Skip();
        }
        return new(comparison, values);
    }
}

/// <summary>An entry of Expected.</summary>
internal sealed record ExpectedInput(string? ComparisonOperator, List<ValueInput>? AttributeValueList, ValueInput? Value, bool? Exists)
{
    public List<AttributeValue> Values => AttributeValueList?.ConvertAll(value => value.Value) ?? (Value is { } single ? [single.Value] : []);

    public static Dictionary<string, ExpectedInput>? DecodeMap(ref InputReader json)
    {
        if (!json.BeginMap("ExpectedAttributeValue")) return null;
        var map = new Dictionary<string, ExpectedInput>(StringComparer.Ordinal);
        while (json.NextMember())
        {
            var name = json.Name();
            map[name] = json.BeginStruct("ExpectedAttributeValue", isElement: true) ? Decode(ref json) : new(null, null, null, null);
        }
        return map;
    }

    private static ExpectedInput Decode(ref InputReader json)
    {
        string? comparison = null;
        List<ValueInput>? values = null;
        ValueInput? value = null;
        bool? exists = null;
        while (json.NextMember())
        {
            if (json.Is("ComparisonOperator"u8)) comparison = json.String();
            else if (json.Is("AttributeValueList"u8)) values = ValueInput.DecodeList(ref json);
            else if (json.Is("Value"u8)) value = ValueInput.Decode(ref json);
            else if (json.Is("Exists"u8)) exists = json.Boolean();
            else json.Skip();
        }
        return new(comparison, values, value, exists);
    }
}

/// <summary>An entry of AttributeUpdates.</summary>
internal sealed record AttributeUpdateInput(string? Action, ValueInput? Value)
{
    public static Dictionary<string, AttributeUpdateInput>? DecodeMap(ref InputReader json)
    {
        if (!json.BeginMap("AttributeValueUpdate")) return null;
        var map = new Dictionary<string, AttributeUpdateInput>(StringComparer.Ordinal);
        while (json.NextMember())
        {
            var name = json.Name();
            map[name] = json.BeginStruct("AttributeValueUpdate", isElement: true) ? Decode(ref json) : new(null, null);
        }
        return map;
    }

    private static AttributeUpdateInput Decode(ref InputReader json)
    {
        string? action = null;
        ValueInput? value = null;
        while (json.NextMember())
        {
            if (json.Is("Action"u8)) action = json.String();
            else if (json.Is("Value"u8)) value = ValueInput.Decode(ref json);
            else json.Skip();
        }
        return new(action, value);
    }
}
