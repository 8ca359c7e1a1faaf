using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Tables;

/// <summary>The key attributes of a table, or of an index: those that make a partition, and those that order what is in it.</summary>
/// <remarks>A table has one of the first and at most one of the second; a global index up to four of each.</remarks>
internal sealed class KeyAttributes(KeyAttribute[] hash, KeyAttribute[] range)
{
    public ReadOnlySpan<KeyAttribute> Hash => hash;

    public ReadOnlySpan<KeyAttribute> Range => range;

    /// <summary>The partition key; the first attribute of it where there are several.</summary>
    public KeyAttribute Partition { get; } = hash[0];

    /// <summary>The sort key; the first attribute of it where there are several.</summary>
    public KeyAttribute? Sort { get; } = range.Length == 0 ? null : range[0];

    public int Count => hash.Length + range.Length;

    /// <summary>All of them in the order of the key schema.</summary>
    public IEnumerable<KeyAttribute> All => hash.Concat(range);

    public bool Contains(AttributeName name)
    {
        foreach (var attribute in hash)
        {
            if (attribute.Name.Equals(name)) return true;
        }
        foreach (var attribute in range)
        {
            if (attribute.Name.Equals(name)) return true;
        }
        return false;
    }

    public static KeyAttributes Of(IReadOnlyList<KeySchemaElement> schema, IReadOnlyList<AttributeDefinition> definitions)
    {
        KeyAttribute[] Attributes(string keyType) => [.. schema.Where(element => element.KeyType == keyType).Select(element => Attribute(element.AttributeName!))];
        KeyAttribute Attribute(string name) => new(new(name), Enum.Parse<AttributeType>(definitions.First(definition => definition.AttributeName == name).AttributeType!));
        return new(Attributes("HASH"), Attributes("RANGE"));
    }
}

internal sealed record KeyAttribute(AttributeName Name, AttributeType Type);
