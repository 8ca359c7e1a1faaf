using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Takes a WHERE clause apart into the reads of partitions that it asks for.</summary>
/// <remarks>Observed: DynamoDbPartiQLEdgeCaseIntegrationTest of floci-io/floci, recorded on AWS, which shows what falls apart, what is scanned and what is refused.</remarks>
internal sealed class SelectPlanner
{
    private readonly KeyAttributes _keys;
    private readonly KeyAttribute[] _hash;

    private string? _mistyped;

    private SelectPlanner(KeyAttributes keys)
    {
        _keys = keys;
        _hash = keys.Hash.ToArray();
    }

    /// <summary>The reads in the order of the statement; null where the whole table or index must be read.</summary>
    /// <param name="mistyped">A key attribute that is compared with a value of another type than its own; null where none is.</param>
    public static List<KeyedRead>? Plan(KeyAttributes keys, Condition? where, out string? mistyped)
    {
        mistyped = null;
        if (where is null) return null;
        var planner = new SelectPlanner(keys);
        if (!Array.TrueForAll(planner._hash, attribute => planner.ReachOf(where, attribute) == Reach.Every)) return null;
        var reads = planner.Decompose(where);
        mistyped = planner._mistyped;
        for (var i = 0; i < reads.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (reads[i].Overlaps(reads[j])) throw PartiQlErrors.Overlapping();
            }
        }
        return reads;
    }

    /// <summary>The values of the first attribute of the partition key that a WHERE clause names; null where the whole table or index must be read.</summary>
    public static List<AttributeValue>? PartitionsOf(KeyAttributes keys, Condition? where)
    {
        if (where is null) return null;
        var planner = new SelectPlanner(keys);
        return Array.TrueForAll(planner._hash, attribute => planner.ReachOf(where, attribute) == Reach.Every) ? [.. planner.TestsOf(where).Where(test => test.Attribute == keys.Partition).SelectMany(test => test.Values)] : null;
    }

    private IEnumerable<KeyTest> TestsOf(Condition condition) => condition switch
    {
        AndCondition both => TestsOf(both.Left).Concat(TestsOf(both.Right)),
        OrCondition either => TestsOf(either.Left).Concat(TestsOf(either.Right)),
        _ => KeyTest.Of(condition, _keys) is { } test ? [test] : [],
    };

    /// <summary>In which alternatives of a condition a part of the partition key is given.</summary>
    private enum Reach { None, Some, Every }

    private Reach ReachOf(Condition condition, KeyAttribute attribute) => condition switch
    {
        AndCondition both => (ReachOf(both.Left, attribute), ReachOf(both.Right, attribute)) switch
        {
            (Reach.Some, _) or (_, Reach.Some) => Reach.Some,
            (Reach.None, Reach.None) => Reach.None,
            _ => Reach.Every,
        },
        OrCondition either => (ReachOf(either.Left, attribute), ReachOf(either.Right, attribute)) switch
        {
            (Reach.None, Reach.None) => Reach.None,
            (Reach.Every, Reach.Every) => Reach.Every,
            _ => Reach.Some,
        },
        _ => KeyTest.Of(condition, _keys)?.Attribute == attribute ? Reach.Every : Reach.None,
    };

    private List<KeyedRead> Decompose(Condition condition)
    {
        switch (condition)
        {
            case AndCondition both:
                return Product(Decompose(both.Left), Decompose(both.Right));
            case OrCondition either when TestsOf(either).Any():
                return Limited([.. Decompose(either.Left), .. Decompose(either.Right)]);
            default:
                return KeyTest.Of(condition, _keys) is { } test ? Limited(ReadsOf(test)) : [KeyedRead.Of(_hash.Length, condition)];
        }
    }

    private List<KeyedRead> ReadsOf(KeyTest test)
    {
        foreach (var value in test.Values)
        {
            if (value.Type != test.Attribute.Type) _mistyped ??= test.Attribute.Name.Text;
        }
        var index = Array.IndexOf(_hash, test.Attribute);
        if (index >= 0) return test.Values.ConvertAll(value => KeyedRead.Of(_hash.Length, index, value));
        if (test.Operator == ComparisonOperator.IN) return test.Values.ConvertAll(value => KeyedRead.Of(_hash.Length, ComparisonOperator.EQ, value, default));
        return [KeyedRead.Of(_hash.Length, test.Operator, test.Values[0], test.Values[^1])];
    }

    private static List<KeyedRead> Product(List<KeyedRead> left, List<KeyedRead> right)
    {
        var reads = new List<KeyedRead>();
        foreach (var one in left)
        {
            foreach (var two in right)
            {
                if (one.And(two) is { } read) reads.Add(read);
                Limited(reads);
            }
        }
        return reads;
    }

    private static List<KeyedRead> Limited(List<KeyedRead> reads) => reads.Count > DynamoDbLimits.DecomposedReads ? throw PartiQlErrors.TooManyReads() : reads;
}
