using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Items;

/// <summary>The range of keys that a Query reads.</summary>
/// <remarks>Source of order and texts: the expectations of test/query.js of architect/dynalite, taken from AWS.</remarks>
internal static class QueryRange
{
    public static KeyRange Of(Table table, List<KeyCondition> conditions, AttributeMap? startKey, bool descending)
    {
        if (startKey is { } given && given.Count() != table.Keys.Count) throw DynamoDbErrors.Validation("The provided starting key is invalid");
        CheckAttribute(table, table.Keys.Partition, conditions, startKey, isPartition: true);
        if (table.Keys.Sort is { } sort) CheckAttribute(table, sort, conditions, startKey, isPartition: false);

        var partition = conditions.Find(condition => condition.Attribute == table.Keys.Partition.Name.Text)!;
        var sortCondition = table.Keys.Sort is { } name ? conditions.Find(condition => condition.Attribute == name.Name.Text) : null;
        var prefix = ItemKey.PartitionPrefix(table, partition.Values[0]);
        var range = sortCondition is null ? KeyRange.Prefix(prefix) : Of(prefix, sortCondition);
        if (startKey is not { } start) return range;
        CheckStart(table, partition, sortCondition, start);
        if (table.Keys.Sort is null)
        {
            // Observed: comment of test_query_no_sort_key_exclusive_start_key of scylladb/scylladb test/alternator.
            throw DynamoDbErrors.Validation($"The provided exclusive start key is invalid: ExclusiveStartKey: {{{partition.Attribute}=AttributeValue: {ValueText.Of(partition.Values[0])}}}");
        }
        return After(range, ItemKey.Of(table, start), descending);
    }

    /// <summary>The rest of a range after a key, in the direction of reading.</summary>
    public static KeyRange After(KeyRange range, byte[] key, bool descending)
    {
        if (descending) return range.To is not { } to || to.Span.SequenceCompareTo(key) > 0 ? range with { To = key } : range;
        byte[] next = [.. key, 0];
        return range.From.Span.SequenceCompareTo(next) < 0 ? range with { From = next } : range;
    }

    private static KeyRange Of(byte[] prefix, KeyCondition condition)
    {
        var values = condition.Values;
        byte[] At(AttributeValue value) => [.. prefix, .. ItemKey.Part(value)];
        ReadOnlyMemory<byte>? Behind(AttributeValue value) => KeyRange.Successor(At(value));
        var end = KeyRange.Successor(prefix);
        return condition.Operator switch
        {
            ComparisonOperator.EQ => KeyRange.Prefix(At(values[0])),
            ComparisonOperator.LT => new(prefix, At(values[0])),
            ComparisonOperator.LE => new(prefix, Behind(values[0])),
            ComparisonOperator.GT => new(Behind(values[0])!.Value, end),
            ComparisonOperator.GE => new(At(values[0]), end),
            ComparisonOperator.BETWEEN => new(At(values[0]), Behind(values[1])),
            _ => KeyRange.Prefix((byte[])[.. prefix, .. ItemKey.Part(values[0], open: true)]),
        };
    }

    private static void CheckAttribute(Table table, KeyAttribute attribute, List<KeyCondition> conditions, AttributeMap? startKey, bool isPartition)
    {
        if (startKey is { } start)
        {
            if (start.Get(attribute.Name).IsAbsent) throw DynamoDbErrors.Validation("The provided starting key is invalid");
            if (KeyRules.ProblemOfKeyAttribute(attribute, start, isPartition) is { } wrong) throw wrong;
        }
        if (isPartition && table.Keys.Sort is null && conditions.Count > 1) throw DynamoDbErrors.Validation("Query key condition not supported");
        if (conditions.Find(one => one.Attribute == attribute.Name.Text) is not { } condition)
        {
            if (isPartition || conditions.Count > 1) throw DynamoDbErrors.Validation($"Query condition missed key schema element: {attribute.Name}");
            return;
        }
        if (condition.Operator is ComparisonOperator.NULL or ComparisonOperator.NOT_NULL or ComparisonOperator.NE or ComparisonOperator.CONTAINS or ComparisonOperator.NOT_CONTAINS or ComparisonOperator.IN)
        {
            throw DynamoDbErrors.Validation("Attempted conditional constraint is not an indexable operation");
        }
        if (condition.Values.Exists(value => value.Type != attribute.Type)) throw DynamoDbErrors.Invalid("Condition parameter type does not match schema type");
        if (isPartition && condition.Operator != ComparisonOperator.EQ) throw DynamoDbErrors.Validation("Query key condition not supported");
        foreach (var value in condition.Values)
        {
            if (KeyRules.ProblemOfContent(attribute, value, isPartition) is { } wrong && condition.Operator != ComparisonOperator.BEGINS_WITH) throw wrong;
        }
    }

    private static void CheckStart(Table table, KeyCondition partition, KeyCondition? sort, AttributeMap start)
    {
        var samePartition = start.Get(table.Keys.Partition.Name).Equals(partition.Values[0]);
        if (sort is null)
        {
            if (!samePartition) throw OutsideQuery();
            return;
        }
        if (!Matches(sort, start.Get(table.Keys.Sort!.Name))) throw DynamoDbErrors.Validation("The provided starting key does not match the range key predicate");
        if (!samePartition) throw DynamoDbErrors.Validation("The query can return at most one row and cannot be restarted");
    }

    private static AwsException OutsideQuery() =>
        DynamoDbErrors.Validation("The provided starting key is outside query boundaries based on provided conditions");

    private static bool Matches(KeyCondition condition, AttributeValue value) => condition.Operator switch
    {
        ComparisonOperator.EQ => Functions.Compare(Comparator.Equal, value, condition.Values[0]),
        ComparisonOperator.LT => Functions.Compare(Comparator.Less, value, condition.Values[0]),
        ComparisonOperator.LE => Functions.Compare(Comparator.LessOrEqual, value, condition.Values[0]),
        ComparisonOperator.GT => Functions.Compare(Comparator.Greater, value, condition.Values[0]),
        ComparisonOperator.GE => Functions.Compare(Comparator.GreaterOrEqual, value, condition.Values[0]),
        ComparisonOperator.BETWEEN => Functions.IsBetween(value, condition.Values[0], condition.Values[1]),
        _ => Functions.BeginsWith(value, condition.Values[0]),
    };
}
