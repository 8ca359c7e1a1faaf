using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>What a SELECT reads of its table or index: ranges of keys that do not overlap, in the order of the answer.</summary>
internal sealed class SelectPlan
{
    private SelectPlan(ReadSource source, List<KeyedRead>? reads) => (Source, Reads) = (source, reads);

    public ReadSource Source { get; }

    /// <summary>The reads of partitions; null where the whole table or index is read.</summary>
    public List<KeyedRead>? Reads { get; }

    /// <summary>A key attribute that is compared with a value of another type than its own; null where none is.</summary>
    public string? MistypedKey { get; private init; }

    public List<KeyRange> Ranges { get; private init; } = [];

    /// <summary>Whether each range is read from its end.</summary>
    public bool Descending { get; private init; }

    /// <summary>Whether the last range is one item, after which nothing can come.</summary>
    public bool EndsWithItem { get; private init; }

    public static SelectPlan Of(Table table, SelectStatement statement, bool consistent = false)
    {
        var source = IndexSelectRules.Source(table, statement, consistent);
        IndexSelectRules.CheckColumns(source, statement);
        var keys = source.Keys;
        if (statement.OrderBy.Count > 0) CheckOrder(keys, statement);
        var reads = SelectPlanner.Plan(keys, statement.Where, out var mistyped);
        if (reads is null)
        {
            return statement.OrderBy.Count == 0 ? new(source, null) { Ranges = [KeyRange.Prefix(source.Prefix)] }
                : throw DynamoDbErrors.Validation("Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
        }
        if (mistyped is not null) return new(source, reads) { MistypedKey = mistyped };
        CheckKeys(keys, reads);
        IndexSelectRules.CheckFilters(source, reads);
        var descending = false;
        if (statement.OrderBy.Count > 0) (reads, descending) = Order(keys, reads, statement);
        return new(source, reads)
        {
            Ranges = reads.ConvertAll(read => read.RangeBehind(source.PartitionPrefix(read.Hash))),
            Descending = descending,
            EndsWithItem = source.Index is null && reads.Count > 0 && IsItem(keys, reads[^1]),
        };
    }

    /// <summary>The key of the only item that the statement names, and by nothing but its key; null where it is another statement.</summary>
    public byte[]? SingleItem()
    {
        if (Source.Index is not null || MistypedKey is not null || Reads is not [{ Filters.Count: 0 } read] || !IsItem(Source.Keys, read)) return null;
        return Ranges[0].From.ToArray();
    }

    private static bool IsItem(KeyAttributes keys, KeyedRead read) => keys.Sort is null || !read.SortValue.IsAbsent;

    private static void CheckKeys(KeyAttributes keys, List<KeyedRead> reads)
    {
        foreach (var read in reads)
        {
            for (var i = 0; i < read.Hash.Length; i++)
            {
                if (KeyRules.ProblemOfContent(keys.Hash[i], read.Hash[i], isPartition: true) is { } wrong) throw wrong;
            }
            if (!read.SortValue.IsAbsent && KeyRules.ProblemOfContent(keys.Sort!, read.SortValue, isPartition: false) is { } problem) throw problem;
        }
    }

    /// <remarks>Observed: DynamoDbPartiQLDocumentedSyntaxIntegrationTest of floci-io/floci, recorded on AWS.</remarks>
    private static void CheckOrder(KeyAttributes keys, SelectStatement statement)
    {
        if (statement.Where is null) throw DynamoDbErrors.Validation("Must have WHERE clause in the statement when using ORDER BY clause.");
        foreach (var term in statement.OrderBy)
        {
            if (!keys.Contains(new(term.Attribute))) throw DynamoDbErrors.Validation($"Attribute {term.Attribute} in ORDER BY clause must be part of the primary key");
        }
    }

    /// <summary>Without terms of their own, partitions ascend and what is in them descends.</summary>
    /// <remarks>Observed: DynamoDbPartiQLDocumentedSyntaxIntegrationTest of floci-io/floci, recorded on AWS: ORDER BY pk ASC gives the sort keys descending.</remarks>
    private static (List<KeyedRead> Reads, bool Descending) Order(KeyAttributes keys, List<KeyedRead> reads, SelectStatement statement)
    {
        bool? DirectionOf(KeyAttribute attribute)
        {
            var at = statement.OrderBy.FindIndex(term => term.Attribute == attribute.Name.Text);
            return at < 0 ? null : statement.OrderBy[at].Descending;
        }

        var byPartition = DirectionOf(keys.Partition);
        if (byPartition is null && reads.Exists(read => !read.IsSamePartition(reads[0])))
        {
            throw DynamoDbErrors.Validation("Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.");
        }
        var descending = keys.Sort is { } sort && (DirectionOf(sort) ?? true);
        var ordered = reads.OrderBy(read => read, Comparer<KeyedRead>.Create((one, two) =>
        {
            var partitions = KeyedRead.ByPartition.Compare(one, two);
            if (partitions != 0) return byPartition == true ? -partitions : partitions;
            var ranges = one.Sort.From.Span.SequenceCompareTo(two.Sort.From.Span);
            return descending ? -ranges : ranges;
        }));
        return ([.. ordered], descending);
    }
}
