using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Operations;

/// <summary>What Query and Scan may ask of an index.</summary>
/// <remarks>Source of order and texts: the expectations of test/query.js and test/scan.js of architect/dynalite and src/partiql/executor.rs of nubo-db/dynoxide, taken from AWS.</remarks>
internal static class IndexReadRules
{
    /// <summary>The table, or its index that the request names.</summary>
    public static ReadSource Source(Table table, ReadInput input, DateTimeOffset now)
    {
        if (input.IndexName is not { } name) return new(table, null);
        var index = table.FindIndex(name) ?? throw DynamoDbErrors.Validation($"The table does not have the specified index: {name}");
        if (input.ConsistentRead == true && !index.Index.IsLocal) throw DynamoDbErrors.Validation("Consistent reads are not supported on global secondary indexes");
        RequireReady(index, now);
        return new(table, index);
    }

    /// <summary>An index that is being created cannot be read.</summary>
    public static void RequireReady(IndexSpace index, DateTimeOffset now)
    {
        // Observed: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1075.
        if (index.Index.Transition is { Status: Transition.Creating } transition && !transition.IsOver(now)) throw DynamoDbErrors.Validation("Cannot read from backfilling global secondary index");
    }

    /// <summary>A global index gives nothing but what is projected.</summary>
    public static void CheckSelect(ReadSource source, ReadInput input, Projection? projection)
    {
        if (source.Index is not { Projected: not null, Index.IsLocal: false } index) return;
        if (input.Select == "ALL_ATTRIBUTES")
        {
            throw DynamoDbErrors.Invalid($"Select type ALL_ATTRIBUTES is not supported for global secondary index {index.Name} because its projection type is not ALL");
        }
        var missing = Missing(index, projection?.Paths ?? []);
        if (missing.Count > 0) throw DynamoDbErrors.Invalid($"Global secondary index {index.Name} does not project [{string.Join(", ", missing)}]");
    }

    /// <summary>The filter of a Query sees what an index projects.</summary>
    public static void CheckFilter(ReadSource source, List<DocumentPath> paths)
    {
        if (source.Index is not { Projected: not null } index) return;
        var missing = Missing(index, paths);
        if (missing.Count > 0) throw DynamoDbErrors.Invalid($"Secondary index {index.Name} does not project one or more filter attributes: [{string.Join(", ", missing)}]");
    }

    /// <summary>Whether the items of a local index must be fetched from the table, since more is asked for than the index projects.</summary>
    public static bool Fetches(ReadSource source, ReadInput input, Projection? projection) =>
        source.Index is { Projected: not null, Index.IsLocal: true } index
        && (input.Select == "ALL_ATTRIBUTES" || Missing(index, projection?.Paths ?? []).Count > 0);

    private static List<AttributeName> Missing(IndexSpace index, List<DocumentPath> paths) =>
        [.. paths.Select(path => path.Root).Where(name => !index.Projects(name)).Distinct()];
}
