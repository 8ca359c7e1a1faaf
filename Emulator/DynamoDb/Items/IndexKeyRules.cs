using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Items;

/// <summary>What attributes that are keys of indexes must be wherever an item has them. An item that lacks one is not in the index.</summary>
/// <remarks>
/// Source of the texts: the expectations of test/putItem.js and test/updateItem.js of architect/dynalite and tests/index_key_validation.rs of nubo-db/dynoxide, taken from AWS. Of several indexes that an item
/// does not fit, AWS names the first by name.
/// </remarks>
internal static class IndexKeyRules
{
    /// <summary>The index keys within an item that is put.</summary>
    public static void CheckItem(Table table, AttributeMap item)
    {
        if (table.IndexSpaces is not { } indexes) return;
        if (First(indexes, index => ProblemOf(table, index, item)) is { } problem) throw problem;
    }

    /// <summary>What can be seen of an update without the item: no path goes into an index key, and no literal of another type is set.</summary>
    public static void CheckUpdate(Table table, Update update)
    {
        if (table.IndexSpaces is not { } indexes) return;
        if (First(indexes, index => MismatchOf(index, update)) is { } problem) throw problem;
        CheckPaths(indexes, update.Clauses.Select(clause => clause.Path));
    }

    /// <summary>The index keys that an update has given an item.</summary>
    public static void CheckUpdated(Table table, AttributeMap before, AttributeMap after)
    {
        if (table.IndexSpaces is not { } indexes) return;
        if (First(indexes, index => ProblemOfUpdate(table, index, before, after)) is { } problem) throw problem;
    }

    /// <summary>No path goes into an index key, which is a scalar.</summary>
    public static void CheckPaths(IndexSpace[] indexes, IEnumerable<DocumentPath> paths)
    {
        foreach (var path in paths)
        {
            if (path.IsNested && Array.Exists(indexes, index => index.Keys.Contains(path.Root)))
            {
                throw DynamoDbErrors.Validation($"Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: {path.Root}");
            }
        }
    }

    private static AwsException? First(IndexSpace[] indexes, Func<IndexSpace, AwsException?> problemOf)
    {
        (string Name, AwsException Problem)? first = null;
        foreach (var index in indexes)
        {
            if (problemOf(index) is { } problem && (first is null || string.CompareOrdinal(index.Name, first.Value.Name) < 0)) first = (index.Name, problem);
        }
        return first?.Problem;
    }

    private static AwsException? ProblemOf(Table table, IndexSpace index, AttributeMap item)
    {
        foreach (var attribute in index.Keys.All)
        {
            var value = item.Get(attribute.Name);
            if (value.IsAbsent || table.Keys.Contains(attribute.Name)) continue;
            if (value.Type != attribute.Type) return TypeMismatch(index, attribute, value.Type);
            if (value.Content.IsEmpty)
            {
                return DynamoDbErrors.Validation(
                    "One or more parameter values are not valid. A value specified for a secondary index key is not supported. " +
                    $"The AttributeValue for a key attribute cannot contain an empty {NameOf(attribute.Type)} value. IndexName: {index.Name}, IndexKey: {attribute.Name}");
            }
        }
        return ProblemOfSize(index, item);
    }

    private static AwsException? ProblemOfUpdate(Table table, IndexSpace index, AttributeMap before, AttributeMap after)
    {
        var changed = false;
        foreach (var attribute in index.Keys.All)
        {
            var value = after.Get(attribute.Name);
            if (value.IsAbsent || table.Keys.Contains(attribute.Name) || value.Equals(before.Get(attribute.Name))) continue;
            changed = true;
            if (value.Type != attribute.Type) return DynamoDbErrors.Validation("The update expression attempted to update the secondary index key to unsupported type");
            if (value.Content.IsEmpty)
            {
                return DynamoDbErrors.Validation(
                    "One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. " +
                    $"The AttributeValue for a key attribute cannot contain an empty {NameOf(attribute.Type)} value.");
            }
        }
        return changed ? ProblemOfSize(index, after) : null;
    }

    private static AwsException? ProblemOfSize(IndexSpace index, AttributeMap item)
    {
        // The missing space is AWS's.
        if (Size(index.Keys.Hash, item) > DynamoDbLimits.PartitionKeyBytes) return DynamoDbErrors.Invalid($"Size of hashkey has exceeded the maximum size limit of{DynamoDbLimits.PartitionKeyBytes} bytes");
        if (Size(index.Keys.Range, item) > DynamoDbLimits.SortKeyBytes) return DynamoDbErrors.Invalid($"Aggregated size of all range keys has exceeded the size limit of {DynamoDbLimits.SortKeyBytes} bytes");
        return null;
    }

    private static int Size(ReadOnlySpan<KeyAttribute> attributes, AttributeMap item)
    {
        var size = 0;
        foreach (var attribute in attributes)
        {
            var value = item.Get(attribute.Name);
            if (!value.IsAbsent) size += value.Content.Length;
        }
        return size;
    }

    private static AwsException? MismatchOf(IndexSpace index, Update update)
    {
        foreach (var clause in update.Clauses)
        {
            if (clause.Path.IsNested || clause.Action == UpdateAction.Remove || TypeOf(clause.Value!) is not { } type) continue;
            foreach (var attribute in index.Keys.All)
            {
                if (attribute.Name.Equals(clause.Path.Root) && attribute.Type != type) return TypeMismatch(index, attribute, type);
            }
        }
        return null;
    }

    /// <summary>The type that an operand has whatever the item; null where the item decides.</summary>
    private static AttributeType? TypeOf(Operand operand) => operand switch
    {
        ValueOperand value => value.Value.Type,
        FunctionOperand { IsArithmetic: true } => AttributeType.N,
        FunctionOperand { Name: "list_append" } => AttributeType.L,
        _ => null,
    };

    private static AwsException TypeMismatch(IndexSpace index, KeyAttribute attribute, AttributeType actual) =>
        DynamoDbErrors.Invalid($"Type mismatch for Index Key {attribute.Name} Expected: {attribute.Type} Actual: {actual} IndexName: {index.Name}");

    private static string NameOf(AttributeType type) => type == AttributeType.S ? "string" : "binary";
}
