using System.Numerics;
using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>What a SELECT may ask of an index.</summary>
/// <remarks>Observed: tests/tier3/error-messages/partiqlIndexQualifier.test.ts of nubo-db/dynamodb-conformance, and DynamoDbPartiQLEdgeCaseIntegrationTest of floci-io/floci, both recorded on AWS.</remarks>
internal static class IndexSelectRules
{
    /// <summary>The table, or the index that the statement names.</summary>
    public static ReadSource Source(Table table, SelectStatement statement, bool consistent)
    {
        if (statement.IndexName is not { } name) return new(table, null);
        // Query and Scan say the same in other words: they name the index, and speak of consistent reads.
        var index = table.FindIndex(name) ?? throw DynamoDbErrors.Validation("The table does not have the specified index");
        if (consistent && !index.Index.IsLocal) throw DynamoDbErrors.Validation("Strongly consistent read is not supported on Global Secondary Indexes");
        return new(table, index);
    }

    /// <summary>A global index gives nothing but what it projects; the items of a local one are fetched from the table.</summary>
    public static void CheckColumns(ReadSource source, SelectStatement statement)
    {
        if (source.Index is not { Index.IsLocal: false } index) return;
        var missing = Missing(index, statement.Columns?.Paths ?? []);
        if (missing.Count > 0) throw DynamoDbErrors.Invalid($"Global secondary index {index.Name} does not project [{string.Join(", ", missing)}]");
    }

    /// <summary>Whether the items of a local index must be fetched from the table, since more is asked for than the index projects.</summary>
    public static bool Fetches(ReadSource source, SelectStatement statement) => source.Index is { Index.IsLocal: true } index && Missing(index, statement.Columns?.Paths ?? []).Count > 0;

    /// <summary>A read by key may filter by what the index projects only; a statement is refused where none of its reads could be done.</summary>
    public static void CheckFilters(ReadSource source, List<KeyedRead> reads)
    {
        if (source.Index is not { Projected: not null } index || reads.Count == 0) return;
        var missing = reads.ConvertAll(read => (Read: read, Names: Missing(index, read.Filters.SelectMany(Condition.PathsOf))));
        if (missing.Exists(read => read.Names.Count == 0)) return;
        // Of several reads the last partition is the one that is told.
        var told = missing.OrderBy(read => read.Read, KeyedRead.ByPartition).Last().Names;
        throw DynamoDbErrors.Invalid($"Secondary index {index.Name} does not project one or more filter attributes: [{string.Join(", ", InHashOrder(told))}]");
    }

    private static List<string> Missing(IndexSpace index, IEnumerable<DocumentPath> paths) =>
        [.. paths.Select(path => path.Root).Where(name => !index.Projects(name)).Select(name => name.Text).Distinct()];

    /// <summary>AWS lists the names as a hash set of Java gives them: [a, b] for b and a, but [zz, aa, mm] for zz, aa and mm.</summary>
    private static IEnumerable<string> InHashOrder(List<string> names)
    {
        var slots = Math.Max(16, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling(names.Count / 0.75)));
        return names.OrderBy(name =>
        {
            var hash = name.Aggregate(0u, (hash, c) => (hash * 31) + c);
            return (hash ^ (hash >> 16)) & (slots - 1);
        });
    }
}
