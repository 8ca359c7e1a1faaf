using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Items;

/// <summary>What the conditions of a Query must be for the key of what it reads, in AWS's order.</summary>
internal static class KeyConditionRules
{
    public static void Check(KeyAttributes keys, List<KeyCondition> conditions, AttributeMap? startKey)
    {
        if (keys.Hash.Length > 1 || keys.Range.Length > 1)
        {
            CheckStartKey(keys, startKey);
            CheckSeveral(keys, conditions);
            return;
        }
        if (conditions.Count > 2) throw DynamoDbErrors.Validation("Conditions can be of length 1 or 2 only");
        CheckOne(keys, keys.Partition, conditions, startKey, isPartition: true);
        if (keys.Sort is { } sort) CheckOne(keys, sort, conditions, startKey, isPartition: false);
    }

    /// <remarks>Source of order and texts: the expectations of test/query.js of architect/dynalite, taken from AWS.</remarks>
    private static void CheckOne(KeyAttributes keys, KeyAttribute attribute, List<KeyCondition> conditions, AttributeMap? startKey, bool isPartition)
    {
        CheckStartKey(attribute, startKey, isPartition);
        if (isPartition && keys.Sort is null && conditions.Count > 1) throw NotSupported();
        if (conditions.Find(one => one.Attribute == attribute.Name.Text) is not { } condition)
        {
            if (isPartition || conditions.Count > 1) throw DynamoDbErrors.Validation($"Query condition missed key schema element: {attribute.Name}");
            return;
        }
        CheckOperator(condition);
        CheckType(attribute, condition);
        if (isPartition && condition.Operator != ComparisonOperator.EQ) throw NotSupported();
        CheckContent(attribute, condition, isPartition);
    }

    /// <summary>Of a key with several attributes: all of the first part are given by equality, those of the second from the left without a gap, and only the last by another comparison.</summary>
    /// <remarks>
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html. Observed: the texts about the second part, by the suite of nubo-db/dynamodb-conformance on AWS
    /// in October 2026; the one about the first part begins so.
    /// </remarks>
    private static void CheckSeveral(KeyAttributes keys, List<KeyCondition> conditions)
    {
        foreach (var attribute in keys.All)
        {
            if (conditions.Find(one => one.Attribute == attribute.Name.Text) is not { } condition) continue;
            CheckOperator(condition);
            CheckType(attribute, condition);
            CheckContent(attribute, condition, keys.Hash.Contains(attribute));
        }
        var missing = WithoutEquality(keys.Hash, conditions);
        if (missing.Count > 0) throw DynamoDbErrors.Validation($"HASH key attributes {string.Join(", ", missing)} must have equality conditions specified in the query");
        if (conditions.Exists(condition => !keys.Contains(new(condition.Attribute)))) throw NotSupported();
        for (var last = keys.Range.Length - 1; last > 0; last--)
        {
            var attribute = keys.Range[last];
            if (!conditions.Exists(condition => condition.Attribute == attribute.Name.Text)) continue;
            missing = WithoutEquality(keys.Range[..last], conditions);
            if (missing.Count == 0) return;
            throw DynamoDbErrors.Validation($"RANGE key attributes {string.Join(", ", missing)} must have equality conditions specified in the query because a condition is present on key attribute {attribute.Name}");
        }
    }

    private static List<string> WithoutEquality(ReadOnlySpan<KeyAttribute> attributes, List<KeyCondition> conditions)
    {
        var names = new List<string>();
        foreach (var attribute in attributes)
        {
            if (!conditions.Exists(condition => condition.Attribute == attribute.Name.Text && condition.Operator == ComparisonOperator.EQ)) names.Add(attribute.Name.Text);
        }
        return names;
    }

    /// <summary>What the start key has of the key of what is read.</summary>
    public static void CheckStartKey(KeyAttributes keys, AttributeMap? startKey)
    {
        foreach (var attribute in keys.Hash) CheckStartKey(attribute, startKey, isPartition: true);
        foreach (var attribute in keys.Range) CheckStartKey(attribute, startKey, isPartition: false);
    }

    private static void CheckStartKey(KeyAttribute attribute, AttributeMap? startKey, bool isPartition)
    {
        if (startKey is not { } start) return;
        if (start.Get(attribute.Name).IsAbsent) throw DynamoDbErrors.Validation("The provided starting key is invalid");
        if (KeyRules.ProblemOfKeyAttribute(attribute, start, isPartition) is { } wrong) throw wrong;
    }

    private static void CheckOperator(KeyCondition condition)
    {
        if (condition.Operator is ComparisonOperator.NULL or ComparisonOperator.NOT_NULL or ComparisonOperator.NE or ComparisonOperator.CONTAINS or ComparisonOperator.NOT_CONTAINS or ComparisonOperator.IN)
        {
            throw DynamoDbErrors.Validation("Attempted conditional constraint is not an indexable operation");
        }
    }

    private static void CheckType(KeyAttribute attribute, KeyCondition condition)
    {
        if (condition.Values.Exists(value => value.Type != attribute.Type)) throw DynamoDbErrors.Invalid("Condition parameter type does not match schema type");
    }

    private static void CheckContent(KeyAttribute attribute, KeyCondition condition, bool isPartition)
    {
        foreach (var value in condition.Values)
        {
            if (KeyRules.ProblemOfContent(attribute, value, isPartition) is { } wrong && condition.Operator != ComparisonOperator.BEGINS_WITH) throw wrong;
        }
    }

    private static AwsException NotSupported() => DynamoDbErrors.Validation("Query key condition not supported");
}
