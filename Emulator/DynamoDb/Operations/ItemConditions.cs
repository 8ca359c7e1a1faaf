using System.Collections;
using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Operations;

/// <summary>The condition keys of an operation on items: read from its request only if a policy asks for them.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html#amazondynamodb-policy-keys</remarks>
internal sealed class ItemConditions(Func<IEnumerable<KeyValuePair<string, string>>> read) : IReadOnlyList<KeyValuePair<string, string>>
{
    private List<KeyValuePair<string, string>>? _keys;

    private List<KeyValuePair<string, string>> Keys => _keys ??= [.. read()];

    public int Count => Keys.Count;

    public KeyValuePair<string, string> this[int index] => Keys[index];

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The partitions of items or keys.</summary>
    public static IEnumerable<KeyValuePair<string, string>> LeadingKeys(Table? table, IEnumerable<AttributeInput?> items)
    {
        if (table is null) return [];
        var partitions = items.Select(item => item?.Map.Get(table.Keys.Partition.Name) ?? default);
        return partitions.Where(value => !value.IsAbsent && value.IsScalar).Select(LeadingKey);
    }

    public static KeyValuePair<string, string> LeadingKey(AttributeValue value)
    {
        var content = value.Content.Span;
        return new("dynamodb:LeadingKeys", value.Type switch
        {
            AttributeType.S => System.Text.Encoding.UTF8.GetString(content),
            AttributeType.N => NumberEncoding.Format(content),
            _ => Convert.ToBase64String(content),
        });
    }

    /// <summary>The attributes that a request names, its keys among them, each once.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Attributes(params IEnumerable<IEnumerable<string?>?> names) =>
        names.SelectMany(some => some ?? []).OfType<string>().Distinct(StringComparer.Ordinal).Select(name => new KeyValuePair<string, string>("dynamodb:Attributes", name));

    public static IEnumerable<string> NamesOf(AttributeInput? item)
    {
        foreach (var entry in item?.Map ?? default) yield return entry.NameText;
    }

    /// <summary>The attributes that a write's condition names.</summary>
    public static IEnumerable<string> NamesOf(ItemWriteInput input) => MentionedNames.Of(input.ConditionExpression, input.ExpressionAttributeNames);

    /// <summary>A parameter that the request gives.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parameter(string key, string? value) =>
        value is null ? [] : [new($"dynamodb:{key}", value)];

    /// <summary>What is selected, said or implied: operations without the parameter have the key too.</summary>
    public static KeyValuePair<string, string> Select(string? select, bool hasProjection, bool ofIndex = false) =>
        new("dynamodb:Select", select ?? (hasProjection ? "SPECIFIC_ATTRIBUTES" : ofIndex ? "ALL_PROJECTED_ATTRIBUTES" : "ALL_ATTRIBUTES"));

    /// <summary>The operation around an action of a transaction.</summary>
    public static KeyValuePair<string, string> Enclosing(string operation) => new("dynamodb:EnclosingOperation", operation);
}
