using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>What a SELECT reads of its table: ranges of keys that do not overlap, in the order of the answer.</summary>
internal sealed class SelectPlan
{
    private SelectPlan(Table table, List<KeyedRead>? reads) => (Table, Reads) = (table, reads);

    public Table Table { get; }

    /// <summary>The reads of partitions; null where the whole table is read.</summary>
    public List<KeyedRead>? Reads { get; }

    /// <summary>A key attribute that is compared with a value of another type than its own; null where none is.</summary>
    public string? MistypedKey { get; private init; }

    public List<KeyRange> Ranges { get; private init; } = [];

    /// <summary>Whether each range is read from its end.</summary>
    public bool Descending { get; private init; }

    /// <summary>Whether the last range is one item, after which nothing can come.</summary>
    public bool EndsWithItem { get; private init; }

    public static SelectPlan Of(Table table, SelectStatement statement)
    {
        if (statement.IndexName is { } name)
        {
            // Observed: without the index's name, which Query and Scan give (tests/tier3/error-messages/partiqlIndexQualifier.test.ts of nubo-db/dynamodb-conformance).
            throw table.FindIndex(name) is null ? DynamoDbErrors.Validation("The table does not have the specified index") : Errors.NotImplemented("SELECT from an index");
        }
        var keys = table.Keys;
        if (statement.OrderBy.Count > 0) CheckOrder(keys, statement);
        var reads = SelectPlanner.Plan(keys, statement.Where, out var mistyped);
        if (reads is null)
        {
            return statement.OrderBy.Count == 0 ? new(table, null) { Ranges = [KeyRange.Prefix(table.Space.ItemPrefix)] }
                : throw DynamoDbErrors.Validation("Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
        }
        if (mistyped is not null) return new(table, reads) { MistypedKey = mistyped };
        CheckKeys(keys, reads);
        var descending = false;
        if (statement.OrderBy.Count > 0) (reads, descending) = Order(keys, reads, statement);
        return new(table, reads)
        {
            Ranges = reads.ConvertAll(read => read.RangeBehind(ItemKey.PartitionPrefix(table, read.Hash[0]))),
            Descending = descending,
            EndsWithItem = reads.Count > 0 && IsItem(keys, reads[^1]),
        };
    }

    /// <summary>The key of the only item that the statement names, and by nothing but its key; null where it is another statement.</summary>
    public byte[]? SingleItem(SelectStatement statement)
    {
        if (statement.IndexName is not null || MistypedKey is not null || Reads is not [{ Filters.Count: 0 } read] || !IsItem(Table.Keys, read)) return null;
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
            var partitions = ComparePartitions(one, two);
            if (partitions != 0) return byPartition == true ? -partitions : partitions;
            var ranges = one.Sort.From.Span.SequenceCompareTo(two.Sort.From.Span);
            return descending ? -ranges : ranges;
        }));
        return ([.. ordered], descending);
    }

    private static int ComparePartitions(KeyedRead one, KeyedRead two)
    {
        for (var i = 0; i < one.Hash.Length; i++)
        {
            if (one.Hash[i].CompareTo(two.Hash[i]) is var order and not 0) return order;
        }
        return 0;
    }
}
