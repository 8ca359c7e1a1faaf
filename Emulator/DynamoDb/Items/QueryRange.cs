using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Items;

/// <summary>The range of keys that a Query reads.</summary>
internal static class QueryRange
{
    public static KeyRange Of(ReadSource source, List<KeyCondition> conditions, AttributeMap? startKey, bool descending)
    {
        if (startKey is { } given) CheckShape(source, given);
        KeyConditionRules.Check(source.Keys, conditions, startKey);
        var range = Of(source, conditions);
        if (startKey is not { } start) return range;

        if (source.Index is not null && ProblemOfTableKey(source.Table, start) is { } wrong) throw DynamoDbErrors.Validation($"The provided starting key is invalid: {wrong.Message}");
        CheckStart(source.Keys, conditions, start);
        if (source.Index is null && source.Keys.Sort is null)
        {
            // Observed: comment of test_query_no_sort_key_exclusive_start_key of scylladb/scylladb test/alternator.
            var partition = conditions[0];
            throw DynamoDbErrors.Validation($"The provided exclusive start key is invalid: ExclusiveStartKey: {{{partition.Attribute}=AttributeValue: {ValueText.Of(partition.Values[0])}}}");
        }
        return After(range, source.Key(start), descending);
    }

    /// <summary>The rest of a range after a key, in the direction of reading.</summary>
    public static KeyRange After(KeyRange range, byte[] key, bool descending)
    {
        if (descending) return range.To is not { } to || to.Span.SequenceCompareTo(key) > 0 ? range with { To = key } : range;
        byte[] next = [.. key, 0];
        return range.From.Span.SequenceCompareTo(next) < 0 ? range with { From = next } : range;
    }

    /// <summary>A start key has the key attributes of what is read, of an index also those of the table, and no others.</summary>
    public static void CheckShape(ReadSource source, AttributeMap start)
    {
        if (start.Count() != source.StartKeyNames.Count) throw DynamoDbErrors.Validation("The provided starting key is invalid");
    }

    /// <summary>What is wrong with the table's key within the start key of an index; null where nothing is.</summary>
    public static AwsException? ProblemOfTableKey(Table table, AttributeMap start) =>
        KeyRules.ProblemOfKeyAttribute(table.Keys.Partition, start, isPartition: true)
        ?? (table.Keys.Sort is { } sort ? KeyRules.ProblemOfKeyAttribute(sort, start, isPartition: false) : null);

    /// <summary>The partition, and in it what the conditions on the sort key leave: equalities go on with the prefix, any other ends it.</summary>
    private static KeyRange Of(ReadSource source, List<KeyCondition> conditions)
    {
        var keys = source.Keys;
        var partition = new AttributeValue[keys.Hash.Length];
        for (var i = 0; i < partition.Length; i++) partition[i] = On(conditions, keys.Hash[i])!.Values[0];
        var prefix = source.PartitionPrefix(partition);
        foreach (var attribute in keys.Range)
        {
            if (On(conditions, attribute) is not { } condition) break;
            if (condition.Operator != ComparisonOperator.EQ) return Of(prefix, condition);
            prefix = [.. prefix, .. ItemKey.Part(condition.Values[0])];
        }
        return KeyRange.Prefix(prefix);
    }

    private static KeyRange Of(byte[] prefix, KeyCondition condition)
    {
        var values = condition.Values;
        byte[] At(AttributeValue value) => [.. prefix, .. ItemKey.Part(value)];
        ReadOnlyMemory<byte>? Behind(AttributeValue value) => KeyRange.Successor(At(value));
        var end = KeyRange.Successor(prefix);
        return condition.Operator switch
        {
            ComparisonOperator.LT => new(prefix, At(values[0])),
            ComparisonOperator.LE => new(prefix, Behind(values[0])),
            ComparisonOperator.GT => new(Behind(values[0])!.Value, end),
            ComparisonOperator.GE => new(At(values[0]), end),
            ComparisonOperator.BETWEEN => new(At(values[0]), Behind(values[1])),
            _ => KeyRange.Prefix((byte[])[.. prefix, .. ItemKey.Part(values[0], open: true)]),
        };
    }

    private static void CheckStart(KeyAttributes keys, List<KeyCondition> conditions, AttributeMap start)
    {
        var samePartition = true;
        foreach (var attribute in keys.Hash) samePartition &= start.Get(attribute.Name).Equals(On(conditions, attribute)!.Values[0]);
        var sorted = false;
        foreach (var attribute in keys.Range)
        {
            if (On(conditions, attribute) is not { } condition) continue;
            sorted = true;
            if (!Matches(condition, start.Get(attribute.Name))) throw DynamoDbErrors.Validation("The provided starting key does not match the range key predicate");
        }
        if (samePartition) return;
        throw DynamoDbErrors.Validation(sorted
            ? "The query can return at most one row and cannot be restarted"
            : "The provided starting key is outside query boundaries based on provided conditions");
    }

    private static KeyCondition? On(List<KeyCondition> conditions, KeyAttribute attribute) => conditions.Find(condition => condition.Attribute == attribute.Name.Text);

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
