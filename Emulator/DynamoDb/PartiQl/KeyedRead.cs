using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Values;
using Emulator.Storage;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>One of the reads into which a SELECT falls: a partition, or what a WHERE clause leaves of it.</summary>
internal sealed class KeyedRead(int hashAttributes)
{
    private static readonly KeyRange WholePartition = KeyRange.All;

    /// <summary>The values of the partition key, in the order of the key schema; absent ones are not known yet.</summary>
    public AttributeValue[] Hash { get; private init; } = new AttributeValue[hashAttributes];

    /// <summary>The range of the sort key, as it stands in keys behind the partition.</summary>
    public KeyRange Sort { get; private init; } = WholePartition;

    /// <summary>The sort key, where it is given.</summary>
    public AttributeValue SortValue { get; private init; }

    /// <summary>What items must fulfil beside that.</summary>
    public List<Condition> Filters { get; private init; } = [];

    public static KeyedRead Of(int hashAttributes, int index, AttributeValue value)
    {
        var read = new KeyedRead(hashAttributes);
        read.Hash[index] = value;
        return read;
    }

    public static KeyedRead Of(int hashAttributes, ComparisonOperator op, AttributeValue low, AttributeValue high) =>
        new(hashAttributes) { Sort = RangeOf(op, low, high), SortValue = op == ComparisonOperator.EQ ? low : default };

    public static KeyedRead Of(int hashAttributes, Condition filter) => new(hashAttributes) { Filters = [filter] };

    /// <summary>The order of the values of the partition key.</summary>
    public static Comparer<KeyedRead> ByPartition { get; } = Comparer<KeyedRead>.Create((one, two) =>
    {
        for (var i = 0; i < one.Hash.Length; i++)
        {
            if (one.Hash[i].CompareTo(two.Hash[i]) is var order and not 0) return order;
        }
        return 0;
    });

    public bool IsSamePartition(KeyedRead other) => ByPartition.Compare(this, other) == 0;

    public bool Overlaps(KeyedRead other) => IsSamePartition(other) && !IsEmpty(Intersect(Sort, other.Sort));

    /// <summary>What both ask for; null where that can be nothing.</summary>
    public KeyedRead? And(KeyedRead other)
    {
        var hash = new AttributeValue[Hash.Length];
        for (var i = 0; i < hash.Length; i++)
        {
            if (!Hash[i].IsAbsent && !other.Hash[i].IsAbsent && !Hash[i].Equals(other.Hash[i])) return null;
            hash[i] = Hash[i].IsAbsent ? other.Hash[i] : Hash[i];
        }
        return new(hash.Length)
        {
            Hash = hash,
            Sort = Intersect(Sort, other.Sort),
            SortValue = SortValue.IsAbsent ? other.SortValue : SortValue,
            Filters = [.. Filters, .. other.Filters],
        };
    }

    /// <summary>The range of keys, given what the keys of the partition begin with.</summary>
    public KeyRange RangeBehind(byte[] partition)
    {
        byte[] Behind(ReadOnlyMemory<byte> part) => [.. partition, .. part.Span];
        return new(Behind(Sort.From), Sort.To is { } to ? Behind(to) : KeyRange.Successor(partition));
    }

    private static KeyRange RangeOf(ComparisonOperator op, AttributeValue low, AttributeValue high)
    {
        byte[] At(AttributeValue value) => ItemKey.Part(value);
        ReadOnlyMemory<byte>? After(AttributeValue value) => KeyRange.Successor(At(value));
        return op switch
        {
            ComparisonOperator.EQ => KeyRange.Prefix(At(low)),
            ComparisonOperator.LT => new(WholePartition.From, At(low)),
            ComparisonOperator.LE => new(WholePartition.From, After(low)),
            ComparisonOperator.GT => new(After(low)!.Value, null),
            ComparisonOperator.GE => new(At(low), null),
            ComparisonOperator.BETWEEN => new(At(low), After(high)),
            _ => KeyRange.Prefix(ItemKey.Part(low, open: true)),
        };
    }

    private static KeyRange Intersect(KeyRange one, KeyRange two)
    {
        var from = one.From.Span.SequenceCompareTo(two.From.Span) >= 0 ? one.From : two.From;
        var to = one.To is not { } first ? two.To : two.To is not { } second ? first : first.Span.SequenceCompareTo(second.Span) <= 0 ? first : second;
        return new(from, to);
    }

    private static bool IsEmpty(KeyRange range) => range.To is { } to && range.From.Span.SequenceCompareTo(to.Span) >= 0;
}
