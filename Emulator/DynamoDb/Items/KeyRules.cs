using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Items;

/// <summary>What the key attributes of items and requests must be.</summary>
internal static class KeyRules
{
    /// <summary>A Key parameter: the key attributes and nothing else.</summary>
    public static void CheckKey(Table table, AttributeMap key)
    {
        if (ProblemOfKey(table, key) is { } problem) throw problem;
    }

    /// <summary>What is wrong with a key; null where nothing is.</summary>
    public static AwsException? ProblemOfKey(Table table, AttributeMap key)
    {
        if (key.Count() != table.Keys.Count) return DynamoDbErrors.KeyDoesNotMatchSchema();
        return ProblemOfKeyAttribute(table.Keys.Partition, key, isPartition: true)
            ?? (table.Keys.Sort is { } sort ? ProblemOfKeyAttribute(sort, key, isPartition: false) : null);
    }

    /// <summary>What is wrong with one attribute of a key; null where nothing is.</summary>
    public static AwsException? ProblemOfKeyAttribute(KeyAttribute attribute, AttributeMap key, bool isPartition)
    {
        var value = key.Get(attribute.Name);
        return value.IsAbsent || value.Type != attribute.Type ? DynamoDbErrors.KeyDoesNotMatchSchema() : ProblemOfContent(attribute, value, isPartition);
    }

    /// <summary>The key attributes within an item.</summary>
    public static void CheckItem(Table table, AttributeMap item)
    {
        CheckItemAttribute(table.Keys.Partition, item, isPartition: true);
        if (table.Keys.Sort is { } sort) CheckItemAttribute(sort, item, isPartition: false);
        IndexKeyRules.CheckItem(table, item);
    }

    /// <summary>The key attributes within an item of a batch, of which AWS says less.</summary>
    /// <remarks>Recorded: test_batch_write_not_matching_schema.</remarks>
    public static void CheckBatchItem(Table table, AttributeMap item)
    {
        var problem = ProblemOfKeyAttribute(table.Keys.Partition, item, isPartition: true)
            ?? (table.Keys.Sort is { } sort ? ProblemOfKeyAttribute(sort, item, isPartition: false) : null);
        if (problem is not null) throw problem;
        IndexKeyRules.CheckItem(table, item);
    }

    /// <summary>No path goes into a key attribute, which is a scalar.</summary>
    public static void CheckPaths(Table table, IEnumerable<DocumentPath> paths)
    {
        foreach (var path in paths)
        {
            if (path.IsNested && table.Keys.Contains(path.Root))
            {
                throw DynamoDbErrors.Validation($"Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: {path.Root}");
            }
        }
        if (table.IndexSpaces is { } indexes) IndexKeyRules.CheckPaths(indexes, paths);
    }

    /// <summary>What is wrong with the value of a key attribute; null where nothing is.</summary>
    public static AwsException? ProblemOfContent(KeyAttribute attribute, AttributeValue value, bool isPartition)
    {
        var length = value.Content.Length;
        if (attribute.Type == AttributeType.N) return null;
        if (length == 0)
        {
            // Observed: of items and keys alike (tests/transactions.rs of nubo-db/dynoxide, taken from AWS in four regions in June 2026; of keys AWS once said "were invalid:").
            return DynamoDbErrors.Validation($"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {(attribute.Type == AttributeType.S ? "string" : "binary")} value. Key: {attribute.Name}");
        }
        // The missing space is AWS's.
        if (isPartition && length > DynamoDbLimits.PartitionKeyBytes) return DynamoDbErrors.Invalid($"Size of hashkey has exceeded the maximum size limit of{DynamoDbLimits.PartitionKeyBytes} bytes");
        if (!isPartition && length > DynamoDbLimits.SortKeyBytes) return DynamoDbErrors.Invalid($"Aggregated size of all range keys has exceeded the size limit of {DynamoDbLimits.SortKeyBytes} bytes");
        return null;
    }

    private static void CheckItemAttribute(KeyAttribute attribute, AttributeMap item, bool isPartition)
    {
        var value = item.Get(attribute.Name);
        if (value.IsAbsent) throw DynamoDbErrors.Invalid($"Missing the key {attribute.Name} in the item");
        if (value.Type != attribute.Type) throw DynamoDbErrors.Invalid($"Type mismatch for key {attribute.Name} expected: {attribute.Type} actual: {value.Type}");
        if (ProblemOfContent(attribute, value, isPartition) is { } problem) throw problem;
    }
}
