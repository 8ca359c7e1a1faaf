using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Items;

/// <summary>What the key attributes of items and requests must be.</summary>
internal static class KeyRules
{
    /// <summary>A Key parameter: the key attributes and nothing else.</summary>
    public static void CheckKey(Table table, AttributeMap key)
    {
        if (key.Count() != table.Keys.Count) throw DynamoDbErrors.KeyDoesNotMatchSchema();
        CheckKeyAttribute(table.Keys.Partition, key, isPartition: true);
        if (table.Keys.Sort is { } sort) CheckKeyAttribute(sort, key, isPartition: false);
    }

    /// <summary>The key attributes within an item.</summary>
    public static void CheckItem(Table table, AttributeMap item)
    {
        CheckItemAttribute(table.Keys.Partition, item, isPartition: true);
        if (table.Keys.Sort is { } sort) CheckItemAttribute(sort, item, isPartition: false);
    }

    public static void CheckKeyAttribute(KeyAttribute attribute, AttributeMap key, bool isPartition)
    {
        var value = key.Get(attribute.Name);
        if (value.IsAbsent || value.Type != attribute.Type) throw DynamoDbErrors.KeyDoesNotMatchSchema();
        CheckContent(attribute, value, isPartition);
    }

    private static void CheckItemAttribute(KeyAttribute attribute, AttributeMap item, bool isPartition)
    {
        var value = item.Get(attribute.Name);
        if (value.IsAbsent) throw DynamoDbErrors.Invalid($"Missing the key {attribute.Name} in the item");
        if (value.Type != attribute.Type) throw DynamoDbErrors.Invalid($"Type mismatch for key {attribute.Name} expected: {attribute.Type} actual: {value.Type}");
        CheckContent(attribute, value, isPartition);
    }

    private static void CheckContent(KeyAttribute attribute, AttributeValue value, bool isPartition)
    {
        var length = value.Content.Length;
        if (attribute.Type == AttributeType.N) return;
        if (length == 0)
        {
            // Observed: expectations of test/putItem.js of architect/dynalite, taken from AWS.
            throw DynamoDbErrors.Validation($"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {(attribute.Type == AttributeType.S ? "string" : "binary")} value. Key: {attribute.Name}");
        }
        // The missing space is AWS's.
        if (isPartition && length > DynamoDbLimits.PartitionKeyBytes) throw DynamoDbErrors.Invalid($"Size of hashkey has exceeded the maximum size limit of{DynamoDbLimits.PartitionKeyBytes} bytes");
        if (!isPartition && length > DynamoDbLimits.SortKeyBytes) throw DynamoDbErrors.Invalid($"Aggregated size of all range keys has exceeded the size limit of {DynamoDbLimits.SortKeyBytes} bytes");
    }
}
