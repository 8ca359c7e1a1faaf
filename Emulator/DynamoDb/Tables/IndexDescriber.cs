using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Statuses;
using Emulator.Storage;

namespace Emulator.DynamoDb.Tables;

/// <summary>Describes the indexes of a table.</summary>
/// <remarks>Which members stand where: recorded answers of AWS (test_gsi_with_billing_mode), and DDB-TABLE-125, 133, 134, 138 and 165 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS.</remarks>
internal static class IndexDescriber
{
    public static TableDescription WithIndexes(this TableDescription description, Table table, IReader reader, DateTimeOffset now) =>
        description with
        {
            LocalSecondaryIndexes = Local(table)?.ConvertAll(index => DescribeLocal(table, index, TableStatistics.Read(reader, index))),
            GlobalSecondaryIndexes = WithDeparting(table, Global(table)?.ConvertAll(index => DescribeGlobal(table, index, TableStatistics.Read(reader, index), now) with
            {
                WarmThroughput = new(index.Index.WarmRead(table.OnDemand), index.Index.WarmWrite(table.OnDemand), "ACTIVE"),
            }), now),
        };

    /// <summary>In the answer of CreateTable.</summary>
    public static TableDescription WithIndexesCreating(this TableDescription description, Table table) =>
        description with
        {
            LocalSecondaryIndexes = Local(table)?.ConvertAll(index => DescribeLocal(table, index, default)),
            GlobalSecondaryIndexes = Global(table)?.ConvertAll(index => DescribeGlobal(table, index, default, table.Created) with { IndexStatus = "CREATING" }),
        };

    /// <summary>In the answer of UpdateTable: an index that changes as it was before, one that comes or goes with its status.</summary>
    public static TableDescription WithIndexesUpdating(this TableDescription description, Table table, Table before, UpdateTableInput input, IReader reader, DateTimeOffset now)
    {
        var was = description.WithIndexes(table.OnDemand == before.OnDemand ? before : table, reader, now);
        IEnumerable<GlobalSecondaryIndexDescription> created = Global(table)?.Where(index => before.FindIndex(index.Name) is null)
            .Select(index => DescribeGlobal(table, index, default, now) with { IndexStatus = "CREATING", Backfilling = false }) ?? [];
        List<GlobalSecondaryIndexDescription> global = [.. (was.GlobalSecondaryIndexes ?? []).Where(index => before.FindIndex(index.IndexName) is not null).Select(index => Updating(index, input)), .. created];
        return was with { GlobalSecondaryIndexes = global.Count > 0 ? global : null };
    }

    private static List<GlobalSecondaryIndexDescription>? WithDeparting(Table table, List<GlobalSecondaryIndexDescription>? present, DateTimeOffset now)
    {
        var departing = table.DepartingIndexes.Where(index => now < index.Until).Select(index => DescribeGlobal(table, index.Index, default, now) with { IndexStatus = "DELETING" }).ToList();
        return departing.Count == 0 ? present : [.. present ?? [], .. departing];
    }

    private static GlobalSecondaryIndexDescription Updating(GlobalSecondaryIndexDescription index, UpdateTableInput input)
    {
        var update = input.GlobalSecondaryIndexUpdates?.Find(update => update!.IndexName == index.IndexName);
        if (update?.Delete is not null) return index with { IndexStatus = "DELETING" };
        if (update?.Update is { } change)
        {
            return index with
            {
                IndexStatus = change.ProvisionedThroughput is null && change.OnDemandThroughput is null ? "ACTIVE" : "UPDATING",
                WarmThroughput = change.WarmThroughput is { IsEmpty: false } ? index.WarmThroughput! with { Status = "UPDATING" } : index.WarmThroughput,
            };
        }
        return input.BillingMode is null ? index : index with { IndexStatus = "UPDATING" };
    }

    private static List<IndexSpace>? Local(Table table) => Of(table, isLocal: true);

    private static List<IndexSpace>? Global(Table table) => Of(table, isLocal: false);

    private static List<IndexSpace>? Of(Table table, bool isLocal) =>
        table.IndexSpaces?.Where(index => index.Index.IsLocal == isLocal).ToList() is { Count: > 0 } indexes ? indexes : null;

    private static LocalSecondaryIndexDescription DescribeLocal(Table table, IndexSpace index, TableStatistics statistics) => new()
    {
        IndexName = index.Name,
        KeySchema = index.Index.KeySchema,
        Projection = new(index.Index.ProjectionType, index.Index.NonKeyAttributes),
        IndexSizeBytes = statistics.SizeBytes,
        ItemCount = statistics.ItemCount,
        IndexArn = Arns.Index(table, index.Name),
    };

    private static GlobalSecondaryIndexDescription DescribeGlobal(Table table, IndexSpace index, TableStatistics statistics, DateTimeOffset now) => DescribeGlobal(table, index.Index, statistics, now);

    private static GlobalSecondaryIndexDescription DescribeGlobal(Table table, SecondaryIndex index, TableStatistics statistics, DateTimeOffset now) => new()
    {
        IndexName = index.Name,
        KeySchema = index.KeySchema,
        Projection = new(index.ProjectionType, index.NonKeyAttributes),
        IndexStatus = index.Transition.StatusAt(now),
        Backfilling = index.Transition is { Status: Transition.Creating } transition && !transition.IsOver(now) ? now >= transition.Backfills : null,
        ProvisionedThroughput = TableDescriber.Provisioned(index.Throughput, index.Throughput.DecreasesOn(now), index.ReadCapacityUnits, index.WriteCapacityUnits),
        IndexSizeBytes = statistics.SizeBytes,
        ItemCount = statistics.ItemCount,
        IndexArn = Arns.Index(table, index.Name),
        OnDemandThroughput = index is { MaxReadRequestUnits: null, MaxWriteRequestUnits: null } ? null : new(index.MaxReadRequestUnits, index.MaxWriteRequestUnits),
    };
}

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_LocalSecondaryIndexDescription.html</summary>
internal sealed record LocalSecondaryIndexDescription
{
    public required string IndexName { get; init; }
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }
    public required ProjectionDescription Projection { get; init; }
    public required long IndexSizeBytes { get; init; }
    public required long ItemCount { get; init; }
    public required string IndexArn { get; init; }
}

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GlobalSecondaryIndexDescription.html</summary>
internal sealed record GlobalSecondaryIndexDescription
{
    public required string IndexName { get; init; }
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }
    public required ProjectionDescription Projection { get; init; }
    public required string IndexStatus { get; init; }
    public bool? Backfilling { get; init; }
    public required ProvisionedThroughputDescription ProvisionedThroughput { get; init; }
    public required long IndexSizeBytes { get; init; }
    public required long ItemCount { get; init; }
    public required string IndexArn { get; init; }
    public OnDemandThroughputDescription? OnDemandThroughput { get; init; }
    public WarmThroughputDescription? WarmThroughput { get; init; }
}

internal sealed record ProjectionDescription(string ProjectionType, IReadOnlyList<string>? NonKeyAttributes);
